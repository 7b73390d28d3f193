"""What the engine needs to know of records, read in a number of queries that doesn't grow with the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, select
from sqlalchemy.orm import Session, aliased

from adam.domain.actors import Actor
from adam.models import project_parts as parts
from adam.models.partners import Organization, OrganizationIdentifier, Partner
from adam.models.projects import Project
from adam.queries import visibility


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


def facts(
    session: Session, chosen: Select[Any] | list[str] | None = None, lists: Iterable[str] | None = None
) -> dict[str, Facts]:
    """The facts of the records with these ids, or whose ids `chosen` selects (default: all not merged), by id.

    `lists` names the lists that are read; all, by default.
    """
    given = isinstance(chosen, list)
    ids = _IDS if given else chosen if chosen is not None else standing()
    values_of = {"ids": chosen} if given else {}
    columns = [getattr(Project, name) for name in OWN]
    found: dict[str, Facts] = {}
    own = select(*columns).where(Project.id.in_(ids)).order_by(Project.id)
    for row in session.execute(own, values_of):
        values = dict(zip(OWN, row, strict=True))
        found[row.id] = Facts(**values | {"description": row.description or ""})
    wanted = set(lists) if lists is not None else None
    for name, query in (_lists_given() if given else _lists(ids)).items():
        if wanted is None or name in wanted:
            for project_id, *items in session.execute(query, values_of):
                # On PostgreSQL each statement sees what was committed until then: a record may be newer than the first.
                if project_id in found:
                    getattr(found[project_id], name).append(items[0] if len(items) == 1 else tuple(items))
    if wanted is None:
        _reporters(session, (ids, values_of), found.values())
    return found


def standing(ids: Iterable[str] | None = None) -> Select[Any]:
    """Selects the ids of the records that are not merged into another; of those given, or of all.

    Of those given it asks for no column that has an index of its own: SQLite would walk all that are not merged.
    """
    if ids is None:
        return select(Project.id).where(Project.merged_into.is_(None))
    return select(Project.id).where(Project.id.in_(list(ids)), func.coalesce(Project.merged_into, "") == "")


def some(session: Session, ids: Iterable[str], size: int = 1000) -> dict[str, Facts]:
    """The facts of these records, as many at a time as a statement holds; those that are merged are left out."""
    wanted, found = sorted(ids), {}
    for start in range(0, len(wanted), size):
        there = list(session.scalars(standing(wanted[start : start + size])))
        found.update(facts(session, there) if there else {})
    return found


def names(session: Session, ids: Iterable[str], size: int = 1000) -> dict[str, str]:
    """Id → reference and title, of these records."""
    wanted, found = sorted(ids), {}
    for start in range(0, len(wanted), size):
        columns = select(Project.id, Project.reference, Project.title)
        rows = session.execute(columns.where(Project.id.in_(wanted[start : start + size])))
        found.update({row.id: f"{row.reference} {row.title}" for row in rows})
    return found


def number_of_reporters(session: Session, chosen: Select[Any]) -> int:
    """How many report the chosen records (a query of Project), as `Facts.reporter` names them.

    The names are put to it here: told to join them too, SQLite takes minutes for a hundred thousand records.
    """
    table, known = parts.Identifier, OrganizationIdentifier
    partners = dict(session.execute(select(Partner.code, Partner.name)).all())
    named = select(known.value, Organization.name).join(
        Organization, Organization.id == known.organization_id
    )
    names = dict(session.execute(named).all())
    before = select(BEFORE.id).where(BEFORE.project_id == table.project_id, BEFORE.id < table.id)
    first = and_(table.project_id == Project.id, ~before.exists())
    stated = case((table.stated_by.is_(None), table.owner), else_=None)
    rows = chosen.order_by(None).with_only_columns(stated, Project.owner).outerjoin(table, first)
    return len(
        {
            names.get(o, o) if o else partners.get(owner, owner)
            for o, owner in session.execute(rows.distinct())
        }
    )


def visible(session: Session, actor: Actor, ids: Iterable[str]) -> set[str]:
    """Those of the records that are there for this actor.

    They are picked by id first, which the limit holds SQLite to: it would walk all that the actor may see.
    """
    wanted = list(ids)
    columns = select(Project.id, Project.visibility, Project.owner)
    picked = columns.where(Project.id.in_(standing(wanted))).limit(len(wanted)).subquery().c
    return set(session.scalars(select(picked.id).where(visibility.projects(actor, picked))))


def portions(session: Session, size: int = 2000) -> Iterator[dict[str, Facts]]:
    """The facts of all records, so many at a time, that no more are held at once.

    A page is asked for by its ids alone: told that merged records are left out, SQLite would sort all for every page.
    """
    last = ""
    while True:
        query = select(Project.id, Project.merged_into).where(Project.id > last).order_by(Project.id)
        page = session.execute(query.limit(size)).all()
        if not page:
            return
        there = [key for key, merged_into in page if merged_into is None]
        if there:
            yield facts(session, there)
        last = page[-1].id


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


OTHER, BEFORE = aliased(Project), aliased(parts.Identifier)
"""The record that a relation names, which may have been merged into the one that stays; an identifier given earlier."""
_IDS: Any = bindparam("ids", expanding=True)


@lru_cache(maxsize=1)
def _lists_given() -> dict[str, Select[Any]]:
    """The statements for given ids, put together once: that takes longer than running them for a few."""
    return _lists(_IDS)


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


def _reporters(session: Session, chosen: tuple[Any, dict[str, Any]], listed: Iterable[Facts]) -> None:
    """Who reports: the owner of the record's first outside identifier where it is known, else the partner."""
    ids, values_of = chosen
    partners = dict(session.execute(select(Partner.code, Partner.name)).all())
    owners = select(parts.Identifier.owner).where(parts.Identifier.project_id.in_(ids))
    known = (
        select(OrganizationIdentifier.value, Organization.name)
        .join(Organization, Organization.id == OrganizationIdentifier.organization_id)
        .where(OrganizationIdentifier.value.in_(owners))
    )
    names = dict(session.execute(known, values_of).all())
    for item in listed:
        first = [names.get(owner, owner) for _, _, owner in item.identifiers[:1] if owner]
        item.reporter = first[0] if first else partners.get(item.owner, item.owner)
