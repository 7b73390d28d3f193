"""How fresh records are: how many run, how many somebody confirmed within a year, and how many nobody looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_
from sqlalchemy.orm import Session

from adam.models.projects import Project
from adam.queries.desk import OLD, RUNNING


@dataclass(frozen=True, slots=True)
class Fresh:
    """The records of a partner: all, those that run, those confirmed within a year, and those that are stale."""

    partner: str
    records: int
    running: int
    confirmed: int
    stale: int


def stale(today: date) -> ColumnElement[bool]:
    """Running records that nobody confirmed for a year, nor entered or changed within it."""
    before = today - OLD
    never = Project.last_confirmed_on.is_(None) & (Project.updated_at < datetime.combine(before, time(), UTC))
    return and_(Project.status.in_(RUNNING), or_(Project.last_confirmed_on < before, never))


def by_partner(session: Session, chosen: Select[Any], today: date) -> Sequence[Fresh]:
    """Each partner's records among those that are chosen (a query of Project), in the order of the partners' codes."""
    running = Project.status.in_(RUNNING)
    confirmed = and_(running, Project.last_confirmed_on >= today - OLD)
    counts = [func.sum(case((condition, 1), else_=0)) for condition in (running, confirmed, stale(today))]
    # Not by the index of owners: SQLite would read every record in its order, one here and one there.
    owner = func.coalesce(Project.owner, "")
    query = chosen.order_by(None).with_only_columns(owner, func.count(), *counts)
    rows = session.execute(query.group_by(owner).order_by(owner))
    return [Fresh(owner, *(int(number) for number in numbers)) for owner, *numbers in rows]
