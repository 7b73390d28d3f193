"""Exchange rates to the US dollar: the European Central Bank's, as the CurrencyConverter package carries them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from currency_converter import CurrencyConverter, RateNotFoundError

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

    None where no rate is known: a currency that the ECB doesn't quote (any more), a day before its first rate,
    a gap of more than 40 days. After the last day of all rates that day's is used, for at most 400 days.
    """
    found = rate(currency, on)
    if found is None:
        return None
    value, day = found
    return Converted(
        (amount * value).quantize(CENT), value, day, "US dollars" if currency == "USD" else SOURCE
    )


@lru_cache(maxsize=100_000)
def rate(currency: str, on: date) -> tuple[Decimal, date] | None:
    """(US dollars for one unit, to ten places; the day of the rate), or None where none is known."""
    if currency == "USD":
        return Decimal(1), on
    units = _quoted(currency, on)
    dollars = _quoted("USD", units[1]) if units else None
    if units is None or dollars is None:
        return None
    return (dollars[0] / units[0]).quantize(RATE_PLACES), dollars[1]


def _quoted(currency: str, on: date) -> tuple[Decimal, date] | None:
    """(units for one euro, the day) of the latest quotation not after `on`."""
    if currency == "EUR":
        return Decimal(1), on
    bounds = (_converter().bounds or {}).get(currency)
    if bounds is None or on < bounds.first_date:
        return None
    latest = min(on, bounds.last_date)
    is_current = bounds.last_date == _converter().bounds["USD"].last_date
    if on - latest > (LONGEST_AFTER_LAST if is_current else LONGEST_GAP):
        return None
    return _walked_back(currency, latest)


def _walked_back(currency: str, latest: date) -> tuple[Decimal, date] | None:
    for back in range(LONGEST_GAP.days + 1):
        day = latest - timedelta(days=back)
        try:
            return Decimal(repr(_converter().convert(1, "EUR", currency, date=day))), day
        except RateNotFoundError:
            continue
    return None


@lru_cache(maxsize=1)
def _converter() -> CurrencyConverter:
    """The package's rates, read once at the first use (0.15 s)."""
    return CurrencyConverter()
