"""Questions about accepted records: one, a page of them, and what stands in them as this actor may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from adam.domain import additions
from adam.domain.actors import Actor
from adam.domain.visibility import fields_for
from adam.errors import NotFound
from adam.models import project_parts as parts
from adam.models.partners import Organization
from adam.models.projects import Project
from adam.queries import searches, visibility, windows


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of the contract, the same in commands, API and pages; empty means everything."""

    country: tuple[str, ...] = ()
    pillar: tuple[str, ...] = ()
    commitment: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    assistance_type: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    active_from: date | None = None
    active_to: date | None = None
    text: str = ""
    ids: tuple[str, ...] = field(default=())


LISTS = (
    "country",
    "pillar",
    "commitment",
    "organization",
    "role",
    "status",
    "assistance_type",
    "sector",
    "owner",
)
"""The filters that take several codes, by the names that they have everywhere."""


NARROW = (*(name for name in LISTS if name not in ("status", "owner")), "ids", "text")
"""The filters that ask about what hangs on a record."""


def one(session: Session, actor: Actor, project_id: str) -> Project:
    """The record, if it is there for this actor; raises NotFound otherwise."""
    query = select(Project).where(Project.id == project_id, visibility.projects(actor))
    project = session.scalar(query)
    if project is None:
        raise NotFound("There is no such record.")
    return project


def named(session: Session, actor: Actor, ids: Sequence[str]) -> dict[str, Project]:
    """Those of these records that are there for this actor, merged ones too, by id."""
    query = select(Project).where(Project.id.in_(ids), visibility.projects(actor))
    return {project.id: project for project in session.scalars(query)}


def matching(actor: Actor, filters: Filters) -> Select[Project]:
    """The visible records that pass the filters, merged ones left out; not ordered, not limited."""
    query = select(Project).where(visibility.projects(actor), Project.merged_into.is_(None))
    if any(getattr(filters, name) for name in NARROW):
        query = query.execution_options(**windows.NARROWED)
    for table, column, values in _lists(filters):
        query = query.where(_has(table, getattr(table, column).in_(values)))
    if filters.organization or filters.role:
        query = query.where(_has(parts.ProjectOrganization, _names(filters)))
    for name in ("status", "owner"):
        values = getattr(filters, name)
        if values:
            query = query.where(getattr(Project, name).in_(values))
    if filters.ids:
        query = query.where(Project.id.in_(filters.ids))
    if filters.active_to:
        query = query.where(or_(Project.begins.is_(None), Project.begins <= filters.active_to))
    if filters.active_from:
        query = query.where(or_(Project.ends.is_(None), Project.ends >= filters.active_from))
    return query.where(searches.found(filters.text)) if filters.text.strip() else query


def ids(actor: Actor, filters: Filters) -> Select[str]:
    """The ids of the visible records that pass the filters."""
    return matching(actor, filters).with_only_columns(Project.id)


def _lists(filters: Filters) -> list[tuple[Any, str, tuple[str, ...]]]:
    listed: list[tuple[Any, str, tuple[str, ...]]] = [
        (parts.ProjectCountry, "country", filters.country),
        (parts.Assignment, "pillar", filters.pillar),
        (parts.Assignment, "commitment", filters.commitment),
        (parts.ProjectAssistanceType, "assistance_type", filters.assistance_type),
        (parts.ProjectSector, "code", filters.sector),
    ]
    return [item for item in listed if item[2]]


def _has(table: Any, condition: Any) -> Any:
    return Project.id.in_(select(table.project_id).where(condition))


def _names(filters: Filters) -> Any:
    """An organization by code, id, or the partner it belongs to; a role alone means any organization in it."""
    conditions = []
    if filters.organization:
        columns = (Organization.code, Organization.id, Organization.partner)
        wanted = or_(*(column.in_(filters.organization) for column in columns))
        known = select(Organization.id).where(wanted)
        conditions.append(parts.ProjectOrganization.organization_id.in_(known))
    if filters.role:
        conditions.append(parts.ProjectOrganization.role.in_(filters.role))
    return and_(*conditions)


ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": (Project.created_at.desc(), Project.id.desc()),
    "title": (func.lower(Project.title), Project.id),
    "start": (Project.begins.desc().nulls_last(), Project.id.desc()),
    "money": (Project.usd.desc().nulls_last(), Project.id.desc()),
}


RELEVANCE = "relevance"


def ordered(order: str, text: str = "") -> tuple[Any, ...]:
    """What an order sorts by; `text` is what was looked for, where relevance makes the order."""
    keys = ORDERS.get(order, ORDERS["newest"])
    return (searches.place(text), *keys) if order == RELEVANCE and text else keys


def page(
    session: Session, query: Select[Project], order: str | tuple[Any, ...], window: tuple[int, int]
) -> Sequence[Project]:
    """One page of records; `order` is its name or what `ordered` makes of it, `window` is (offset, limit)."""
    keys = ordered(order) if isinstance(order, str) else order
    return session.scalars(windows.of(query, keys, window)).all()


COUNTED = 10_000
"""Lists count so far: beyond it people want a filter, and counting on would cost them the wait."""


def count(session: Session, query: Select[Project], most: int | None = None) -> int:
    """How many records pass; with `most`, one more than it where there are more."""
    ids = windows.found(query, Project.id).limit(most + 1 if most else None)
    return session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def of_ids(chosen: Select[Any]) -> Select[Any]:
    """The records whose ids are chosen, by reference."""
    return select(Project).where(Project.id.in_(chosen)).order_by(Project.reference)


def readable(project: Project, actor: Actor) -> dict[str, Any]:
    """The project object as this actor may read it.

    Public fields leave out amounts by funder, attached documents, and rationales (CONTRACT, "Who may do what").
    """
    document = dict(additions.merged(project.document, project.added))
    if fields_for(actor, project.owner) == "public":
        document["contributions"] = document["documents"] = []
        document["pillars"] = [
            item | {"rationale": item["rationale"] if item.get("proposed") else None}
            for item in document["pillars"]
        ]
    return {
        "id": project.id,
        "reference": project.reference,
        "owner": project.owner,
        **document,
        "version": project.version,
        "created_at": project.created_at.isoformat(),
        "updated_at": project.updated_at.isoformat(),
    }


def counted(session: Session, project_id: str) -> list[bool]:
    """Of each contribution, in the order of the record as it is read, whether it is counted."""
    table = parts.Contribution
    query = select(table.counted).where(table.project_id == project_id).order_by(table.id)
    return list(session.scalars(query))


def assignment(session: Session, project_id: str, code: str) -> int:
    """The id of a record's assignment to a pillar ("I") or a commitment ("I.5"); raises NotFound."""
    table = parts.Assignment
    own = table.commitment == code if "." in code else (table.pillar == code) & table.commitment.is_(None)
    found = session.scalar(select(table.id).where(table.project_id == project_id, own))
    if found is None:
        raise NotFound("No such assignment.")
    return found
