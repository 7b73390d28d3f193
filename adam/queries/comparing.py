"""What the engine needs to know of records, read in a number of queries that doesn't grow with the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from adam.models import project_parts as parts
from adam.models.partners import Organization, OrganizationIdentifier, Partner
from adam.models.projects import Project


@dataclass(slots=True)
class Facts:
    """One record's facts for comparing; lists keep the order of the document."""

    id: str
    reference: str
    owner: str
    visibility: str
    title: str
    description: str
    language: str
    status: str
    begins: date | None
    ends: date | None
    usd: Decimal | None
    usd_kind: str | None
    fingerprint: str
    reporter: str = ""
    organizations: list[tuple[str, str, str]] = field(default_factory=list)
    countries: list[tuple[str, Decimal | None]] = field(default_factory=list)
    pillars: list[tuple[str, str | None, Decimal | None, bool]] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    beneficiaries: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str, str | None]] = field(default_factory=list)
    relations: list[tuple[str, str, str | None]] = field(default_factory=list)
    amounts: list[tuple[str, str, Decimal, date | None]] = field(default_factory=list)


def facts(session: Session, chosen: Select[Any] | None = None) -> dict[str, Facts]:
    """The facts of the records whose ids `chosen` selects (all that are not merged, by default), by id."""
    ids = chosen if chosen is not None else select(Project.id).where(Project.merged_into.is_(None))
    columns = [getattr(Project, name) for name in OWN]
    found: dict[str, Facts] = {}
    for row in session.execute(select(*columns).where(Project.id.in_(ids)).order_by(Project.id)):
        values = dict(zip(OWN, row, strict=True))
        found[row.id] = Facts(**values | {"description": row.description or ""})
    for name, query in _lists(ids).items():
        for project_id, *items in session.execute(query):
            getattr(found[project_id], name).append(items[0] if len(items) == 1 else tuple(items))
    _reporters(session, found.values())
    return found


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
        "identifiers": rows(parts.Identifier, "scheme", "value", "owner"),
        "relations": select(
            parts.Relation.project_id,
            parts.Relation.kind,
            func.coalesce(parts.Relation.other_id, parts.Relation.identifier),
            parts.Relation.role,
        ).where(parts.Relation.project_id.in_(ids)),
        "amounts": select(
            money.project_id, money.kind, money.currency, func.sum(money.amount), func.min(money.value_date)
        )
        .where(money.project_id.in_(ids))
        .group_by(money.project_id, money.kind, money.currency),
    }


def _reporters(session: Session, listed: Iterable[Facts]) -> None:
    """Who reports: the owner of the record's first outside identifier where it is known, else the partner."""
    partners = dict(session.execute(select(Partner.code, Partner.name)).all())
    known = select(OrganizationIdentifier.value, Organization.name).join(
        Organization, Organization.id == OrganizationIdentifier.organization_id
    )
    names = dict(session.execute(known).all())
    for item in listed:
        owners = [names.get(owner, owner) for _, _, owner in item.identifiers[:1] if owner]
        item.reporter = owners[0] if owners else partners.get(item.owner, item.owner)
