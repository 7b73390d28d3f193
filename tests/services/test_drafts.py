"""Drafts: they keep what was said, wrong or not, say what is left to mend, and stand once for each key."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.errors import Invalid
from adam.models.submissions import Submission
from adam.queries import submissions as questions
from adam.services import submissions
from tests.builders.documents import claim, document, focal
from tests.builders.recording import Works, saved, validated


def codes(error: Invalid) -> set[tuple[str, str]]:
    """Pointer and code of each problem."""
    return {(problem.pointer, problem.code) for problem in error.problems}


def test_a_double_click_makes_one_submission(work: Works, session: Session):
    first = submissions.save(work(focal()), claim(once="k" * 43))

    again = submissions.save(work(focal()), claim(document(title="Changed"), once="k" * 43))

    assert again.id == first.id
    assert session.scalar(select(func.count()).where(Submission.once == "k" * 43)) == 1


def test_a_partners_key_stands_on_one_submission(work: Works):
    saved(work, "NO", source_ref="NO-7")

    with pytest.raises(Invalid) as refused:
        saved(work, "NO", source_ref="NO-7")

    assert codes(refused.value) == {("#/source_ref", "source_ref_taken")}


def test_two_partners_may_use_the_same_key(work: Works):
    first, second = saved(work, "NO", source_ref="7"), saved(work, "FR", source_ref="7")

    assert (first.source_ref, second.source_ref) == ("7", "7")


def test_a_key_that_is_taken_is_refused_on_a_change_too(work: Works):
    saved(work, "NO", source_ref="NO-7")
    other = saved(work, "NO", source_ref="NO-8")

    with pytest.raises(Invalid):
        submissions.change(work(focal()), other.id, claim(source_ref="NO-7"))


def test_a_draft_keeps_wrong_values_and_says_what_is_wrong(work: Works, session: Session):
    wrong = document(
        title="Border posts", status="finished", start_planned="soon", countries=[{"country": "XX"}]
    )

    draft = saved(work, "NO", wrong)

    assert draft.document["start_planned"] == "soon"
    assert {row.pointer for row in questions.problems(session, draft.id)} >= {
        "#/project/status",
        "#/project/start_planned",
    }


def test_a_draft_may_be_empty(work: Works):
    draft = saved(work, "NO", {})

    assert draft.title


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "x" * 2000, "\u202e"])
def test_a_draft_of_hostile_text_is_kept_on_every_database(work: Works, session: Session, text: str):
    draft = saved(work, "NO", document(title=text, description=text))

    session.expire_all()
    assert questions.one(session, focal(), draft.id).document["description"]
    assert "#/project/title" in {row.pointer for row in questions.problems(session, draft.id)}


def test_submitting_says_all_that_is_left_to_mend(work: Works):
    draft = saved(work, "NO", document(title="", status="finished", end_planned="2001-01-01"))

    with pytest.raises(Invalid) as refused:
        submissions.submit(work(focal()), draft.id)

    assert codes(refused.value) == {
        ("#/project/title", "required"),
        ("#/project/status", "choice"),
        ("#/project/end_planned", "end_before_start"),
    }
    assert draft.state == "draft"


def test_submitting_asks_for_facts_too_and_names_every_one(work: Works):
    wrong = document(
        countries=[{"country": "XX"}],
        pillars=[{"pillar": "V"}, {"pillar": "I", "commitment": "I.99"}],
        assistance_types=["magic"],
        beneficiaries=[{"name": "Customs", "kind": "wizard"}],
        contributions=[{"kind": "pledge", "amount": "1.00", "currency": "XXQ", "organization": "NOBODY"}],
        organizations=[{"role": "funding", "organization": "NOBODY"}],
        result_areas=["9.9"],
        action_plans=["beige"],
        relations=[{"kind": "component", "project": "ADAM-999999"}],
        locations=[{"name": "Khorog", "country": "ZZ"}],
    )
    draft = saved(work, "NO", wrong)

    with pytest.raises(Invalid) as refused:
        submissions.submit(work(focal()), draft.id)

    assert {pointer.removeprefix("#/project/") for pointer, _ in codes(refused.value)} == {
        "countries/0/country",
        "pillars/0/pillar",
        "pillars/1/commitment",
        "assistance_types/0",
        "beneficiaries/0/kind",
        "contributions/0/currency",
        "contributions/0/organization",
        "organizations/0/organization",
        "result_areas/0",
        "action_plans/0",
        "relations/0/project",
        "locations/0/country",
    }


def test_mending_takes_the_problems_away(work: Works, session: Session):
    draft = saved(work, "NO", document(title=""))

    submissions.change(work(focal()), draft.id, claim())

    assert questions.problems(session, draft.id) == []
    assert submissions.submit(work(focal()), draft.id).state == "submitted"


def test_a_check_stores_nothing_and_says_everything(work: Works, session: Session):
    w = work(focal())

    found = submissions.check(w, claim(document(countries=[{"country": "XX"}], pillars=[])))

    assert codes(Invalid(found.problems)) == {("#/project/countries/0/country", "unknown_code")}
    assert session.scalar(select(func.count()).select_from(Submission)) == 0
    assert w.changes == []


def test_a_check_shows_only_lookalikes_that_its_partner_may_see(work: Works):
    open_one = validated(work, "FR", document(visibility="partners"))
    validated(work, "FR", document(visibility="confidential"))

    found = submissions.check(work(focal("NO")), claim())

    assert [alike.facts.id for alike in found.lookalikes] == [open_one.id]


def test_a_relation_to_a_record_one_cannot_see_is_unknown(work: Works):
    hidden = validated(work, "FR", document(visibility="confidential"))
    draft = saved(work, "NO", document(relations=[{"kind": "component", "project": hidden.reference}]))

    with pytest.raises(Invalid) as refused:
        submissions.submit(work(focal("NO")), draft.id)

    assert codes(refused.value) == {("#/project/relations/0/project", "unknown_project")}
