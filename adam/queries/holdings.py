"""What records are counted with, as their rows say it: all of them a portion at a time, or some by their ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from adam.domain.holdings import Assigned, Paid
from adam.models import project_parts as parts
from adam.models.partners import Organization
from adam.models.projects import Project

PORTION, CHUNK = 5000, 500
LINKING = ("same_money", "record_duplicate", "component")
LARGEST = 10**15
"""Ten trillion dollars, in cents: a record that says more gives no amount that can be counted."""
Chosen = Callable[[Any], Any]
"""Makes, of a column that holds a record's id, the condition that chooses the records."""


@dataclass(slots=True)
class Said:
    """One record as it stands; amounts are whole cents of US dollars, `usd` None where it gives none that converts."""

    id: str
    owner: str
    visibility: str
    status: str
    begins: date | None
    ends: date | None
    usd: int | None
    without_rate: int
    countries: list[tuple[str, Decimal | None]] = field(default_factory=list)
    pillars: list[Assigned] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    donors: list[str] = field(default_factory=list)
    implementers: list[str] = field(default_factory=list)
    paid: list[Paid] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    relations: list[tuple[str, str, str | None]] = field(default_factory=list)


def portions(session: Session, size: int = PORTION) -> Iterator[list[Said]]:
    """Every record that is not merged into another, so many at a time."""
    last = ""
    while True:
        query = select(Project.id).where(Project.id > last).order_by(Project.id).limit(size)
        ids = session.scalars(query).all()
        if not ids:
            return
        yield _read(session, _between(last, ids[-1]))
        last = ids[-1]


def some(session: Session, ids: Iterable[str]) -> list[Said]:
    """Those of the records that are there and not merged."""
    wanted, found = sorted(ids), []
    for start in range(0, len(wanted), CHUNK):
        found += _read(session, _among(wanted[start : start + CHUNK]))
    return found


def _between(after: str, last: str) -> Chosen:
    return lambda column: (column > after) & (column <= last)


def _among(ids: Sequence[str]) -> Chosen:
    return lambda column: column.in_(ids)


def _read(session: Session, chosen: Chosen) -> list[Said]:
    kinds: dict[str, str | None] = {}
    found: dict[str, Said] = {}
    for row in session.execute(_own(chosen)):
        kinds[row.id] = row.usd_kind
        found[row.id] = _said(row)
    for name, query in _lists(chosen).items():
        for project_id, *values in session.execute(query):
            if project_id in found:
                getattr(found[project_id], name).append(values[0] if len(values) == 1 else tuple(values))
    _assign(found.values())
    _pay(session, chosen, (found, kinds))
    return list(found.values())


def _said(row: Any) -> Said:
    usd = _cents(row.usd)
    beyond = usd is not None and abs(usd) > LARGEST
    return Said(
        row.id,
        row.owner,
        row.visibility,
        row.status,
        row.begins,
        row.ends,
        None if beyond else usd,
        row.without_rate + beyond,
    )


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount.scaleb(2))


def _own(chosen: Chosen) -> Select[Any]:
    names = ("id", "owner", "visibility", "status", "begins", "ends", "usd", "usd_kind", "without_rate")
    columns = [getattr(Project, name) for name in names]
    # No condition that has an index of its own: SQLite would walk all that are not merged.
    return select(*columns).where(chosen(Project.id), func.coalesce(Project.merged_into, "") == "")


def _lists(chosen: Chosen) -> dict[str, Select[Any]]:
    def rows(table: Any, *names: str) -> Select[Any]:
        columns = [getattr(table, name) for name in names]
        return select(table.project_id, *columns).where(chosen(table.project_id)).order_by(table.id)

    target = func.coalesce(parts.Relation.other_id, parts.Relation.identifier)
    relations = select(parts.Relation.project_id, parts.Relation.kind, target, parts.Relation.role)
    return {
        "countries": rows(parts.ProjectCountry, "country", "share"),
        "pillars": rows(parts.Assignment, "pillar", "commitment", "share", "proposed"),
        "types": rows(parts.ProjectAssistanceType, "assistance_type"),
        "donors": _bodies(chosen, "funding"),
        "implementers": _bodies(chosen, "implementing"),
        "identifiers": rows(parts.Identifier, "value"),
        "relations": relations.where(chosen(parts.Relation.project_id), parts.Relation.kind.in_(LINKING)),
    }


def _bodies(chosen: Chosen, role: str) -> Any:
    """Partner or, of those that belong to none, organization."""
    table = parts.ProjectOrganization
    body = func.coalesce(Organization.partner, Organization.id)
    query = select(table.project_id, body).join(Organization, Organization.id == table.organization_id)
    return query.where(chosen(table.project_id), table.role == role).order_by(table.id)


def merged(session: Session) -> tuple[tuple[str, str], ...]:
    """Records that were merged, each with the one that stays."""
    query = select(Project.id, Project.merged_into).where(Project.merged_into.is_not(None))
    return tuple(sorted((row.id, row.merged_into or "") for row in session.execute(query)))


def _assign(listed: Iterable[Said]) -> None:
    for one in listed:
        one.pillars = [Assigned(*row) for row in one.pillars]
        one.donors = list(dict.fromkeys(one.donors))


def _pay(session: Session, chosen: Chosen, known: tuple[dict[str, Said], dict[str, str | None]]) -> None:
    """Each record's counted amounts of the kind that it is counted with."""
    found, kinds = known
    table = parts.Contribution
    body = func.coalesce(Organization.partner, Organization.id)
    query = (
        select(table.project_id, table.kind, body, table.value_date, table.usd)
        .outerjoin(Organization, Organization.id == table.organization_id)
        .where(chosen(table.project_id), table.counted, table.usd.is_not(None))
    )
    sums: dict[str, dict[Any, int]] = defaultdict(dict)
    for project_id, kind, payer, day, usd in session.execute(query):
        if project_id in found and kind == kinds[project_id]:
            own, key = sums[project_id], (payer, day.year if day else None)
            own[key] = own.get(key, 0) + (_cents(usd) or 0)
    for project_id, own in sums.items():
        found[project_id].paid = [Paid(payer, year, part) for (payer, year), part in own.items()]


def names(session: Session, ids: Iterable[str] | None) -> dict[str, str]:
    """The names of organizations by id; of all where none are named."""
    query = select(Organization.id, Organization.name)
    return dict(
        session.execute(query if ids is None else query.where(Organization.id.in_(sorted(ids)))).all()
    )


def titles(session: Session, ids: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Reference, title and owner of records that the asking service has found visible, by id."""
    query = select(Project.id, Project.reference, Project.title, Project.owner)
    rows = session.execute(query.where(Project.id.in_(sorted(ids))))
    return {row.id: (row.reference, row.title, row.owner) for row in rows}
