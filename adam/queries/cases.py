"""Questions about cases: those one may see, what was said in them, and which are overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import COORDINATOR, Actor
from adam.domain.cases import CLOSED, OPEN, OVERDUE
from adam.errors import NotFound
from adam.models.accounts import Account
from adam.models.cases import Case, CaseMessage
from adam.models.findings import Finding
from adam.queries import visibility


@dataclass(frozen=True, slots=True)
class Filters:
    """Which cases; empty means all. `state` is open, overdue or closed; `partner` is either of the two."""

    state: str | None = None
    kind: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    finding: str | None = None
    text: str = ""


def one(session: Session, actor: Actor, case_id: str) -> Case:
    """The case, if it is there for this actor; raises NotFound otherwise."""
    found = session.scalar(select(Case).where(Case.id == case_id, visibility.cases(actor)))
    if found is None:
        raise NotFound("There is no such case.")
    return found


def listed(actor: Actor, filters: Filters, today: date) -> Select[Any]:
    """The visible cases that pass the filters; not ordered."""
    query = select(Case).where(visibility.cases(actor))
    if filters.state == OVERDUE:
        query = query.where(Case.state == OPEN, Case.due_on < today)
    elif filters.state:
        query = query.where(Case.state == filters.state)
    if filters.kind:
        query = query.where(Case.kind.in_(filters.kind))
    if filters.partner:
        query = query.where(or_(Case.partner_a.in_(filters.partner), Case.partner_b.in_(filters.partner)))
    if filters.finding:
        query = query.where(Case.finding_id == filters.finding)
    for word in filters.text.split()[:8]:
        lower = word.lower()
        said = func.lower(Case.title).contains(lower, autoescape=True)
        query = query.where(or_(said, func.lower(Case.reference) == lower))
    return query


def page(session: Session, query: Select[Any], window: tuple[int, int]) -> Sequence[Case]:
    """One page: what is open first, the nearest day first; `window` is (offset, limit)."""
    ordered = query.order_by(Case.state == CLOSED, Case.due_on, Case.id)
    return session.scalars(ordered.offset(window[0]).limit(window[1])).all()


def counts(session: Session, query: Select[Any], today: date) -> dict[str, int]:
    """How many of a list are open, overdue and closed."""
    inner = query.order_by(None).with_only_columns(Case.state, Case.due_on).subquery()
    late = (inner.c.state == OPEN) & (inner.c.due_on < today)
    rows = session.execute(select(inner.c.state, late, func.count()).group_by(inner.c.state, late)).all()
    return {
        OPEN: sum(row[2] for row in rows if row[0] == OPEN),
        OVERDUE: sum(row[2] for row in rows if row[1]),
        CLOSED: sum(row[2] for row in rows if row[0] == CLOSED),
    }


def total(session: Session, query: Select[Any]) -> int:
    """How many cases a list has."""
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def messages(session: Session, case_id: str) -> Sequence[CaseMessage]:
    """What was said and done in a case, in order."""
    query = select(CaseMessage).where(CaseMessage.case_id == case_id).order_by(CaseMessage.id)
    return session.scalars(query).all()


def finding_of(session: Session, case: Case) -> Finding | None:
    """The finding of a case, as it is now."""
    return session.get(Finding, case.finding_id)


def of_finding(session: Session, actor: Actor, finding_id: str) -> Case | None:
    """The newest case about a finding that is there for this actor."""
    query = select(Case).where(Case.finding_id == finding_id, visibility.cases(actor))
    return session.scalar(query.order_by(Case.state == CLOSED, Case.opened_at.desc(), Case.id).limit(1))


def coordinators_in(session: Session, case_id: str) -> list[str]:
    """The accounts of coordinators who spoke or acted in a case."""
    spoke = select(CaseMessage.author_id).where(CaseMessage.case_id == case_id)
    query = select(Account.id).where(Account.id.in_(spoke), Account.role == COORDINATOR, Account.active)
    return list(session.scalars(query.order_by(Account.id)))
