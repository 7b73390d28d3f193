"""Money of a file: amounts as the floats nearest to what is written, and in US dollars to the cent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

import numpy as np
import pyarrow
import pyarrow.compute

from adam.matching.compiled.arrow import distinct, strings, truths
from adam.matching.compiled.arrow import numbers as numbers_of
from adam.matching.compiled.columns import Array, Coded
from adam.matching.compiled.reading_cells import Money
from adam.matching.records import LARGEST

Rate = Callable[[str, date], Decimal | None]
PLAIN = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"
CENT = Decimal("0.01")
# A float product of amount, rate and 100 is off by less than 5e-16 of itself: nearer to half a cent than twice that,
# only the exact product says which way to round.
DOUBT = 1e-15
LEAST_DOUBT = 1e-9


class Sums(NamedTuple):
    """Amounts (nan where not given or nought), which rows give one, and the cells they were read from."""

    floats: Array
    given: Array
    cells: Coded


def sums(cells: Coded) -> Sums:
    """The amounts of a column; ValueError for what is none."""
    texts = [cell.strip() for cell in cells.values]
    floats = numbers(texts)
    given = np.array([bool(text) for text in texts])
    floats[floats == 0] = np.nan
    return Sums(floats[cells.which], given[cells.which], Coded(texts, cells.which))


def numbers(texts: list[str]) -> Array:
    """The float nearest to each written number, nan for nothing; plain ones at once, others one by one."""
    column = strings(texts)
    plain = pyarrow.compute.match_substring_regex(column, PLAIN)
    at_once = truths(plain)
    floats: Array = np.full(len(texts), np.nan)
    floats[at_once] = numbers_of(column.filter(plain).cast(pyarrow.float64()), np.float64)
    for n in np.flatnonzero(~at_once):
        floats[n] = number(texts[n])
    return floats


def number(text: str) -> float:
    """One written number; ValueError where the slow reader refuses it."""
    if not text:
        return np.nan
    try:
        value = Decimal(text)
    except InvalidOperation as wrong:
        raise ValueError("not an amount") from wrong
    if not (value.is_finite() and abs(value) < LARGEST):
        raise ValueError("not an amount")
    if value and not float(value):
        raise ValueError("too small for a float")
    return float(value)


def dollars(own: Sums, told: Sums, money: Money, rate: Rate | None) -> Array:
    """Amounts in US dollars: as told, else the own amount if it is in dollars, else converted; nan without a rate."""
    codes = np.array([code == "USD" for code in money.currency.values])
    in_dollars = codes[money.currency.which]
    found = np.where(in_dollars, own.floats, np.nan)
    if rate is not None:
        day = np.where(money.days["value_date"] > 0, money.days["value_date"], money.days["start"])
        known = np.array([bool(code) for code in money.currency.values])[money.currency.which]
        rows = np.flatnonzero(known & ~in_dollars & ~told.given & ~np.isnan(own.floats) & (day > 0))
        found[rows] = converted(own, rows, Days(money.currency, day), rate)
    return np.where(told.given, told.floats, found)


class Days(NamedTuple):
    """The currency and the day of each row's money."""

    currency: Coded
    day: Array


def converted(own: Sums, rows: Array, days: Days, rate: Rate) -> Array:
    """The dollars of some rows, rounded to the cent as decimals are: half to even."""
    many = len(days.currency.values)
    asked, which = distinct(days.day[rows].astype(np.int64) * many + days.currency.which[rows])
    rates = [rate(days.currency.values[n % many], date.fromordinal(n // many)) for n in asked.tolist()]
    factors = np.array([np.nan if found is None else float(found) for found in rates])
    cents = own.floats[rows] * factors[which] * 100
    found = np.rint(cents) / 100
    doubtful = np.abs(np.abs(cents - np.floor(cents)) - 0.5) <= np.abs(cents) * DOUBT + LEAST_DOUBT
    for n in np.flatnonzero(doubtful):
        factor = rates[which[n]]
        text = own.cells.values[own.cells.which[rows[n]]]
        found[n] = float((Decimal(text) * factor).quantize(CENT)) if factor is not None else np.nan
    found[found == 0] = np.nan
    return found
