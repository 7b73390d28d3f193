"""The records behind a part of a total: a line, what was left out, what gives no amount; each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from adam.domain.totals import WORDS, LeftOut
from adam.queries import holdings as questions
from adam.queries.projects import Filters
from adam.services import counting, totals
from adam.services.columns import NONE, Array, places_of
from adam.services.counting import Counted, dollars
from adam.services.work import Work

LINE, CANCELLED, LEFT_OUT, COUNTED = "line", "cancelled", "left_out", "counted"
PARTS = (COUNTED, LEFT_OUT, *WORDS, "without_amount", "not_converted", "partly_converted", CANCELLED, LINE)


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a total: one of PARTS; of LINE the grouping and the line's key, None for what isn't divided."""

    name: str
    by: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One record behind a part: `usd` is what it has there, `whole` all it says, `reason` why it isn't counted."""

    id: str
    reference: str
    title: str
    owner: str
    usd: Decimal
    whole: Decimal | None
    reason: str


def page(w: Work, filters: Filters, part: Part, window: tuple[int, int]) -> tuple[list[Row], int]:
    """The records of a part, most money first, from (offset, limit); and how many there are."""
    if part.name == CANCELLED:
        filters, part = replace(filters, status=("cancelled",)), Part(COUNTED)
    counted = counting.counted(w, filters)
    numbers, cents = _inside(counted, part)
    order = np.lexsort((numbers, -cents))[window[0] : window[0] + window[1]]
    return _rows(w, counted, (numbers[order], cents[order])), len(numbers)


def _inside(counted: Counted, part: Part) -> tuple[Array, Array]:
    """The numbers of the records, and what each has there."""
    if part.name == LINE:
        return _line(counted, part)
    flags = {
        COUNTED: counted.counts,
        LEFT_OUT: counted.out,
        "without_amount": counted.silent,
        "not_converted": counted.unconverted,
        "partly_converted": counted.partly,
    }
    if part.name in flags:
        numbers = np.flatnonzero(flags[part.name])
    else:
        own = [counted.columns.numbers[out.id] for out in counted.left_out if out.kind == part.name]
        numbers = np.array(sorted(own), np.int64)
    return numbers, counted.columns.own["cents"][numbers]


def _line(counted: Counted, part: Part) -> tuple[Array, Array]:
    laid = totals.inside(counted, part.by)
    here = laid.code == _code(counted, part)
    numbers, at = places_of(laid.record[here])
    cents = np.zeros(len(numbers), np.int64)
    np.add.at(cents, at, laid.cents[here])
    return numbers, cents


def _code(counted: Counted, part: Part) -> int:
    """The number of a line's key; one that nothing has, where there is no such line."""
    nothing = NONE - 1
    if part.key is None:
        return NONE
    if part.by == "year":
        return int(part.key) if part.key.isascii() and part.key.isdigit() and len(part.key) == 4 else nothing
    return next(iter(counted.columns.words.known([part.key])), nothing)


def _rows(w: Work, counted: Counted, chosen: tuple[Array, Array]) -> list[Row]:
    columns = counted.columns
    ids = [columns.ids[number] for number in chosen[0]]
    out = {one.id: one for one in counted.left_out}
    others = [out[key].because_of for key in ids if key in out]
    titles = questions.titles(w.session, {*ids, *others})
    return [
        Row(
            key,
            *titles.get(key, ("", "", "")),
            dollars(cents),
            dollars(columns.own["cents"][number]) if columns.own["given"][number] else None,
            why(out[key], titles) if key in out else "",
        )
        for key, number, cents in zip(ids, *chosen, strict=True)
    ]


def why(out: LeftOut, titles: Mapping[str, tuple[str, str, str]]) -> str:
    """Why a record isn't counted, in a sentence."""
    reference, title, _ = titles.get(out.because_of, ("", "", ""))
    return f"Left out as {WORDS[out.kind]}: counted with {reference} {title}; so says {out.source}."
