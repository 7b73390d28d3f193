"""Exchange rates to the US dollar: those of the European Central Bank, carried by the CurrencyConverter package."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from currency_converter import CurrencyConverter

SOURCE = "European Central Bank reference rates"
LONGEST_GAP = timedelta(days=40)
LONGEST_AFTER_LAST = timedelta(days=400)
RATE_PLACES = Decimal("0.0000000001")
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in US dollars, the dollars that one unit cost, the day of that rate and who published it."""

    amount: Decimal
    rate: Decimal
    rate_date: date
    source: str


def usd(amount: Decimal, currency: str, on: date) -> Converted | None:
    """`amount` in US dollars at the rate of `on`, or of the last banking day before it.

    None where no rate is known: a currency that the ECB doesn't quote, a day before its first rate, a gap of
    more than 40 days. After the last known rate that one is used, for at most 400 days. Dollars have rate 1.
    """
    found = rate(currency, on)
    if found is None:
        return None
    value, day = found
    return Converted(
        (amount * value).quantize(CENT), value, day, SOURCE if currency != "USD" else "US dollars"
    )


@lru_cache(maxsize=100_000)
def rate(currency: str, on: date) -> tuple[Decimal, date] | None:
    """(US dollars for one unit, to ten places; the day of the rate), or None where none is known."""
    if currency == "USD":
        return Decimal(1), on
    dollars = _quoted("USD", on)
    units = _quoted(currency, dollars[1]) if dollars else None
    if dollars is None or units is None or on - min(dollars[1], units[1]) > LONGEST_AFTER_LAST:
        return None
    return (dollars[0] / units[0]).quantize(RATE_PLACES), units[1]


def _quoted(currency: str, on: date) -> tuple[Decimal, date] | None:
    """(units for one euro, the day) of the latest quotation not after `on`."""
    if currency == "EUR":
        return Decimal(1), on
    quotations = _quotations().get(currency)
    days = _days(currency)
    place = bisect_right(days, on)
    if quotations is None or not place:
        return None
    day = days[place - 1]
    longest = LONGEST_AFTER_LAST if place == len(days) else LONGEST_GAP
    return (Decimal(str(quotations[day])), day) if on - day <= longest else None


@lru_cache(maxsize=1)
def _quotations() -> Mapping[str, Mapping[date, float | None]]:
    """Currency -> day -> units for one euro; read once, at the first use."""
    return CurrencyConverter()._rates or {}


@lru_cache(maxsize=None)
def _days(currency: str) -> list[date]:
    """The days with a quotation, in order."""
    return sorted(day for day, value in _quotations().get(currency, {}).items() if value)
