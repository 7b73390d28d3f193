"""Merging two records of one activity: which side says what, and how that is kept apart and taken back.

The staying record's owner goes on saying its own (`own`); what comes from the absorbed record is laid over it, so that
either side may change later and a merge can be undone exactly. Rows of the lists to which other partners may add
stay credited to whoever states them (domain/additions.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from adam.domain import additions
from adam.domain.visibility import LEVELS

STAYS, OTHER, BOTH = "stays", "other", "both"
Document = dict[str, Any]
Parts = dict[str, Document]
PARTS: dict[str, tuple[str, ...]] = {
    "title": ("title", "language"),
    "description": ("description",),
    "translations": ("translations",),
    "status": ("status",),
    "period": ("start_planned", "end_planned", "start_actual", "end_actual"),
    "organizations": ("organizations",),
    "beneficiaries": ("beneficiaries",),
    "countries": ("countries",),
    "locations": ("locations",),
    "pillars": ("pillars",),
    "assistance_types": ("assistance_types",),
    "contributions": ("contributions",),
    "identifiers": ("identifiers",),
    "result_areas": ("result_areas",),
    "action_plans": ("action_plans",),
    "sectors": ("sectors",),
    "documents": ("documents",),
    "relations": ("relations",),
}
"""What is chosen together, in the order of the form: days of two records could contradict each other."""
ALWAYS_BOTH = ("identifiers", "relations")
KEYS: dict[str, tuple[str, ...]] = {
    "organizations": ("role", "organization", "name"),
    "locations": ("country", "name"),
    "beneficiaries": ("name",),
    "contributions": ("organization", "name", "kind", "amount", "currency", "value_date"),
    "identifiers": ("scheme", "value"),
    "documents": ("url",),
    "relations": ("kind", "project", "identifier"),
}
"""By which keys a row of the absorbed record stands on the staying one already."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its id, who reports it, what that partner says, and what others added to it."""

    id: str
    owner: str
    document: Document
    added: Parts


@dataclass(slots=True)
class Merged:
    """The record that stands: document, additions, and which rows of them came from the absorbed record."""

    document: Document
    added: Parts
    given: dict[str, Any] = field(default_factory=lambda: {"rows": {}, "added": {}})


def choices_of(part: str) -> tuple[str, ...]:
    """What a coordinator may choose for a part."""
    if part in ALWAYS_BOTH:
        return (BOTH,)
    return (STAYS, OTHER, BOTH) if part in additions.FIELDS else (STAYS, OTHER)


def value(side: Side, part: str) -> list[Any]:
    """What a side says of a part, field by field."""
    return [side.document.get(name) for name in PARTS[part]]


def fills(side: Side, part: str) -> bool:
    """Whether a side says anything of a part; a language alone says nothing."""
    return bool(value(side, part)[0]) if part == "title" else any(value(side, part))


def usual(stays: Side, other: Side, part: str) -> str:
    """What is done where nobody chooses: the staying record's word; what it leaves empty comes from the other."""
    if part in ALWAYS_BOTH:
        return BOTH
    if part in additions.FIELDS and stays.owner != other.owner:
        return BOTH
    return STAYS if fills(stays, part) or not fills(other, part) else OTHER


def choices(stays: Side, other: Side, wanted: Mapping[str, str]) -> dict[str, str]:
    """Part → the side that is taken, for every part."""
    return {part: wanted.get(part) or usual(stays, other, part) for part in PARTS}


def stays_first(a: Side, b: Side, begun: tuple[Any, Any]) -> tuple[Side, str]:
    """Which of the two stays where nobody chooses, and why: the more complete one, else the older (`begun`)."""
    filled = [sum(fills(side, part) for part in PARTS) for side in (a, b)]
    if filled[0] != filled[1]:
        return (a if filled[0] > filled[1] else b), "more_complete"
    return (a if begun[0] <= begun[1] else b), "older"


def merged(stays: Side, other: Side, chosen: Mapping[str, str], dropped: Parts | None = None) -> Merged:
    """The staying record with what is taken from the other; `dropped` are rows that their partner took back since."""
    found = Merged(deepcopy(stays.document), deepcopy(stays.added))
    for part, way in chosen.items():
        if way == OTHER:
            for name in PARTS[part]:
                found.document[name] = deepcopy(other.document.get(name))
        if part == "relations":
            _relate(found, stays, other)
        elif part in additions.FIELDS and way != STAYS:
            _unite(found, (stays, other), (part, way), dropped or {})
    levels = [LEVELS.index(side.document["visibility"]) for side in (stays, other)]
    found.document["visibility"] = LEVELS[max(levels)]
    return found


def _unite(found: Merged, sides: tuple[Side, Side], taken: tuple[str, str], dropped: Parts) -> None:
    """Rows of the other side beside the staying one's, each with the partner that states it."""
    (stays, other), (part, way) = sides, taken
    own = [] if way == OTHER else [(other.owner, row) for row in other.document.get(part) or []]
    theirs = [(by, row) for by, said in sorted(other.added.items()) for row in said.get(part) or []]
    for by, row in own + theirs:
        if row in (dropped.get(by) or {}).get(part, []) or _known(found, stays.owner, (part, by), row):
            continue
        if by == stays.owner:
            found.document[part] = [*(found.document.get(part) or []), deepcopy(row)]
            found.given["rows"].setdefault(part, []).append(row)
        else:
            listed = found.added.setdefault(by, additions.part_of({}))
            listed[part] = [*listed[part], deepcopy(row)]
            found.given["added"].setdefault(by, {}).setdefault(part, []).append(row)


def _known(found: Merged, owner: str, whose: tuple[str, str], row: Document) -> bool:
    """Whether a row stands already. Money of different partners is never the same row: it is counted once anyway."""
    part, by = whose
    spoken = {owner: found.document} | found.added
    if part == "contributions":
        spoken = {by: spoken.get(by, {})}
    return any(additions.repeated(row, said.get(part) or [], KEYS[part]) for said in spoken.values())


def _relate(found: Merged, stays: Side, other: Side) -> None:
    listed = list(found.document.get("relations") or [])
    for row in other.document.get("relations") or []:
        if row.get("project") != stays.id and not additions.repeated(row, listed, KEYS["relations"]):
            listed.append(deepcopy(row))
            found.given["rows"].setdefault("relations", []).append(row)
    found.document["relations"] = listed


def apart(
    now: Document, after: Document, own: Document, rows: Mapping[str, Sequence[Any]]
) -> tuple[Document, set[str]]:
    """What the staying record's owner says itself, and the parts that it changed since the merge.

    `now` is the record as it stands, `after` how the merge left it, `own` what its owner said then, and `rows` what
    came from the other side. A part that is as either of the two is the owner's as it was; any other is its new word.
    """
    found, changed = {}, set()
    for part, names in _parts(now).items():
        kept = all(now.get(name) in (after.get(name), own.get(name)) for name in names)
        if not kept:
            changed.add(part)
        source = own if kept else now
        for name in (one for one in names if one in source):
            said = source[name]
            found[name] = without(said or [], rows[name]) if not kept and name in rows else deepcopy(said)
    return found, changed


def _parts(document: Document) -> dict[str, tuple[str, ...]]:
    """The fields of a document by part; what is not chosen about is a part of its own."""
    chosen = {name for names in PARTS.values() for name in names}
    return PARTS | {name: (name,) for name in document if name not in chosen}


def without(rows: Sequence[Any], taken: Sequence[Any]) -> list[Any]:
    """The rows without those taken, each taken once, the last first."""
    left = list(rows)
    for row in taken:
        for at in range(len(left) - 1, -1, -1):
            if left[at] == row:
                del left[at]
                break
    return left


def added_apart(now: Parts, given: Parts) -> tuple[Parts, Parts]:
    """What others added by themselves, and the given rows that are not there any more, because they took them back."""
    kept = deepcopy(now)
    dropped: Parts = {}
    for by, said in given.items():
        for part, rows in said.items():
            there = (kept.get(by) or {}).get(part, [])
            gone = [row for row in rows if row not in there]
            if gone:
                dropped.setdefault(by, {})[part] = gone
            if by in kept:
                kept[by][part] = without(there, rows)
        if by in kept and not any(kept[by].values()):
            del kept[by]
    return kept, dropped
