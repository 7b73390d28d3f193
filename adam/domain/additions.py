"""Additions: what other partners state in a record beside its owner, and money that several of them state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from adam.domain.money import ZERO, Amount, Headline, headline

FIELDS = ("organizations", "locations", "beneficiaries", "contributions", "identifiers", "documents")
"""What an addition may hold: the lists of a project in which others know more; the rest is its owner's alone."""
LISTS = (
    *("translations", "countries", "pillars", "assistance_types", "relations", "sectors"),
    *("result_areas", "action_plans"),
)
UNNAMED = "An addition to a confidential record"
"""What an addition is called where the title of its record is not for everybody who reads the addition."""
Document = dict[str, Any]
Shares = Mapping[str | None, Decimal]


def whole(part: Mapping[str, Any], of: Mapping[str, Any] | None = None) -> Document:
    """A part of a project document in the form of a whole one; `of` gives the days of the record it belongs to."""
    days = ("start_planned", "end_planned", "start_actual", "end_actual", "last_confirmed_on")
    empty: Document = {name: [] for name in (*FIELDS, *LISTS)}
    empty |= dict.fromkeys(("title", "description", "status", "visibility", "source"))
    return empty | {"language": "en"} | {day: of.get(day) if of else None for day in days} | dict(part)


def part_of(document: Mapping[str, Any]) -> Document:
    """The lists of an addition, each there."""
    return {name: list(document.get(name) or []) for name in FIELDS}


def merged(document: Document, added: Mapping[str, Document]) -> Document:
    """The record as everybody reads it: the owner's rows, then those that others added, each with who states it."""
    if not added:
        return document
    found = dict(document)
    for partner, part in sorted(added.items()):
        for name in FIELDS:
            rows = part.get(name) or []
            found[name] = [*(found.get(name) or []), *(row | {"stated_by": partner} for row in rows)]
    return found


@dataclass(frozen=True, slots=True)
class Stated:
    """One amount of a record: who states it (None: the owner), whose money it is where that is said, and how much."""

    by: str | None
    payer: str | None
    amount: Amount


def counted(stated: Sequence[Stated]) -> list[bool]:
    """Which amounts count, in order: money that several partners state is counted once (DOMAIN.md, money rules).

    Of one payer and kind, what the partner says that states most of it counts, the owner's where they say the same.
    Where the owner gives amounts without a payer, what others add of a payer it doesn't name is taken for a part of
    them, unless it is more: then the parts count.
    """
    keep = [True] * len(stated)
    if all(item.by is None for item in stated):
        return keep
    for kind in {item.amount.kind for item in stated}:
        places = [at for at, item in enumerate(stated) if item.amount.kind == kind]
        groups: dict[str | None, list[int]] = defaultdict(list)
        for at in places:
            groups[stated[at].payer].append(at)
        owned = {stated[at].payer for at in places if stated[at].by is None}
        for payer, group in groups.items():
            if payer is not None:
                _keep_most(stated, group, keep)
        beside = [at for at in places if keep[at] and stated[at].by and stated[at].payer not in owned]
        _keep_whole_or_parts(stated, (groups.get(None, []), beside), keep)
    return keep


def _keep_most(stated: Sequence[Stated], group: list[int], keep: list[bool]) -> None:
    sums: dict[str | None, Decimal] = defaultdict(Decimal)
    for at in group:
        sums[stated[at].by] += stated[at].amount.usd or ZERO
    most = max(sums.values())
    first = min((by for by in sums if sums[by] == most), key=lambda by: by or "")
    for at in group:
        keep[at] = stated[at].by == first


def _keep_whole_or_parts(
    stated: Sequence[Stated], sides: tuple[list[int], list[int]], keep: list[bool]
) -> None:
    unnamed = [at for at in sides[0] if stated[at].by is None]
    beside = sides[1]
    if not unnamed or not beside:
        return
    whole_sum, parts = (
        sum((stated[at].amount.usd or ZERO for at in side), ZERO) for side in (unnamed, beside)
    )
    for at in beside if parts <= whole_sum else unnamed:
        keep[at] = False


def figure(stated: Sequence[Stated]) -> tuple[Headline, list[bool]]:
    """The headline figure of a record, and which amounts count.

    Its kind is that of the owner's own amounts where it gives any: what others add never changes what is summed up.
    """
    keep = counted(stated)
    own = headline(item.amount for item in stated if item.by is None)
    chosen = [item.amount for item, kept in zip(stated, keep, strict=True) if kept]
    if own.kind is not None:
        chosen = [amount for amount in chosen if amount.kind == own.kind]
    return headline(chosen), keep


def repeated(row: Mapping[str, Any], others: Iterable[Mapping[str, Any]], keys: Sequence[str]) -> bool:
    """Whether a row says in all of these keys what a row of others says already."""
    mine = tuple(_folded(row.get(key)) for key in keys)
    return any(mine == tuple(_folded(other.get(key)) for key in keys) for other in others)


def _folded(value: Any) -> Any:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value
