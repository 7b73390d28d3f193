"""Which findings are asked for: the filters of the contract on both records or the cell, and what findings add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from adam.domain.actors import Actor
from adam.domain.findings import DECIDED, OPEN, REOPENED
from adam.models import project_parts as parts
from adam.models.findings import Finding, Judgement
from adam.models.projects import Project
from adam.queries import projects, visibility

WAITING = (OPEN, REOPENED)
WAITING_QUEUES = ("record", "coordination")
EVERY = aliased(Judgement)
Conditions = Callable[[Any], list[ColumnElement[bool]]]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which findings; empty means all.

    Both records stand in the countries, under the pillars and commitments and with the kinds of help, or the cell does.
    One record passes all else: its organizations with their roles, status, sectors, `owner` (the partner that reports
    it), time and words. `group` is a finding that stands for its group; `due` asks for verdicts whose day of review
    has come by then.
    """

    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = WAITING
    verdicts: tuple[str, ...] = ()
    queue: str | None = None
    group: str | None = None
    project: str | None = None
    due: date | None = None
    country: tuple[str, ...] = ()
    pillar: tuple[str, ...] = ()
    commitment: tuple[str, ...] = ()
    assistance_type: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    active_from: date | None = None
    active_to: date | None = None
    text: str = ""


EITHER = ("organization", "role", "status", "sector", "owner", "active_from", "active_to", "text")
"""What one of the two records has to pass."""


def conditions(actor: Actor, filters: Filters) -> Conditions:
    """What a table of findings (Finding, or an alias of it) has to fulfil in one statement."""
    passing = _passing(actor, filters)

    def on(table: Any) -> list[ColumnElement[bool]]:
        found = [visibility.findings(actor, table), *_own(filters, table), *_places(filters, table)]
        if passing is not None:
            ids = select(passing.c.id)
            found.append(or_(table.a_id.in_(ids), table.b_id.in_(ids), _cell_of(table, ids)))
        return found

    return on


def _own(filters: Filters, table: Any) -> list[ColumnElement[bool]]:
    """What is asked of the finding itself."""
    found: list[ColumnElement[bool]] = []
    if filters.queue:
        found.append(table.queue == filters.queue)
    elif filters.states == WAITING:
        found.append(table.queue.in_(WAITING_QUEUES))
    if filters.states and not (filters.states == WAITING and filters.queue in (None, *WAITING_QUEUES)):
        found.append(table.state.in_(filters.states))
    if filters.kinds:
        found.append(table.kind.in_(filters.kinds))
    if filters.project:
        found.append(or_(table.a_id == filters.project, table.b_id == filters.project))
    if filters.group:
        key = select(Finding.group_key).where(Finding.id == filters.group).scalar_subquery()
        found.append(or_(table.group_key == key, table.id == filters.group))
    if filters.verdicts:
        found.append(_judged(table, Judgement.verdict.in_(filters.verdicts)))
    if filters.due:
        found += [table.state == DECIDED, _judged(table, Judgement.review_on <= filters.due)]
    return found


def _judged(table: Any, condition: Any) -> ColumnElement[bool]:
    """The newest judgement on it is such."""
    stands = (EVERY.finding_id == table.id, EVERY.undone_at.is_(None))
    newest = select(func.max(EVERY.id)).where(*stands).correlate(table).scalar_subquery()
    return select(Judgement.id).where(Judgement.id == newest, condition).exists()


def _places(filters: Filters, table: Any) -> list[ColumnElement[bool]]:
    """Both records of a pair stand in one of the places, or the finding is about a cell there."""
    found = []
    for name, part, column in PLACES:
        values = getattr(filters, name)
        if values:
            ids = select(part.project_id).where(getattr(part, column).in_(values))
            found.append(or_(table.a_id.in_(ids) & table.b_id.in_(ids), _cell(table, name, values)))
    return found


PLACES = (
    ("country", parts.ProjectCountry, "country"),
    ("pillar", parts.Assignment, "pillar"),
    ("commitment", parts.Assignment, "commitment"),
    ("assistance_type", parts.ProjectAssistanceType, "assistance_type"),
)


def _cell(table: Any, name: str, values: tuple[str, ...]) -> ColumnElement[bool]:
    """A cell knows no commitment: it is asked about under the pillar of it."""
    if name == "commitment":
        pillars = sorted({code.partition(".")[0] for code in values})
        return and_(table.a_id.is_(None), table.pillar.in_(pillars))
    return and_(table.a_id.is_(None), getattr(table, name).in_(values))


def _passing(actor: Actor, filters: Filters) -> Any:
    """The visible records that pass what one of the two has to pass; None where nothing is asked of it."""
    wanted = {name: getattr(filters, name) for name in EITHER}
    if not any(wanted.values()):
        return None
    query = projects.matching(actor, projects.Filters(**wanted))
    return query.order_by(None).with_only_columns(Project.id.label("id")).cte("passing")


def _cell_of(table: Any, ids: Any) -> ColumnElement[bool]:
    """One of these records stands in the cell that the finding is about."""
    place, assigned, kind = parts.ProjectCountry, parts.Assignment, parts.ProjectAssistanceType
    helps = select(kind.id).where(
        kind.project_id == place.project_id, kind.assistance_type == table.assistance_type
    )
    there = (
        select(place.id)
        .join(assigned, assigned.project_id == place.project_id)
        .where(place.country == table.country, assigned.pillar == table.pillar, place.project_id.in_(ids))
        .where(or_(table.assistance_type.is_(None), helps.exists()))
    )
    return and_(table.a_id.is_(None), there.exists())
