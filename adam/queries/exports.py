"""What an export reads besides the records: the organizations they name, and how related records are known outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.domain.visibility import CONFIDENTIAL
from adam.models.partners import Organization, OrganizationIdentifier, Partner
from adam.models.project_parts import Identifier
from adam.models.projects import Project
from adam.queries import visibility

PORTION = 500
COLUMNS = (
    *(Project.id, Project.reference, Project.owner, Project.title, Project.visibility, Project.document),
    *(Project.added, Project.version, Project.created_at, Project.updated_at, Project.usd, Project.usd_kind),
)


class Body(NamedTuple):
    """An organization as an export names it."""

    key: str
    name: str
    kind: str | None
    partner: str | None
    identifier: str | None


def portions(session: Session, query: Select[Any], size: int = PORTION) -> Iterator[Sequence[Any]]:
    """The rows of the records that a query selects, in the order of their ids, so many at a time.

    The ids are read as a stream and each portion by its ids: memory doesn't grow, and no sort carries documents.
    """
    ids = query.with_only_columns(Project.id).order_by(None).order_by(Project.id)
    for part in session.execute(ids.execution_options(yield_per=size)).partitions():
        keys = [row.id for row in part]
        yield session.execute(select(*COLUMNS).where(Project.id.in_(keys)).order_by(Project.id)).all()


def confidential(session: Session, query: Select[Any]) -> list[str]:
    """The ids of the confidential records among them."""
    secret = query.with_only_columns(Project.id).order_by(None).where(Project.visibility == CONFIDENTIAL)
    return list(session.scalars(secret))


def bodies(session: Session, ids: Iterable[str]) -> dict[str, Body]:
    """Organizations by id, each with its first identifier in a register."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    table = OrganizationIdentifier
    registered = select(table.organization_id, table.value).where(table.organization_id.in_(wanted))
    # "XM-DAC-41128" names its register, "41128" doesn't.
    ordered = sorted(session.execute(registered).all(), key=lambda row: ("-" not in row.value, row.value))
    identifiers: dict[str, str] = {}
    for organization_id, value in ordered:
        identifiers.setdefault(organization_id, value)
    columns = (Organization.id, Organization.name, Organization.kind, Organization.partner)
    rows = session.execute(select(*columns).where(Organization.id.in_(wanted)))
    return {row.id: Body(row.id, row.name, row.kind, row.partner, identifiers.get(row.id)) for row in rows}


def partners(session: Session) -> dict[str, str]:
    """Partner → its own organization's id."""
    query = select(Partner.code, Organization.id).join(Organization, Organization.code == Partner.code)
    return {row.code: row.id for row in session.execute(query)}


def known_as(session: Session, actor: Actor, ids: Iterable[str]) -> dict[str, str | None]:
    """Those of these records that are there for the actor, each with its first IATI identifier or None."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    seen = select(Project.id).where(Project.id.in_(wanted), visibility.projects(actor))
    found: dict[str, str | None] = dict.fromkeys(session.scalars(seen))
    table = Identifier
    own = select(table.project_id, table.value).where(
        table.project_id.in_(list(found)), table.scheme == "iati", table.stated_by.is_(None)
    )
    for project_id, value in session.execute(own.order_by(table.id)):
        found[project_id] = found[project_id] or value
    return found
