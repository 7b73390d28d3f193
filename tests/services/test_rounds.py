"""A validation round: opened over a scope, answered by those whose records it asks about, reminded, closed, kept."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from adam.domain.rounds import Asked, figures
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from adam.models.messages import Message
from adam.models.projects import Project
from adam.models.rounds import RoundRecord, ValidationRound
from adam.queries import rounds as questions
from adam.schemas.faults import load
from adam.schemas.rounds import RoundSchema
from adam.services import projects, round_files, rounds, submissions
from tests.builders.documents import ADMIN, READER, claim, coordinator, document, focal, funded_by
from tests.builders.recording import Works, validated
from tests.visitors import Visitor

CONFIRM = {"answer": "confirmed", "reason": None}
OUT = {"answer": "withdrawn", "reason": "The project never began."}


def asked_for(**scope: list[str]) -> dict[str, Any]:
    """A round until the end of January."""
    return load(RoundSchema(), {"title": "Records of spring", "deadline": "2026-01-31", "scope": dict(scope)})


def opened(work: Works, **scope: list[str]) -> ValidationRound:
    """An open round."""
    return rounds.open_round(work(coordinator()), asked_for(**scope))


def record(work: Works, partner: str = "NO", **different: Any) -> Project:
    """An accepted record of a partner."""
    different.setdefault("title", f"Border posts of {partner}")
    return validated(work, partner, document(organizations=funded_by(partner), **different))


def answer_of(work: Works, project: Project) -> str | None:
    """How the only round that asks about a record was answered."""
    query = select(RoundRecord.answer).where(RoundRecord.project_id == project.id)
    return work().session.scalar(query)


def test_a_round_asks_about_the_accepted_records_of_its_scope(work: Works):
    mine, theirs = record(work, "NO"), record(work, "FR", status="completed", end_actual="2025-12-01")

    everything = opened(work)
    finished = opened(work, statuses=["completed"])
    french = opened(work, partners=["FR"], countries=["TJ"], pillars=["I"])

    def ids(item: ValidationRound) -> set[str]:
        query = questions.records(coordinator(), item.id)
        return {row[1].id for row in questions.listed(work().session, query, (0, 9))}

    assert ids(everything) == {mine.id, theirs.id}
    assert ids(finished) == ids(french) == {theirs.id}
    assert everything.reference.startswith("V-")


@pytest.mark.parametrize("actor", [focal(), READER, ADMIN])
def test_only_coordinators_open_remind_and_close(work: Works, actor: Any):
    record(work)
    there = opened(work)

    with pytest.raises(Forbidden):
        rounds.open_round(work(actor), asked_for())
    for verb in (rounds.remind, rounds.close):
        with pytest.raises((Forbidden, NotFound)):
            verb(work(actor), there.id)


def test_a_round_of_nothing_of_unknown_codes_or_of_yesterday_is_refused_at_once(work: Works):
    draft = asked_for(countries=["XX"]) | {"deadline": work().today}

    with pytest.raises(Invalid) as refused:
        rounds.open_round(work(coordinator()), draft)

    found = {(item.pointer, item.code) for item in refused.value.problems}
    assert found == {
        ("#/deadline", "past"),
        ("#/scope/countries/0", "unknown_code"),
        ("#/scope", "no_records"),
    }


def test_still_correct_confirms_the_record_and_answers_the_round(work: Works):
    project = record(work)
    there = opened(work)

    row = rounds.answer(work(focal()), there.id, project.id, CONFIRM)

    assert (row.answer, row.author) == ("confirmed", "focal point of NO")
    assert work().session.get(Project, project.id).last_confirmed_on == work().today


def test_confirming_on_the_desk_and_an_update_answer_too(work: Works):
    first, second = record(work), record(work, title="Posts at Nizhny Panj", start_planned="2023-01-01")
    opened(work)

    projects.still_correct(work(focal()), first.id)
    draft = submissions.save(work(focal()), claim(document(title="Another"), project_id=second.id))
    submissions.submit(work(focal()), draft.id)

    assert answer_of(work, first) == "confirmed"
    assert answer_of(work, second) == "updated"


def test_a_request_to_take_out_needs_its_reason(work: Works):
    project = record(work)
    there = opened(work)

    with pytest.raises(Invalid):
        rounds.answer(work(focal()), there.id, project.id, OUT | {"reason": None})
    row = rounds.answer(work(focal()), there.id, project.id, OUT)

    assert (row.answer, row.reason) == ("withdrawn", OUT["reason"])


def test_nobody_sees_or_answers_what_another_partner_is_asked(work: Works):
    project = record(work, "NO", visibility="confidential")
    record(work, "FR")
    both, norways = opened(work), opened(work, partners=["NO"])

    shown = questions.listed(work().session, questions.records(focal("FR"), both.id), (0, 9))
    progress = rounds.progress(work(focal("FR")), both)

    assert [row[1].owner for row in shown] == ["FR"]
    assert progress["all"]["records"] == 1 and set(progress["partners"]) == {"FR"}
    with pytest.raises(NotFound):
        rounds.answer(work(focal("FR")), both.id, project.id, CONFIRM)
    with pytest.raises(NotFound):
        questions.one(work().session, focal("FR"), norways.id)
    with pytest.raises(NotFound):
        questions.one(work().session, READER, both.id)


def test_whoever_has_not_answered_is_told_and_reminded(work: Works, visit: Any):
    norway: Visitor = visit("focal_point", "NO")
    france: Visitor = visit("focal_point", "FR")
    project = record(work, "NO")
    record(work, "FR")
    there = opened(work)
    rounds.answer(work(focal("NO")), there.id, project.id, CONFIRM)

    told = rounds.remind(work(coordinator()), there.id)

    said = work().session.execute(select(Message.account_id, Message.kind)).all()
    kinds = {account: {row.kind for row in said if row.account_id == account} for account, _ in said}
    assert told == 1
    assert "round_reminder" in kinds[france.account.id]
    assert kinds[norway.account.id] >= {"round_opened"} and "round_reminder" not in kinds[norway.account.id]


def test_a_closed_round_keeps_its_report_whatever_becomes_of_the_records(work: Works):
    first, second = record(work), record(work, title="Posts at Nizhny Panj", start_planned="2023-01-01")
    there = opened(work)
    rounds.answer(work(focal()), there.id, first.id, CONFIRM)

    closed = rounds.close(work(coordinator()), there.id)
    projects.still_correct(work(focal()), second.id)

    whole = rounds.progress(work(coordinator()), closed)
    assert (whole["all"]["share_confirmed"], whole["all"]["waiting"]) == ("50.0", 1)
    assert whole["partners"]["NO"] == whole["pillars"]["I"] == whole["all"]
    assert answer_of(work, second) is None
    assert "partner,NO,Norway,2,1,0,0,1,50.0,50.0" in round_files.text(whole, work().vocabulary)
    for verb in (rounds.close, rounds.remind):
        with pytest.raises(Conflict):
            verb(work(coordinator()), there.id)
    with pytest.raises(Conflict):
        rounds.answer(work(focal()), there.id, second.id, CONFIRM)


def test_a_round_that_moved_meanwhile_is_not_closed_unseen(work: Works):
    record(work)
    there = opened(work)

    with pytest.raises(Stale):
        rounds.close(work(coordinator()), there.id, there.version + 1)


def test_shares_are_of_all_records_and_pillars_count_each_of_theirs():
    found = figures(
        [Asked("NO", ("I", "III"), "confirmed"), Asked("NO", (), None), Asked("FR", ("I",), "updated")]
    )

    assert found["all"]["share_confirmed"] == "33.3" and found["all"]["share_answered"] == "66.7"
    assert found["pillars"]["I"]["records"] == 2 and found["pillars"][""]["waiting"] == 1
    assert figures([])["all"]["share_confirmed"] is None
