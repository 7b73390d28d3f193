"""Lists cut into pages by the keys of the last item seen, so that no change between two pages hides or repeats one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.models.cases import Case
from adam.models.findings import Finding
from adam.models.history import HistoryEntry
from adam.models.imports import Import, ImportRow
from adam.models.meetings import Meeting
from adam.models.projects import Project
from adam.models.recommendations import Recommendation
from adam.models.rounds import RoundRecord, ValidationRound
from adam.models.saved_scopes import SavedScope
from adam.models.submissions import Submission
from adam.queries import searches, visibility, windows
from adam.queries.projects import RELEVANCE


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


def projects(order: str | None, text: str = "") -> tuple[Key, ...]:
    """The keys of an order of records; by where the words stand, then newest, where words are looked for."""
    order = order or (RELEVANCE if text else "newest")
    newest = PROJECTS["newest"]
    return PROJECTS.get(order) or ((Key(searches.place(text), read=int), *newest) if text else newest)


SUBMISSIONS = (Key(Submission.updated_at, True, datetime.fromisoformat), Key(Submission.id, True))
FINDINGS: dict[str, tuple[Key, ...]] = {
    "queue": (
        Key(Finding.weight, True, Decimal),
        Key(Finding.score, True, Decimal),
        Key(Finding.reference, True),
    ),
    "certainty": (Key(Finding.score, True, Decimal), Key(Finding.reference, True)),
    "money": (_missing_last(Finding.stake), Key(Finding.stake, True, Decimal), Key(Finding.reference, True)),
    "newest": (Key(Finding.first_seen, True, datetime.fromisoformat), Key(Finding.reference, True)),
}
HISTORY = (Key(HistoryEntry.id, True, int),)
ROUNDS = (Key(ValidationRound.opened_at, True, datetime.fromisoformat), Key(ValidationRound.id, True))
CASES = (Key(Case.opened_at, True, datetime.fromisoformat), Key(Case.id, True))
ROUND_RECORDS = (Key(RoundRecord.id, read=int),)
SAVED_SCOPES = (Key(SavedScope.created_at, True, datetime.fromisoformat), Key(SavedScope.id, True))
MEETINGS = (Key(Meeting.reference),)
RECOMMENDATIONS = (Key(Recommendation.pillar), Key(Recommendation.reference))
IMPORTS = (Key(Import.created_at, True, datetime.fromisoformat), Key(Import.id, True))
IMPORT_ROWS = (Key(ImportRow.number, read=int),)


WIDE = (Project, Finding, Submission)
"""Their rows hold whole documents."""


def part(session: Session, query: Select[Any], order: Sequence[Key], window: Window) -> Part:
    """The items of a page (the query's first column) in this order, and where the next page goes on."""
    sorting = [key.column.desc() if key.falling else key.column for key in order]
    asked = query if window.after is None else query.where(_beyond(order, window.after))
    if [one["expr"] for one in query.column_descriptions][0] in WIDE:
        asked = windows.of(asked, sorting, (0, window.limit + 1))
    else:
        columns = [key.column.label(f"key_{number}") for number, key in enumerate(order)]
        asked = asked.add_columns(*columns).order_by(*sorting).limit(window.limit + 1)
    rows = session.execute(asked).all()
    listed = rows[: window.limit]
    more = len(rows) > window.limit
    return Part([row[0] for row in listed], [_plain(value) for value in listed[-1][1:]] if more else None)


def before(
    session: Session, query: Select[Any], order: Sequence[Key], window: tuple[Any, int]
) -> list[Any] | None:
    """The position after which the page ends that leads up to an item; None where that is the first page.

    `window` is (the first item of the page that follows, how many items a page has).
    """
    item, size = window
    columns = [key.column for key in order]
    here = [_plain(getattr(item, column.key)) for column in columns]
    turned = [Key(key.column, not key.falling, key.read) for key in order]
    ahead = query.order_by(None).with_only_columns(*columns).where(_beyond(turned, here))
    ahead = ahead.order_by(*(key.column.desc() if key.falling else key.column for key in turned))
    row = session.execute(ahead.offset(size).limit(1)).first()
    return None if row is None else [_plain(value) for value in row]


def _beyond(order: Sequence[Key], position: Sequence[Any]) -> ColumnElement[bool]:
    """After this position: equal in the first keys and further in the next one, for some number of first keys."""
    if None not in position and len({key.falling for key in order}) == 1:
        return _past(order, position)
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


def _past(order: Sequence[Key], position: Sequence[Any]) -> ColumnElement[bool]:
    """The same for keys of one direction, as one comparison of rows, which an index over the keys answers."""
    here = tuple_(*(key.column for key in order))
    pairs = zip(order, position, strict=True)
    there = tuple_(*(literal(key.read(text), key.column.type) for key, text in pairs))
    return here < there if order[0].falling else here > there


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
