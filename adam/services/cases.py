"""Verbs of cases: open one for both partners, say something, give it another day, remind. Closing: case_outcomes.py."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from adam.domain import cases as words
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Problem, Stale
from adam.models.cases import Case, CaseMessage
from adam.models.findings import Finding, Judgement
from adam.models.projects import Project
from adam.queries import cases as questions
from adam.queries import visibility
from adam.services import counters, messages
from adam.services.work import Work

MOST = 10
"""So many sentences say what was seen."""


def open_for(w: Work, finding: Finding, judgement: Judgement, due_on: date) -> Case:
    """One case for both partners of a finding; where one is open already, that goes on."""
    case = open_of(w, finding.id)
    if case is None:
        a, b = (w.session.get_one(Project, key) for key in (finding.a_id, finding.b_id))
        case = Case(
            reference=counters.reference(w.session, "case"),
            finding_id=finding.id,
            a_id=a.id,
            b_id=b.id,
            partner_a=a.owner,
            partner_b=b.owner,
            title=" / ".join(dict.fromkeys((a.title, b.title)))[:500],
            seen=_seen(finding, (a, b)),
            state=words.OPEN,
            author=w.actor.label,
            opened_at=w.now,
            version=0,
        )
    before = _state(case) if case.id else None
    case.kind, case.due_on, case.updated_at = judgement.verdict, due_on, w.now
    case.version += 1
    w.session.add(case)
    w.session.flush()
    _add(w, case, words.OPENED, judgement.reason)
    w.record("case.opened", _key(case), before, _state(case))
    tell(w, case, "case_opened", day=due_on.isoformat())
    return case


def _seen(finding: Finding, records: tuple[Project, Project]) -> dict[str, Any]:
    """The finding as it was seen, so that the case can be read when the records have changed."""
    return {
        "finding": finding.reference,
        "kind": finding.kind,
        "score": str(finding.score),
        "sentences": _sentences(finding),
        "stake": None if finding.stake is None else str(finding.stake),
        "stake_reason": finding.stake_reason,
        "records": [
            {"id": one.id, "reference": one.reference, "title": one.title, "owner": one.owner}
            | {"begins": _day(one.begins), "ends": _day(one.ends)}
            | {"usd": None if one.usd is None else str(one.usd), "status": one.status}
            for one in records
        ],
    }


def _sentences(finding: Finding) -> list[str]:
    """What speaks for the finding, the weightiest first: a case needs what agrees, not all that was compared."""
    agreeing = [one for one in finding.evidence if one.get("sentence") and one["level"] in ("exact", "close")]
    agreeing.sort(key=lambda one: -float(one.get("score") or 0))
    return [one["sentence"] for one in agreeing if float(one.get("score") or 0) >= 0][:MOST]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def open_of(w: Work, finding_id: str) -> Case | None:
    """The open case about a finding; there is never more than one."""
    query = select(Case).where(Case.finding_id == finding_id, Case.state == words.OPEN)
    return w.session.scalar(query.order_by(Case.id).limit(1))


def say(w: Work, case_id: str, text: str, version: int | None = None) -> Case:
    """A word of either partner's focal points or of a coordinator; the others are told.

    Raises Conflict where the case is closed.
    """
    case = held(w, case_id, version)
    if not may_say(w, case):
        raise Forbidden("Only the focal points of the two partners and the coordinators write in a case.")
    still_open(case)
    _add(w, case, words.SAID, text)
    touch(w, case)
    w.record("case.said", _key(case), None, {"text": text})
    tell(w, case, "case_said", by=w.actor.label, comment=text)
    return case


def postpone(w: Work, case_id: str, draft: Mapping[str, Any], version: int | None = None) -> Case:
    """A coordinator gives a case another day, with the reason: {"due_on", "reason"}."""
    case = held(w, case_id, version)
    for_decision(w, case)
    still_open(case)
    if draft["due_on"] <= w.today:
        raise Invalid([Problem("#/due_on", "past", "Choose a day after today.")])
    before = _state(case)
    case.due_on, case.reminded_on = draft["due_on"], None
    _add(w, case, words.DUE, draft["reason"])
    touch(w, case)
    w.record("case.postponed", _key(case), before, _state(case))
    tell(w, case, "case_due", day=case.due_on.isoformat())
    return case


def end(w: Work, case: Case, outcome: str, text: str) -> None:
    """Close a case; whether the actor may is asked before."""
    before = _state(case)
    case.state, case.outcome, case.outcome_text = words.CLOSED, outcome, text
    case.closed_at, case.closed_by = w.now, w.actor.label
    _add(w, case, words.CLOSING, text)
    touch(w, case)
    w.record("case.closed", _key(case), before, _state(case))
    tell(w, case, "case_closed", by=w.actor.label, comment=text)


def begin_again(w: Work, case: Case, text: str) -> None:
    """Open a closed case again; whether the actor may is asked before."""
    before = _state(case)
    case.state, case.outcome, case.outcome_text = words.OPEN, None, None
    case.closed_at = case.closed_by = None
    _add(w, case, words.REOPENED, text)
    touch(w, case)
    w.record("case.reopened", _key(case), before, _state(case))
    tell(w, case, "case_opened", day=case.due_on.isoformat())


def drop(w: Work, finding: Finding, because: str) -> None:
    """The verdict that opened a case is taken back: the case ends with that word."""
    case = open_of(w, finding.id)
    if case is not None:
        end(w, case, words.WITHDRAWN, because)


def held(w: Work, case_id: str, version: int | None = None) -> Case:
    """The case, held until the work ends. Raises NotFound, or Stale where `version` isn't the current one."""
    query = select(Case).where(Case.id == case_id, visibility.cases(w.actor))
    case = w.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if case is None:
        raise NotFound("There is no such case.")
    if version is not None and version != case.version:
        raise Stale("Somebody wrote in this case meanwhile: read it again, then repeat what you did.")
    return case


def may_say(w: Work, case: Case) -> bool:
    """Whether the actor takes part in a case."""
    return w.actor.coordinates or w.actor.writes_for in (case.partner_a, case.partner_b)


def may_decide(w: Work, case: Case) -> bool:
    """Whether the actor ends a case or moves its day: a coordinator of neither partner."""
    return w.actor.coordinates and w.actor.partner not in (case.partner_a, case.partner_b)


def for_decision(w: Work, case: Case) -> None:
    """Raises Forbidden for whoever may not decide on a case."""
    if not w.actor.coordinates:
        raise Forbidden("Only a coordinator closes a case or moves its day.")
    if not may_decide(w, case):
        raise Forbidden("A coordinator never decides on a case of their own partner.")


def still_open(case: Case) -> None:
    """Raises Conflict where a case is closed."""
    if case.state != words.OPEN:
        raise Conflict(f"The case {case.reference} is closed.", "state")


def touch(w: Work, case: Case) -> None:
    """Count a change of the case."""
    case.updated_at = w.now
    case.version += 1
    w.session.flush()


def _add(w: Work, case: Case, move: str, text: str) -> None:
    side = w.actor.writes_for
    said = {"author_id": w.actor.account, "author": w.actor.label, "at": w.now, "text": text}
    w.session.add(CaseMessage(case_id=case.id, move=move, partner=side, **said))
    w.session.flush()


def tell(w: Work, case: Case, kind: str, **details: Any) -> int:
    """Tell both partners, and the coordinators who spoke in the case; answers how many people."""
    told = sum(
        messages.tell_partner(w, partner, kind, _key(case), **details)
        for partner in sorted({case.partner_a, case.partner_b})
    )
    for account in questions.coordinators_in(w.session, case.id):
        told += messages.tell(w, account, kind, _key(case), **details) is not None
    return told


def remind(w: Work, ids: Collection[str]) -> int:
    """Tell both sides of these cases that their day is near or over; answers how many people were told."""
    told = 0
    for case_id in ids:
        case = held(w, case_id)
        case.reminded_on = w.today
        late = words.overdue(case.state, case.due_on, w.today)
        told += tell(w, case, "case_overdue" if late else "case_due", day=case.due_on.isoformat())
    w.session.flush()
    return told


def to_remind(w: Work) -> list[str]:
    """The open cases whose day is near or over and of which nobody was reminded this week."""
    again = or_(Case.reminded_on.is_(None), Case.reminded_on <= w.today - words.SOON)
    query = select(Case.id).where(Case.state == words.OPEN, Case.due_on <= w.today + words.SOON, again)
    return list(w.session.scalars(query.order_by(Case.due_on, Case.id)))


def _key(case: Case) -> tuple[str, str]:
    return ("case", case.id)


def _state(case: Case) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "kind": case.kind,
        "state": case.state,
        "due_on": case.due_on.isoformat(),
        "outcome": case.outcome,
        "outcome_text": case.outcome_text,
    }
