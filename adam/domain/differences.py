"""What differs between two project documents: field by field, and in lists row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
Document = Mapping[str, Any]
KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "translations": (("language",),),
    "organizations": (("role", "organization", "name"), ("organization", "name")),
    "countries": (("country",),),
    "locations": (("country", "name"), ("name",)),
    "pillars": (("pillar", "commitment"),),
    "beneficiaries": (("name",),),
    "contributions": (
        ("organization", "name", "kind", "currency", "value_date"),
        ("organization", "name", "kind", "value_date"),
        ("organization", "name", "kind"),
        ("kind", "amount", "currency"),
    ),
    "identifiers": (("scheme", "value"),),
    "relations": (("kind", "project", "identifier"), ("project", "identifier")),
    "sectors": (("vocabulary", "code"),),
    "documents": (("url",), ("title",)),
}
"""By which keys a row of a list is the same row in both documents, the surest first."""
ORDER = (
    *("title", "description", "language", "translations", "status", "visibility", "organizations"),
    *(
        "beneficiaries",
        "countries",
        "locations",
        "start_planned",
        "end_planned",
        "start_actual",
        "end_actual",
    ),
    *("pillars", "assistance_types", "contributions", "identifiers", "result_areas", "action_plans"),
    *("sectors", "documents", "relations"),
)
"""The fields that a partner changes, in the order of the form."""
SILENT = ("proposed", "stated_by")
"""Keys of rows that aren't the partner's own words."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list that was added, removed or changed; None where it isn't there."""

    kind: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One field: its value before and after, and for a list the rows that differ."""

    field: str
    before: Any
    after: Any
    rows: tuple[Row, ...] | None = None


def changes(before: Document, after: Document, fields: Iterable[str] = ORDER) -> list[Change]:
    """The fields that differ, in the order of the form; a field that is left out is as good as empty."""
    found = []
    for field in fields:
        old, new = before.get(field) or None, after.get(field) or None
        if isinstance(old, list) or isinstance(new, list):
            rows = tuple(rows_of(field, old or [], new or []))
            if rows:
                found.append(Change(field, old or [], new or [], rows))
        elif old != new:
            found.append(Change(field, old, new))
    return found


def rows_of(field: str, before: list[Any], after: list[Any]) -> list[Row]:
    """The rows of a list that differ, in the order after the change, then those that are gone."""
    old, new = list(before), list(after)
    pairs: dict[int, Any] = {}
    for keys in ((), *KEYS.get(field, ())):
        for at, row in enumerate(new):
            if at in pairs:
                continue
            same = next((one for one in old if _same(one, row, keys)), None)
            if same is not None:
                old.remove(same)
                pairs[at] = same
    found = [
        Row(CHANGED if at in pairs else ADDED, pairs.get(at), row)
        for at, row in enumerate(new)
        if at not in pairs or _bare(pairs[at]) != _bare(row)
    ]
    return found + [Row(REMOVED, row, None) for row in old]


def _same(old: Any, new: Any, keys: tuple[str, ...]) -> bool:
    """Whether two rows agree in the keys; without keys, in all of them."""
    if not keys:
        return bool(_bare(old) == _bare(new))
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return False
    mine = [old.get(key) for key in keys]
    return any(mine) and mine == [new.get(key) for key in keys]


def _bare(row: Any) -> Any:
    """A row without what is empty in it, and without what isn't the partner's own word."""
    if not isinstance(row, Mapping):
        return row
    return {key: value for key, value in row.items() if value is not None and key not in SILENT}
