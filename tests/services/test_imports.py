"""Imports: new, updated, unchanged or refused; no row blocks another, and nothing that people confirmed is lost."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.errors import Problem
from adam.models.project_parts import Assignment
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.services import projects, submissions
from adam.services.imports import Item, Options, take
from tests.builders.documents import claim, coordinator, document, focal
from tests.builders.recording import Works, imported, item, validated

PILLARLESS = {"pillars": [], "sectors": [{"vocabulary": "DAC", "code": "16063", "share": None}]}


def stored(session: Session, key: str) -> Submission:
    """The submission of a key."""
    session.expire_all()
    return session.scalars(select(Submission).where(Submission.source_ref == key)).one()


def pillars(session: Session, project_id: str | None) -> list[tuple[str, bool]]:
    """Pillars of a record, and whether each is only proposed."""
    query = select(Assignment.pillar, Assignment.proposed).where(Assignment.project_id == project_id)
    return sorted(tuple(row) for row in session.execute(query))


def test_what_is_new_is_entered_and_the_same_again_changes_nothing(work: Works, session: Session):
    first = imported(work(), item("X-1"), item("X-2"))
    before = stored(session, "X-1").version

    again = imported(work(), item("X-1"), item("X-2"))

    assert (first, again) == (["new", "new"], ["unchanged", "unchanged"])
    assert stored(session, "X-1").version == before
    assert session.scalar(select(func.count()).select_from(Project)) == 2


def test_an_item_that_changed_updates_its_own_record(work: Works, session: Session):
    imported(work(), item("X-1"))
    before = stored(session, "X-1").project_id

    result = imported(work(), item("X-1", title="Renewed"))

    after = stored(session, "X-1")
    assert (result, after.project_id, after.title) == (["updated"], before, "Renewed")
    assert session.get(Project, before).title == "Renewed"


def test_a_refused_row_never_stops_the_others(work: Works, session: Session):
    shapeless = Item("X-2", None, (Problem("#/project/title", "required", "This answer is needed."),))

    results = imported(
        work(), item("X-1"), shapeless, item("X-3", countries=[{"country": "XX"}]), item("X-4")
    )

    assert results == ["new", "refused", "refused", "new"]
    assert session.scalar(select(func.count()).select_from(Submission)) == 2


def test_a_row_that_stands_as_it_is_is_unchanged_whatever_the_rules_say_of_it_today(work: Works):
    shared = {"identifiers": [{"scheme": "other", "value": "SHARED-7", "owner": None}]}
    published = [item("X-1", **shared), item("X-2", title="Second", **shared)]
    take(work(), published, Options("UNODC", validate=True))
    touched = item("X-2", title="Third", **shared)

    sheet = Options("UNODC", origin="spreadsheet")
    results = [outcome.result for outcome in take(work(), published, sheet)]
    [changed] = take(work(), [touched], sheet)

    assert results == ["unchanged", "unchanged"]
    assert (changed.result, [problem.code for problem in changed.problems]) == (
        "refused",
        ["duplicate_identifier"],
    )


def test_a_refused_row_says_all_that_is_wrong(work: Works):
    wrong = item("X-1", countries=[{"country": "XX"}], assistance_types=["magic"])

    [outcome] = take(work(), [wrong], Options("UNODC"))

    assert {problem.pointer for problem in outcome.problems} == {
        "#/project/countries/0/country",
        "#/project/assistance_types/0",
    }


def test_a_key_that_stands_twice_with_different_content_is_refused_and_named(work: Works, session: Session):
    first, second = item("X-1", "a.xml, activity 1"), item("X-1", "a.xml, activity 9", title="Another")

    outcomes = take(work(), [first, second], Options("UNODC", True))

    assert [outcome.result for outcome in outcomes] == ["new", "refused"]
    [problem] = outcomes[1].problems
    assert problem.code == "source_ref_twice"
    assert "X-1" in problem.detail and "a.xml, activity 1" in problem.detail
    assert stored(session, "X-1").title == "Border posts on the Panj"


def test_a_key_that_stands_twice_with_the_same_content_is_one_record(work: Works, session: Session):
    results = imported(work(), item("X-1"), item("X-1", "elsewhere"))

    assert results == ["new", "unchanged"]
    assert session.scalar(select(func.count()).select_from(Project)) == 1


def test_keys_of_two_partners_are_different_keys(work: Works):
    imported(work(), item("X-1"))

    assert imported(work(), item("X-1"), partner="NO") == ["new"]


def test_without_validation_items_wait_for_a_coordinator(work: Works, session: Session):
    imported(work(), item("X-1"), validate=False)

    waiting = stored(session, "X-1")
    assert (waiting.state, waiting.project_id) == ("submitted", None)
    assert session.scalar(select(func.count()).select_from(Project)) == 0


def test_validating_later_accepts_what_waits(work: Works, session: Session):
    imported(work(), item("X-1"), validate=False)

    result = imported(work(), item("X-1"))

    assert result == ["updated"]
    assert (stored(session, "X-1").state, imported(work(), item("X-1"))) == ("validated", ["unchanged"])


def test_a_change_without_validation_leaves_the_record_until_it_is_decided(work: Works, session: Session):
    imported(work(), item("X-1"))
    record = stored(session, "X-1").project_id

    imported(work(), item("X-1", title="Renewed"), validate=False)

    waiting = stored(session, "X-1")
    assert (waiting.state, waiting.project_id, waiting.title) == ("submitted", record, "Renewed")
    assert session.get(Project, record).title == "Border posts on the Panj"


def test_what_names_no_pillar_gets_proposals_with_a_reason(work: Works, session: Session):
    imported(work(), item("X-1", **PILLARLESS))

    rows = session.scalars(select(Assignment)).all()
    assert rows and all(row.proposed and row.rationale for row in rows)
    assert imported(work(), item("X-1", **PILLARLESS)) == ["unchanged"]


def test_a_confirmed_assignment_survives_an_update(work: Works, session: Session):
    imported(work(), item("X-1", **PILLARLESS))
    record = stored(session, "X-1").project_id
    proposed = session.scalars(select(Assignment).where(Assignment.project_id == record)).first()
    projects.confirm_assignment(work(focal("UNODC")), record, proposed.id, True)

    result = imported(work(), item("X-1", title="Renewed", **PILLARLESS))

    assert result == ["updated"]
    assert (proposed.pillar, False) in pillars(session, record)
    assert session.get(Project, record).title == "Renewed"


def test_a_refused_proposal_does_not_come_back_with_an_update(work: Works, session: Session):
    imported(work(), item("X-1", **PILLARLESS))
    record = stored(session, "X-1").project_id
    proposed = session.scalars(select(Assignment).where(Assignment.project_id == record)).first()
    refused = (proposed.pillar, proposed.commitment)
    w = work(focal("UNODC"))
    projects.confirm_assignment(w, record, proposed.id, False)
    w.finish()

    imported(work(), item("X-1", title="Renewed", **PILLARLESS))

    rows = session.scalars(select(Assignment).where(Assignment.project_id == record))
    assert refused not in {(row.pillar, row.commitment) for row in rows}


def test_what_was_rejected_is_not_accepted_by_importing_it_again(work: Works, session: Session):
    imported(work(), item("X-1"), validate=False)
    kept = stored(session, "X-1")
    submissions.reject(work(coordinator()), kept.id, {"comment": "Not assistance."})

    result = imported(work(), item("X-1"))

    assert (result, stored(session, "X-1").state) == (["unchanged"], "rejected")


def test_items_without_a_key_are_taken_each(work: Works, session: Session):
    results = imported(work(), item(None), item(None))

    assert results == ["new", "new"]
    assert session.scalar(select(func.count()).select_from(Submission)) == 2


def test_no_items_are_no_work(work: Works):
    w = work()

    assert take(w, [], Options("UNODC", True)) == []
    assert w.changes == []


def test_a_key_of_an_addition_is_no_key_of_a_project(work: Works, session: Session):
    record = validated(work, "NO")
    more = document(organizations=[], contributions=[], beneficiaries=[{"name": "Customs of Tajikistan"}])
    submissions.save(work(focal("UNODC")), claim(more, source_ref="X-1", adds_to=record.id))

    [outcome] = take(work(), [item("X-1")], Options("UNODC"))

    assert [problem.code for problem in outcome.problems] == ["source_ref_taken"]
    assert stored(session, "X-1").adds_to == record.id
