"""Lists cut into pages by the keys of the last item seen, so that no change between two pages hides or repeats one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.models.findings import Finding
from adam.models.history import HistoryEntry
from adam.models.imports import Import, ImportRow
from adam.models.projects import Project
from adam.models.rounds import RoundRecord, ValidationRound
from adam.models.submissions import Submission
from adam.queries import visibility


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order; `read` makes its value from the text or number that a cursor carries."""

    column: Any
    falling: bool = False
    read: Callable[[Any], Any] = str


@dataclass(frozen=True, slots=True)
class Window:
    """How many items, and after which position (the values of the order's keys), None for the first page."""

    limit: int
    after: Sequence[Any] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a list; `following` is the position of its last item, None where nothing follows."""

    items: list[Any]
    following: list[Any] | None


def _missing_last(column: Any) -> Key:
    return Key(case((column.is_(None), 1), else_=0), read=int)


_WEIGHT = func.coalesce(Finding.stake, 0) * Finding.score
PROJECTS: dict[str, tuple[Key, ...]] = {
    "newest": (Key(Project.created_at, True, datetime.fromisoformat), Key(Project.id, True)),
    "updated": (Key(Project.updated_at, True, datetime.fromisoformat), Key(Project.id, True)),
    "title": (Key(func.lower(Project.title)), Key(Project.id)),
    "start": (
        _missing_last(Project.begins),
        Key(Project.begins, True, date.fromisoformat),
        Key(Project.id, True),
    ),
    "money": (_missing_last(Project.usd), Key(Project.usd, True, Decimal), Key(Project.id, True)),
}
SUBMISSIONS = (Key(Submission.updated_at, True, datetime.fromisoformat), Key(Submission.id, True))
FINDINGS = (Key(_WEIGHT, True, Decimal), Key(Finding.score, True, Decimal), Key(Finding.reference))
HISTORY = (Key(HistoryEntry.id, True, int),)
ROUNDS = (Key(ValidationRound.opened_at, True, datetime.fromisoformat), Key(ValidationRound.id, True))
ROUND_RECORDS = (Key(RoundRecord.id, read=int),)
IMPORTS = (Key(Import.created_at, True, datetime.fromisoformat), Key(Import.id, True))
IMPORT_ROWS = (Key(ImportRow.number, read=int),)


def part(session: Session, query: Select[Any], order: Sequence[Key], window: Window) -> Part:
    """The items of a page (the query's first column) in this order, and where the next page goes on."""
    columns = [key.column.label(f"key_{number}") for number, key in enumerate(order)]
    asked = query.add_columns(*columns).order_by(
        *(key.column.desc() if key.falling else key.column for key in order)
    )
    if window.after is not None:
        asked = asked.where(_beyond(order, window.after))
    rows = session.execute(asked.limit(window.limit + 1)).all()
    listed = rows[: window.limit]
    more = len(rows) > window.limit
    return Part([row[0] for row in listed], [_plain(value) for value in listed[-1][1:]] if more else None)


def _beyond(order: Sequence[Key], position: Sequence[Any]) -> ColumnElement[bool]:
    """After this position: equal in the first keys and further in the next one, for some number of first keys."""
    choices: list[ColumnElement[bool]] = []
    same: list[ColumnElement[bool]] = []
    for key, text in zip(order, position, strict=True):
        if text is None:
            further, equal = false(), key.column.is_(None)
        else:
            value = key.read(text)
            further = key.column < value if key.falling else key.column > value
            equal = key.column == value
        choices.append(and_(*same, further))
        same.append(equal)
    return or_(*choices)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def count(session: Session, query: Select[Any]) -> int:
    """How many items the whole list has."""
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def submissions(
    actor: Actor, states: Sequence[str], partners: Sequence[str], keys: Sequence[str]
) -> Select[Any]:
    """The visible submissions in these states, of these partners, with these keys of theirs; empty means all."""
    query = select(Submission).where(visibility.submissions(actor))
    wanted = ((Submission.state, states), (Submission.partner, partners), (Submission.source_ref, keys))
    for column, values in wanted:
        if values:
            query = query.where(column.in_(values))
    return query


def seen(session: Session, actor: Actor, ids: Sequence[str]) -> set[str]:
    """Those of these records that are there for this actor."""
    if not ids:
        return set()
    return set(session.scalars(select(Project.id).where(Project.id.in_(ids), visibility.projects(actor))))
