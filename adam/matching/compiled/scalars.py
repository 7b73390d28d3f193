"""Scalars: days, amounts and what their forms and their rarity say, for a whole set at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.columns import Columns, Ids
from adam.matching.compiled.texts import carriers
from adam.matching.compiled.vocabulary import hashes, hashes_of, in_lower_case
from adam.matching.keys import STEP
from adam.matching.rarity import EXACT, MONTH, NEAR, rarity

Array = np.ndarray[Any, Any]
PLAIN, SMALL = 127, np.uint8(32)
EPOCH = 719163  # the ordinal of 1 January 1970


def scalars(columns: Columns, ordered: Array, rows: tuple[Array, Array, Array], cells: Any) -> None:
    """Fills the single numbers of all rows."""
    ints, wide, reals = rows
    start, end, paid = (columns.days[name][ordered] for name in ("start", "end", "value_date"))
    ints[:, at.START], ints[:, at.END], ints[:, at.MONEY_ON] = start, end, paid
    ints[:, at.MONEY_YEAR] = by_day(lambda days: calendar(days)[0], paid)
    own, usd = (np.nan_to_num(amount[ordered]) for amount in (columns.own, columns.usd))
    reals[:, at.OWN], reals[:, at.USD] = own, usd
    coded = columns.lists["currency"]
    known = np.array([cells.currencies.number(value) for value in coded.values], np.int32)
    ints[:, at.CURRENCY] = known[coded.which[ordered]]
    ints[:, at.FLAGS] = flags((start, end, paid), (own, usd), cells.numbered()[ordered])
    steps(usd, own, ints)
    wide[:, at.IDENTITY] = identities(columns.ids)[ordered]
    rare(ints, (own, usd), start)


def identities(ids: Sequence[str]) -> Array:
    """The hash of each id in small letters; where all are plain, of their bytes."""
    if not isinstance(ids, Ids) or ids.told.data.max(initial=0) > PLAIN:
        return hashes(in_lower_case(ids))
    data, at = ids.told
    capital = (data >= ord("A")) & (data <= ord("Z"))
    return hashes_of(data + SMALL * capital.view(np.uint8), at)


def calendar(days: Array) -> tuple[Array, Array, Array]:
    """Years, months and days of the month of ordinals; zeros where not given."""
    told = (days.astype(np.int64) - EPOCH).astype("datetime64[D]")
    months = told.astype("datetime64[M]")
    years = months.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (told - months.astype("datetime64[D]")).astype(np.int64) + 1
    given = days > 0
    return np.where(given, years, 0), np.where(given, month, 0), np.where(given, day, 0)


def flags(days: tuple[Array, Array, Array], sums: tuple[Array, Array], numbered: Array) -> Array:
    """What is true of each record, as bits."""
    start, end, paid = days
    own, usd = sums
    first, usual, last = stands_for_year(start), stands_for_year(paid), by_day(ends_half_year, end)
    yearly = yearly_lines(start, paid, numbered)
    return (
        first * at.FIRST_DAY
        + last * at.LAST_DAY
        + usual * at.MONEY_USUAL
        + yearly * at.YEARLY
        + (round_sums(own) & (own != 0)) * at.ROUND_OWN
        + (round_sums(usd) & (usd != 0)) * at.ROUND_USD
        + (telling_sums(own) & (own != 0)) * at.TELLING
    ).astype(np.int32)


def yearly_lines(start: Array, paid: Array, numbered: Array) -> Array:
    """As given.is_yearly."""
    return stands_for_year(paid) & (paid != start) & ~numbered


def by_day(tell: Callable[[Array], Array], days: Array) -> Array:
    """What a function tells of days: where records are many it is asked once for each from the first to the last."""
    last = int(days.max(initial=0))
    before = int(np.min(days, where=days > 0, initial=last)) - 1
    if last - before >= len(days):
        return tell(days)
    every = np.concatenate(([0], np.arange(before + 1, last + 1)))
    return tell(every)[np.maximum(days - before, 0)]


def stands_for_year(days: Array) -> Array:
    """As figures.stands_for_year."""
    return by_day(begins_half_year, days)


def begins_half_year(days: Array) -> Array:
    """Which days are a first of January or July."""
    _, month, day = calendar(days)
    return (day == 1) & ((month == 1) | (month == 7))


def ends_half_year(days: Array) -> Array:
    """As figures.ends_half_year."""
    _, month, day = calendar(days)
    return (day >= 30) & ((month == 6) | (month == 12))


@njit(cache=True, nogil=True)
def round_sums(sums):  # type: ignore[no-untyped-def]
    """As figures.is_round."""
    found = np.zeros(sums.size, np.bool_)
    for n in range(sums.size):
        value = np.int64(np.rint(abs(sums[n])))
        while value and value % 10 == 0:
            value //= 10
        found[n] = value < 100
    return found


@njit(cache=True, nogil=True)
def telling_sums(sums):  # type: ignore[no-untyped-def]
    """As figures.is_telling."""
    found = np.zeros(sums.size, np.bool_)
    for n in range(sums.size):
        value = np.int64(np.rint(abs(sums[n]) * 100))
        while value and value % 10 == 0:
            value //= 10
        found[n] = value >= 1000
    return found


@njit(cache=True, nogil=True)
def steps(usd, own, ints):  # type: ignore[no-untyped-def]
    """As rows.steps."""
    for n in range(usd.size):
        amount = abs(usd[n] if usd[n] else own[n])
        if amount:
            height = np.log(amount) / STEP + 1000
            step = int(np.floor(height))
            ints[n, at.SIZE] = step
            ints[n, at.NEAR_SIZE] = step + 1 if height - step >= 0.5 else step - 1


def rare(ints: Array, sums: tuple[Array, Array], start: Array) -> None:
    """How rare the amount and the start of each record are, as rarity.Rarity tells it."""
    own, usd = sums
    size, money = len(own), np.abs(usd)
    same, near = within(money, (EXACT, NEAR))
    # An even factor would shift the sign of the amount out of the number.
    keys = own.view(np.int64) * 1001 + ints[:, at.CURRENCY]
    same = np.maximum(same, np.where(own != 0, carriers(keys), 0))
    ints[:, at.RARE_AMOUNT] = told(same, size) * (own != 0)
    ints[:, at.RARE_NEAR] = told(near, size) * (money > 0)
    carried = np.append(0, np.cumsum(np.bincount(start[start > 0], minlength=1)))
    for column, days in ((at.RARE_DAY, 0), (at.RARE_MONTH, MONTH)):
        high, low = (np.clip(day, 0, len(carried) - 1) for day in (start + days + 1, start - days))
        ints[:, column] = told(carried[high] - carried[low], size) * (start > 0)


def within(money: Array, shares: Iterable[float]) -> list[Array]:
    """For each amount how many lie within these shares of it, both bounds included; 0 for none."""
    by_size = np.argsort(money)
    amounts = money[by_size]
    amounts = amounts[np.searchsorted(amounts, 0, "right") :]
    by_size = by_size[len(money) - len(amounts) :]
    found = []
    for share in shares:
        many = np.zeros(len(money), np.int64)
        many[by_size] = between(amounts, amounts * (1 - share), amounts * (1 + share))
        found.append(many)
    return found


@njit(cache=True, nogil=True)
def between(amounts, low, high):  # type: ignore[no-untyped-def]
    """For each of rising amounts how many lie between its bounds, which rise too."""
    found = np.empty(amounts.size, np.int64)
    first = last = 0
    for n in range(amounts.size):
        while first < amounts.size and amounts[first] < low[n]:
            first += 1
        while last < amounts.size and amounts[last] <= high[n]:
            last += 1
        found[n] = last - first
    return found


def told(seen: Array, size: int) -> Array:
    """How rare values are that so many records of the set carry."""
    counts = np.flatnonzero(np.bincount(seen))
    found = np.zeros(int(counts[-1]) + 1 if len(counts) else 0, np.int32)
    found[counts] = [rarity(int(count), size) for count in counts]
    return found[seen]
