"""The life of a submission: who may do what, and what becomes of it; nothing is lost on the way."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.domain.actors import ANONYMOUS, Actor
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from adam.models.history import HistoryEntry
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.queries import submissions as questions
from adam.services import submissions
from tests.builders.documents import ADMIN, READER, claim, coordinator, document, everything, focal
from tests.builders.recording import Works, saved, submitted, validated

COMMENT = {"comment": "Say who benefits.", "pointer": "#/project/beneficiaries"}
STRANGERS = [focal("FR"), READER, ANONYMOUS, Actor("viewer", "NO", None, "viewer of Norway")]


def codes(error: Invalid) -> set[tuple[str, str]]:
    """Pointer and code of each problem."""
    return {(problem.pointer, problem.code) for problem in error.problems}


def test_a_saved_draft_belongs_to_the_partner_of_whoever_saved_it(work: Works):
    draft = submissions.save(work(focal("NO")), claim(source_ref="NO-7"))

    assert (draft.partner, draft.state, draft.version, draft.source_ref) == ("NO", "draft", 1, "NO-7")
    assert draft.reference.startswith("S-")
    assert draft.project_id is None


@pytest.mark.parametrize("actor", [READER, ANONYMOUS, ADMIN, coordinator(), coordinator("NO")])
def test_only_focal_points_write_submissions(work: Works, session: Session, actor: Actor):
    before = session.scalar(select(func.count()).select_from(Submission))

    with pytest.raises(Forbidden):
        submissions.save(work(actor), claim())

    assert session.scalar(select(func.count()).select_from(Submission)) == before


@pytest.mark.parametrize("actor", [*STRANGERS, coordinator(), coordinator("NO")])
def test_a_draft_is_there_for_its_own_partner_alone(work: Works, actor: Actor):
    draft = saved(work, "NO")

    for verb in (submissions.submit, submissions.withdraw, submissions.remove, submissions.validate):
        with pytest.raises(NotFound):
            verb(work(actor), draft.id)
    with pytest.raises(NotFound):
        submissions.change(work(actor), draft.id, claim())


@pytest.mark.parametrize("actor", STRANGERS)
def test_a_submission_is_not_there_for_others(work: Works, actor: Actor):
    waiting = submitted(work, "NO")

    for verb in (submissions.withdraw, submissions.validate):
        with pytest.raises(NotFound):
            verb(work(actor), waiting.id)
    with pytest.raises(NotFound):
        submissions.reject(work(actor), waiting.id, COMMENT)


@pytest.mark.parametrize("actor", [focal("NO"), ADMIN, coordinator("NO")])
def test_nobody_decides_on_their_own_and_administrators_on_none(work: Works, actor: Actor):
    waiting = submitted(work, "NO")

    for verb in (submissions.return_to_partner, submissions.reject):
        with pytest.raises(Forbidden):
            verb(work(actor), waiting.id, COMMENT)
    with pytest.raises(Forbidden):
        submissions.validate(work(actor), waiting.id)
    assert waiting.state == "submitted"


@pytest.mark.parametrize("actor", [ADMIN, coordinator()])
def test_those_who_see_a_submission_of_a_partner_do_not_write_it(work: Works, actor: Actor):
    waiting = submitted(work, "NO")

    with pytest.raises(Forbidden):
        submissions.withdraw(work(actor), waiting.id)
    with pytest.raises(Forbidden):
        submissions.change(work(actor), waiting.id, claim())


def test_another_focal_point_of_the_partner_goes_on_with_a_draft(work: Works):
    draft = saved(work, "NO")

    changed = submissions.change(work(focal("NO")), draft.id, claim(document(title="Border posts, renewed")))

    assert (changed.title, changed.version) == ("Border posts, renewed", 2)


def test_two_who_work_on_one_version_do_not_overwrite_each_other(work: Works):
    draft = saved(work, "NO")
    submissions.change(work(focal()), draft.id, claim(document(title="First")), version=1)

    with pytest.raises(Stale):
        submissions.change(work(focal()), draft.id, claim(document(title="Second")), version=1)

    assert questions.one(work().session, focal(), draft.id).title == "First"


@pytest.mark.parametrize("verb", [submissions.submit, submissions.remove])
def test_a_move_on_an_older_version_is_stale(work: Works, verb):
    draft = saved(work, "NO")
    submissions.change(work(focal()), draft.id, claim(document(title="Newer")))

    with pytest.raises(Stale):
        verb(work(focal()), draft.id, version=1)


def test_a_decision_on_an_older_version_is_stale(work: Works):
    waiting = submitted(work, "NO")

    with pytest.raises(Stale):
        submissions.validate(work(coordinator()), waiting.id, version=waiting.version - 1)


def test_a_returned_submission_says_why_and_can_be_mended(work: Works, session: Session):
    waiting = submitted(work, "NO")

    returned = submissions.return_to_partner(work(coordinator()), waiting.id, COMMENT)
    submissions.change(work(focal()), returned.id, claim(document(title="Mended")))
    again = submissions.submit(work(focal()), returned.id)

    [said] = questions.comments(session, waiting.id)
    assert (said.text, said.pointer, said.move, said.author) == (*COMMENT.values(), "return", "Cora")
    assert (again.state, again.title) == ("submitted", "Mended")


@pytest.mark.parametrize("move", ["withdraw", "reject", "validate"])
def test_what_is_decided_stays_so(work: Works, move: str):
    waiting = submitted(work, "NO")
    if move == "withdraw":
        submissions.withdraw(work(focal()), waiting.id)
    elif move == "reject":
        submissions.reject(work(coordinator()), waiting.id, COMMENT)
    else:
        submissions.validate(work(coordinator()), waiting.id)

    for verb in (submissions.submit, submissions.withdraw, submissions.remove):
        with pytest.raises(Conflict):
            verb(work(focal()), waiting.id)
    with pytest.raises(Conflict):
        submissions.change(work(focal()), waiting.id, claim())
    with pytest.raises(Conflict):
        submissions.validate(work(coordinator()), waiting.id)


def test_a_draft_can_be_deleted_and_its_deletion_is_kept(work: Works, session: Session):
    w = work(focal())
    draft = submissions.save(w, claim())

    submissions.remove(w, draft.id)
    w.finish()

    assert session.get(Submission, draft.id) is None
    actions = select(HistoryEntry.action).where(HistoryEntry.entity_id == draft.id).order_by(HistoryEntry.id)
    assert list(session.scalars(actions)) == ["submission.saved", "submission.deleted"]


def test_a_validated_submission_becomes_a_record_of_its_partner(work: Works):
    project = validated(work, "NO")

    assert (project.owner, project.version, project.title) == ("NO", 1, "Border posts on the Panj")
    assert project.reference.startswith("ADAM-")


def test_an_update_changes_the_record_in_place(work: Works, session: Session):
    project = validated(work, "NO", everything())
    before = (project.id, project.reference, project.created_at)

    again = validated(work, "NO", document(title="Border posts, phase II"), project_id=project.id)

    assert (again.id, again.reference, again.created_at) == before
    assert (again.title, again.version) == ("Border posts, phase II", 2)
    assert session.scalar(select(func.count()).select_from(Project)) == 1


@pytest.mark.parametrize("partner", ["FR", "NO"])
def test_only_an_own_record_can_be_updated(work: Works, partner: str):
    project_id = validated(work, "NO").id if partner == "FR" else "0192-nothing"

    with pytest.raises(Invalid) as refused:
        saved(work, partner, project_id=project_id)

    assert codes(refused.value) == {("#/project_id", "unknown_project")}


def test_every_move_is_in_the_history_with_before_and_after(work: Works, session: Session):
    writer, decider = work(focal()), work(coordinator())
    draft = submissions.save(writer, claim())
    submissions.submit(writer, draft.id)
    writer.finish()
    submissions.validate(decider, draft.id)
    decider.finish()

    entries = list(
        session.scalars(
            select(HistoryEntry).where(HistoryEntry.entity_id == draft.id).order_by(HistoryEntry.id)
        )
    )
    assert [(entry.action, entry.actor) for entry in entries] == [
        ("submission.saved", "focal point of NO"),
        ("submission.submitted", "focal point of NO"),
        ("submission.validated", "Cora"),
    ]
    assert (entries[1].before["state"], entries[1].after["state"]) == ("draft", "submitted")
