"""What the engine needs to know of records, read in a number of queries that doesn't grow with the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from adam.domain.actors import Actor
from adam.models import project_parts as parts
from adam.models.partners import Organization, OrganizationIdentifier, Partner
from adam.models.projects import Project
from adam.queries import compared, visibility
from adam.queries.prepared import Prepared, placed, places

Ask = Callable[[Any], Iterable[Any]]
BEFORE = aliased(parts.Identifier)
"""An identifier that was given earlier."""
SOME = 64
"""So many records are picked by a statement that is made once for each that sees another part of them."""


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
    statements, ask = _asking(session, chosen)
    found: dict[str, Facts] = {}
    for row in ask(statements.own):
        values = dict(zip(compared.OWN, row, strict=True))
        found[row.id] = Facts(**values | {"description": row.description or ""})
    wanted = set(lists) if lists is not None else None
    for name, query in statements.lists.items():
        if wanted is None or name in wanted:
            for project_id, *items in ask(query):
                # On PostgreSQL each statement sees what was committed until then: a record may be newer than the first.
                if project_id in found:
                    getattr(found[project_id], name).append(items[0] if len(items) == 1 else tuple(items))
    if wanted is None:
        _reporters((dict(map(tuple, ask(one))) for one in statements.names), found.values())
    return found


def _asking(session: Session, chosen: Select[Any] | list[str] | None) -> tuple[compared.Statements, Ask]:
    """The statements about the chosen records, and how they are asked."""
    if not isinstance(chosen, list):
        return compared.statements(standing() if chosen is None else chosen), session.execute
    if len(chosen) > compared.FEW:
        return compared.of_given(), lambda query: session.execute(query, {"ids": chosen})
    given = placed("id", chosen)
    return compared.of_few(), lambda query: query.all(session, **given)


def standing(ids: Iterable[Any] | None = None) -> Select[Any]:
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
    most = next((most for most in (compared.FEW, SOME) if len(wanted) <= most), None)
    if most is not None:
        seen = _visible(visibility.alike(actor), most).all(session, **placed("id", wanted))
        return {row.id for row in seen}
    return set(session.scalars(_seen(actor, wanted, len(wanted))))


def _seen(actor: Actor, ids: list[Any], most: int) -> Select[Any]:
    columns = select(Project.id, Project.visibility, Project.owner)
    picked = columns.where(Project.id.in_(standing(ids))).limit(most).subquery().c
    return select(picked.id).where(visibility.projects(actor, picked))


@lru_cache(maxsize=512)
def _visible(actor: Actor, most: int) -> Prepared:
    """Asked while somebody writes, and so made once for all who see the same."""
    return Prepared(_seen(actor, places("id", most), most))


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


def _reporters(named: Iterable[dict[str, str]], listed: Iterable[Facts]) -> None:
    """Who reports: the owner of the record's first outside identifier where it is known, else the partner."""
    partners, names = named
    for item in listed:
        first = [names.get(owner, owner) for _, _, owner in item.identifiers[:1] if owner]
        item.reporter = first[0] if first else partners.get(item.owner, item.owner)
