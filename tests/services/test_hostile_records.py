"""Whatever passes the schema can be submitted, recorded, compared and reported, on every database."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from adam.domain import documents
from adam.errors import Invalid
from adam.models.projects import Project
from adam.queries import comparing
from adam.schemas.faults import load
from adam.schemas.scopes import ScopeSchema
from adam.services import reports, screening, submissions
from adam.services.claims import Claim
from tests.builders.documents import SCHEMA, claim, coordinator, document, focal
from tests.builders.recording import Works

SHARED_SESSION = [HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
LONG = ["ﷺ" * 500, "A\u0301" * 250, "😀" * 500, "İ" * 500, "x" * 500]
text = st.text(st.characters(), max_size=8)
words = text | st.sampled_from([*LONG, "'; --", "%_\\", "a\u2028b", "=1+1", "\ufb01"])
day = st.none() | st.dates().map(str)
share = st.none() | st.integers(1, 4000).map(lambda part: f"{part / 100:.2f}")
amount = st.integers(1, 10**16 - 1).map(lambda part: f"{part // 100}.{part % 100:02d}")


def lists(**fields: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to two rows of these fields."""
    return st.lists(st.fixed_dictionaries(fields), max_size=2)


HOSTILE = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "description": words,
        "start_planned": day,
        "end_actual": day,
        "translations": lists(language=st.just("ru"), title=words),
        "organizations": lists(role=st.sampled_from(["funding", "implementing"]), name=words),
        "countries": lists(country=st.sampled_from(["AF", "TJ", "KG"]), share=share),
        "pillars": lists(pillar=st.sampled_from(["I", "II"]), share=share, rationale=words),
        "beneficiaries": lists(name=words),
        "locations": lists(name=words, latitude=st.sampled_from([None, "-90", "0.0000004"])),
        "contributions": lists(
            kind=st.sampled_from(["pledge", "commitment"]),
            amount=amount,
            currency=st.sampled_from(["USD", "EUR", "AFN"]),
            value_date=day,
            name=words,
        ),
        "identifiers": lists(scheme=st.just("iati"), value=text),
        "relations": lists(kind=st.just("component"), identifier=text),
        "sectors": lists(code=text, share=share),
    },
)


def accepted(work: Works, said: Claim) -> str:
    """The id of the record that a claim becomes; one that repeats an earlier example's identifier is passed over."""
    found = {problem.code for problem in submissions.problems(work(focal()), said)}
    assume("duplicate_identifier" not in found)
    saved = submissions.save(work(focal()), said)
    submissions.submit(work(focal()), saved.id)
    return str(submissions.validate(work(coordinator()), saved.id).project_id)


@given(HOSTILE)
@settings(max_examples=40, deadline=None, suppress_health_check=SHARED_SESSION)
def test_what_passes_the_schema_goes_the_whole_way(work: Works, session: Session, fields: dict[str, Any]):
    said = claim(document(**fields))
    if said.draft is None:
        assert submissions.save(work(focal()), said).state == "draft"
        return

    project_id = accepted(work, said)

    session.expire_all()
    stored = session.get(Project, project_id).document
    assert load(SCHEMA, stored) == said.draft == documents.draft_of(stored)
    assert comparing.facts(session)[project_id].title == said.draft["title"]


@given(HOSTILE)
@settings(max_examples=15, deadline=None, suppress_health_check=SHARED_SESSION)
def test_what_was_recorded_can_be_compared_and_reported(work: Works, fields: dict[str, Any]):
    """Each example is compared with the records of those before."""
    said = claim(document(**fields | {"title": "Border posts"}))
    if said.draft is not None:
        accepted(work, said)

    screening.run(work(), full=True)
    report = reports.run(work(), "overlap", load(ScopeSchema(), {}))

    assert report.figures["ledger"]["counted"]


@given(st.dictionaries(text, st.none() | st.floats() | text | st.lists(st.floats(), max_size=2), max_size=3))
@settings(max_examples=40, deadline=None, suppress_health_check=SHARED_SESSION)
def test_a_draft_of_anything_is_kept_with_its_problems(work: Works, fields: dict[str, Any]):
    w = work(focal())

    saved = submissions.save(w, claim(document(**fields)))
    w.finish()

    try:
        submissions.submit(work(focal()), saved.id)
    except Invalid as error:
        assert error.problems
