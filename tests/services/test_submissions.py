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
