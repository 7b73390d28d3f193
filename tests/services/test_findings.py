"""Judgements: who may decide, on what, and that nobody decides on what they have not seen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import ANONYMOUS, Actor
from adam.domain.findings import VERDICTS
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from adam.models.findings import Finding
from adam.models.history import HistoryEntry
from adam.queries import findings as questions
from adam.services import findings, screening
from tests.builders.documents import ADMIN, READER, coordinator, focal, funded_by, money
from tests.builders.recording import Works, recorded

FRENCH = {
    "title": "Training of border guards",
    "organizations": funded_by("FR"),
    "contributions": money("600000.00", organization="FR"),
}


def said(**differences: Any) -> dict[str, Any]:
    """A verdict with its reason."""
    return {"verdict": "complementary", "reason": "They work in turns.", "review_on": None} | differences


def screened(
    work: Works, session: Session, kind: str = "duplicate_assistance", **differences: Any
) -> Finding:
    """The finding about a project of Norway's and one of France's, or about their cell."""
    w = work()
    recorded(w, "NO")
    recorded(w, "FR", **FRENCH | differences)
    screening.run(w)
    return session.scalars(select(Finding).where(Finding.kind == kind)).one()


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_coordinator_decides_with_every_verdict(work: Works, session: Session, verdict: str):
    finding = screened(work, session)

    judged = findings.judge(work(coordinator("US")), finding.id, said(verdict=verdict), version=1)

    assert (judged.state, judged.version) == ("decided", 2)
    [judgement] = questions.judgements(session, finding.id)
    assert (judgement.verdict, judgement.author, judgement.reason) == (verdict, "Cora", "They work in turns.")


@pytest.mark.parametrize("actor", [focal("NO"), focal("FR"), ADMIN, coordinator("NO"), coordinator("FR")])
def test_those_who_see_it_without_being_a_neutral_coordinator_do_not_decide(
    work: Works, session: Session, actor: Actor
):
    finding = screened(work, session)

    with pytest.raises(Forbidden):
        findings.judge(work(actor), finding.id, said())
    assert questions.judgements(session, finding.id) == []


@pytest.mark.parametrize("actor", [focal("US"), READER, ANONYMOUS])
def test_a_finding_is_not_there_for_others(work: Works, session: Session, actor: Actor):
    finding = screened(work, session)

    with pytest.raises(NotFound):
        findings.judge(work(actor), finding.id, said())
    with pytest.raises(NotFound):
        questions.one(session, actor, finding.id)


def test_a_finding_with_a_hidden_record_is_not_there_for_the_other_partner(work: Works, session: Session):
    finding = screened(work, session, visibility="confidential")

    assert questions.one(session, focal("FR"), finding.id).id == finding.id
    with pytest.raises(NotFound):
        questions.one(session, focal("NO"), finding.id)


def test_a_verdict_on_an_older_version_is_stale(work: Works, session: Session):
    finding = screened(work, session)
    findings.judge(work(coordinator()), finding.id, said(), version=1)

    with pytest.raises(Stale):
        findings.judge(work(coordinator()), finding.id, said(verdict="unrelated"), version=1)


def test_the_newest_verdict_counts(work: Works, session: Session):
    finding = screened(work, session)
    findings.judge(work(coordinator()), finding.id, said())
    findings.judge(work(coordinator()), finding.id, said(verdict="same_money"))

    assert questions.verdicts(session, [finding.id])[finding.id].verdict == "same_money"
    assert [row[0] for row in questions.standing(session)] == ["same_money"]


@pytest.mark.parametrize("day", [date(2026, 1, 15), date(2025, 12, 31)])
def test_a_day_of_review_lies_ahead(work: Works, session: Session, day: date):
    finding = screened(work, session)

    with pytest.raises(Invalid) as refused:
        findings.judge(work(coordinator()), finding.id, said(review_on=day))

    assert [problem.pointer for problem in refused.value.problems] == ["#/review_on"]


@pytest.mark.parametrize("verdict", [one for one in VERDICTS if one not in ("complementary", "unrelated")])
def test_a_cell_is_no_pair(work: Works, session: Session, verdict: str):
    finding = screened(work, session, "coming_gap")

    with pytest.raises(Invalid) as refused:
        findings.judge(work(coordinator()), finding.id, said(verdict=verdict))

    assert [problem.pointer for problem in refused.value.problems] == ["#/verdict"]


def test_a_cell_can_be_dismissed_and_stays_so(work: Works, session: Session):
    finding = screened(work, session, "coming_gap")
    findings.judge(work(coordinator()), finding.id, said(verdict="unrelated"))

    screening.run(work(), full=True)

    session.refresh(finding)
    assert finding.state == "decided"


def test_what_is_gone_cannot_be_judged(work: Works, session: Session):
    finding = screened(work, session)
    finding.state = "gone"
    session.flush()

    with pytest.raises(Conflict):
        findings.judge(work(coordinator()), finding.id, said())


def test_a_verdict_is_in_the_history(work: Works, session: Session):
    finding = screened(work, session)
    w = work(coordinator())

    findings.judge(w, finding.id, said())
    w.finish()

    [entry] = session.scalars(select(HistoryEntry).where(HistoryEntry.entity_id == finding.id))
    assert (entry.action, entry.before["state"], entry.after["verdict"]) == (
        "finding.judged",
        "open",
        "complementary",
    )
