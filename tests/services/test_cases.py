"""Cases: one for both partners, said in by both sides, closed by a neutral coordinator, told of when late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from adam.models.cases import Case
from adam.models.findings import Finding
from adam.models.messages import Message
from adam.queries import cases as questions
from adam.services import case_outcomes, cases, findings
from tests.builders.documents import ADMIN, READER, coordinator, focal
from tests.builders.recording import Works, account
from tests.conftest import NOW
from tests.services.test_findings import said, screened

ENDED = {"outcome": "other", "text": "They meet each month from now on."}


def opened(work: Works, session: Session, **differences: Any) -> tuple[Case, Finding]:
    """A case about a project of Norway's and one of France's."""
    finding = screened(work, session, **differences)
    findings.judge(work(coordinator()), finding.id, said(verdict="overlap"))
    return session.scalars(select(Case)).one(), finding


def test_a_verdict_of_overlap_opens_one_case_with_what_was_seen(work: Works, session: Session):
    case, finding = opened(work, session)

    findings.judge(work(coordinator()), finding.id, said(verdict="duplicate_assistance"))

    [same] = session.scalars(select(Case)).all()
    assert (same.kind, same.due_on, {same.partner_a, same.partner_b}) == (
        "duplicate_assistance",
        NOW.date() + timedelta(days=30),
        {"NO", "FR"},
    )
    assert same.seen["sentences"] and [one["owner"] for one in same.seen["records"]] == ["NO", "FR"]
    assert case is same


@pytest.mark.parametrize("actor", [focal("US"), READER, ADMIN])
def test_a_case_is_there_for_both_partners_and_coordinators_alone(
    work: Works, session: Session, actor: Actor
):
    case, _ = opened(work, session)

    for party in (focal("NO"), focal("FR"), coordinator("NO")):
        assert questions.one(session, party, case.id) is case
    with pytest.raises(NotFound):
        questions.one(session, actor, case.id)
    with pytest.raises(NotFound):
        cases.say(work(actor), case.id, "Hello.")


def test_a_case_with_a_hidden_record_is_not_there_for_the_other_partner(work: Works, session: Session):
    case, _ = opened(work, session, visibility="confidential")

    assert questions.one(session, focal("FR"), case.id) is case
    with pytest.raises(NotFound):
        questions.one(session, focal("NO"), case.id)


def test_what_one_side_says_is_told_to_the_other_and_the_coordinator(work: Works, session: Session):
    w = work()
    people = {name: account(w, name, "focal_point", name) for name in ("NO", "FR")}
    cora = account(w, "cora", "coordinator")
    finding = screened(work, session)
    findings.judge(work(Actor("coordinator", None, cora, "Cora")), finding.id, said(verdict="overlap"))
    case = session.scalars(select(Case)).one()

    cases.say(work(Actor("focal_point", "NO", people["NO"], "Nora")), case.id, "We can move to Khorog.")

    told = session.execute(select(Message.account_id, Message.kind).where(Message.kind == "case_said"))
    assert set(told.all()) == {(people["FR"], "case_said"), (cora, "case_said")}
    assert [one.text for one in questions.messages(session, case.id)][-1] == "We can move to Khorog."


def test_divided_labour_makes_the_verdict_complementary_with_who_does_what(work: Works, session: Session):
    case, finding = opened(work, session)

    text = "Norway trains, France equips."
    case_outcomes.close(work(coordinator()), case.id, {"outcome": "labour_divided", "text": text})

    verdict = findings.newest(work(), finding.id)
    assert (case.state, case.outcome, case.outcome_text) == ("closed", "labour_divided", text)
    assert (verdict.verdict, verdict.terms) == ("complementary", {"division_of_labour": text})


@pytest.mark.parametrize("outcome", ["one_stops", "joint_programme", "merged_programmes", "other"])
def test_any_other_outcome_leaves_the_verdict(work: Works, session: Session, outcome: str):
    case, finding = opened(work, session)

    case_outcomes.close(work(coordinator()), case.id, ENDED | {"outcome": outcome})

    assert findings.newest(work(), finding.id).verdict == "overlap"
    with pytest.raises(Conflict):
        cases.say(work(focal("NO")), case.id, "One more thing.")


@pytest.mark.parametrize("actor", [focal("NO"), coordinator("NO"), coordinator("FR")])
def test_only_a_neutral_coordinator_closes_or_moves_the_day(work: Works, session: Session, actor: Actor):
    case, _ = opened(work, session)

    with pytest.raises(Forbidden):
        case_outcomes.close(work(actor), case.id, ENDED)
    with pytest.raises(Forbidden):
        cases.postpone(work(actor), case.id, {"due_on": date(2026, 5, 1), "reason": "Later."})
    assert case.state == "open"


def test_another_day_lies_ahead_and_has_its_reason(work: Works, session: Session):
    case, _ = opened(work, session)

    with pytest.raises(Invalid):
        cases.postpone(work(coordinator()), case.id, {"due_on": NOW.date(), "reason": "Now."})
    with pytest.raises(Stale):
        cases.postpone(work(coordinator()), case.id, {"due_on": date(2026, 5, 1), "reason": "Late."}, 7)
    cases.postpone(work(coordinator()), case.id, {"due_on": date(2026, 5, 1), "reason": "Elections."}, 1)

    assert (case.due_on, case.version) == (date(2026, 5, 1), 2)


def test_taking_the_verdict_back_ends_the_case_and_it_is_not_opened_again(work: Works, session: Session):
    case, finding = opened(work, session)

    findings.take_back(work(coordinator()), finding.id, "They never met.")

    assert (case.state, case.outcome, finding.state) == ("closed", "withdrawn", "open")
    with pytest.raises(Conflict):
        case_outcomes.reopen(work(coordinator()), case.id, "They did.")


def test_a_closed_case_goes_on_when_its_verdict_still_stands(work: Works, session: Session):
    case, _ = opened(work, session)
    case_outcomes.close(work(coordinator()), case.id, ENDED)

    case_outcomes.reopen(work(coordinator()), case.id, "They stopped meeting.")

    assert (case.state, case.outcome, case.closed_at) == ("open", None, None)


def test_both_sides_are_reminded_before_the_day_and_each_week_after(work: Works, session: Session):
    case, _ = opened(work, session)
    due = NOW + timedelta(days=30)

    reminded = []
    for days in (-8, -7, -6, 0, 1, 7, 8):
        w = work(now=due + timedelta(days=days))
        if cases.to_remind(w):
            cases.remind(w, [case.id])
            reminded.append(days)

    assert reminded == [-7, 0, 7]


def test_overdue_cases_are_counted_and_filtered(work: Works, session: Session):
    case, _ = opened(work, session)
    late = case.due_on + timedelta(days=1)

    query = questions.listed(focal("NO"), questions.Filters(), late)
    overdue = questions.listed(focal("NO"), questions.Filters(state="overdue"), late)

    assert questions.counts(session, query, late) == {"open": 1, "overdue": 1, "closed": 0}
    assert list(questions.page(session, overdue, (0, 5))) == [case]
    assert not questions.total(
        session, questions.listed(focal("NO"), questions.Filters("overdue"), case.due_on)
    )
