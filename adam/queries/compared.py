"""The statements that read what is compared of records: a number of them that doesn't grow with the records."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.orm import aliased

from adam.models import project_parts as parts
from adam.models.partners import Organization, OrganizationIdentifier, Partner
from adam.models.projects import Project
from adam.queries.prepared import Prepared, places

FEW = 8
"""For up to so many records there are statements that go to the driver as they are."""
OWN = (
    "id",
    "reference",
    "owner",
    "visibility",
    "title",
    "description",
    "language",
    "status",
    "begins",
    "ends",
    "usd",
    "usd_kind",
    "fingerprint",
)
OTHER = aliased(Project)
"""The record that a relation names: where it was merged, the relation is to the one that stays."""
_IDS: Any = bindparam("ids", expanding=True)


class Statements(NamedTuple):
    """What is asked of the chosen records: their own columns, their lists, and names of partners and of reporters."""

    own: Any
    lists: dict[str, Any]
    names: tuple[Any, Any]


@lru_cache(maxsize=1)
def of_given() -> Statements:
    """For given ids, put together once: that takes longer than running them for a few."""
    return statements(_IDS)


@lru_cache(maxsize=1)
def of_few() -> Statements:
    """For a few, asked while somebody writes: handed to the driver as they are."""
    own, lists, names = statements(places("id", FEW))
    one, other = map(Prepared, names)
    return Statements(Prepared(own), {name: Prepared(query) for name, query in lists.items()}, (one, other))


def statements(ids: Any) -> Statements:
    """For records whose ids these are, or are selected by this."""
    columns = [getattr(Project, name) for name in OWN]
    owners = select(parts.Identifier.owner).where(parts.Identifier.project_id.in_(ids))
    known = (
        select(OrganizationIdentifier.value, Organization.name)
        .join(Organization, Organization.id == OrganizationIdentifier.organization_id)
        .where(OrganizationIdentifier.value.in_(owners))
    )
    own = select(*columns).where(Project.id.in_(ids)).order_by(Project.id)
    return Statements(own, _lists(ids), (select(Partner.code, Partner.name), known))


def _lists(ids: Any) -> dict[str, Select[Any]]:
    def rows(table: Any, *names: str) -> Select[Any]:
        columns = [getattr(table, name) for name in names]
        return select(table.project_id, *columns).where(table.project_id.in_(ids)).order_by(table.id)

    bodies = (
        select(
            parts.ProjectOrganization.project_id,
            parts.ProjectOrganization.role,
            Organization.name,
            func.coalesce(Organization.partner, Organization.id),
        )
        .join(Organization, Organization.id == parts.ProjectOrganization.organization_id)
        .where(parts.ProjectOrganization.project_id.in_(ids))
        .order_by(parts.ProjectOrganization.id)
    )
    money = parts.Contribution
    return {
        "organizations": bodies,
        "countries": rows(parts.ProjectCountry, "country", "share"),
        "pillars": rows(parts.Assignment, "pillar", "commitment", "share", "proposed"),
        "types": rows(parts.ProjectAssistanceType, "assistance_type"),
        "beneficiaries": rows(parts.Beneficiary, "name"),
        "sectors": rows(parts.ProjectSector, "code").where(parts.ProjectSector.vocabulary == "DAC"),
        "identifiers": _identifiers(ids),
        "relations": _relations(ids),
        "amounts": select(
            money.project_id, money.kind, money.currency, func.sum(money.amount), func.min(money.value_date)
        )
        .where(money.project_id.in_(ids), money.counted)
        .group_by(money.project_id, money.kind, money.currency)
        .order_by(money.project_id, money.kind, money.currency),
    }


def _relations(ids: Any) -> Select[Any]:
    """What a record is related to; a relation to a record that was merged is one to that which stays."""
    table = parts.Relation
    target = func.coalesce(OTHER.merged_into, table.other_id, table.identifier)
    query: Any = select(table.project_id, table.kind, target, table.role)
    return (
        query.outerjoin(OTHER, OTHER.id == table.other_id).where(table.project_id.in_(ids)).order_by(table.id)
    )


def _identifiers(ids: Any) -> Select[Any]:
    """Identifiers with their owner; one that another partner added says nothing of who reports the record."""
    table = parts.Identifier
    owner = case((table.stated_by.is_(None), table.owner), else_=None)
    columns = (table.project_id, table.scheme, table.value, owner.label("owner"))
    return select(*columns).where(table.project_id.in_(ids)).order_by(table.id)
