"""What is usual for a kind of help or a sector: reckoned from hundreds of records, kept until one changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from statistics import quantiles
from time import monotonic
from typing import Any

from adam.domain import warnings as checks
from adam.queries.prepared import database_of
from adam.services.work import Work

MOST, SECONDS = 2000, 600.0
_kept: dict[tuple[Any, ...], tuple[float, checks.Usual | None]] = {}


def of(w: Work, key: tuple[str, str | None], ask: Callable[[], Sequence[Decimal]]) -> checks.Usual | None:
    """The quartiles of what `ask` finds, as far as the actor may see; None where that is too little to say.

    `key` is (what it is of, a record that doesn't count). Kept for those who see the same, until a record changes and
    for ten minutes at most.
    """
    actor = w.actor
    sees = (actor.sees_all_records, actor.signed_in, actor.writes_for)
    whole = (database_of(w.session), sees, w.marks.records, *key)
    kept = _kept.get(whole)
    if kept is None or kept[0] < monotonic():
        if len(_kept) >= MOST:
            _kept.clear()
        kept = _kept[whole] = (monotonic() + SECONDS, _quartiles(key[0], ask()))
    return kept[1]


def _quartiles(what: str, found: Sequence[Decimal]) -> checks.Usual | None:
    figures = sorted(found)
    if len(figures) < checks.FEW:
        return None
    low, median, high = quantiles(figures, n=4, method="inclusive")
    return checks.Usual(what, len(figures), low, median, high)
