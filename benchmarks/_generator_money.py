"""The amounts of made-up projects: popular and exact ones, and the same sum told in another currency."""

from __future__ import annotations

from datetime import date
from random import Random

FIRST_YEAR = 2003
# Yearly means, dollars for a unit or units for a dollar; between two middles of years they run straight.
_DOLLARS = {
    "EUR": "1.13 1.24 1.24 1.26 1.37 1.47 1.39 1.33 1.39 1.28 1.33 1.33 1.11 1.11 1.13 1.18 1.12 1.14 1.18 1.05 1.08 "
    "1.08 1.13",
    "GBP": "1.63 1.83 1.82 1.84 2.00 1.85 1.57 1.55 1.60 1.59 1.56 1.65 1.53 1.36 1.29 1.33 1.28 1.28 1.38 1.24 1.24 "
    "1.28 1.31",
}
_UNITS = {
    "NOK": "7.08 6.74 6.45 6.41 5.86 5.64 6.29 6.04 5.61 5.82 5.88 6.30 8.07 8.40 8.27 8.14 8.80 9.42 8.60 9.61 10.56 "
    "10.75 10.5",
    "SEK": "8.09 7.35 7.47 7.37 6.76 6.59 7.65 7.20 6.49 6.77 6.51 6.86 8.43 8.56 8.54 8.69 9.46 9.20 8.58 10.12 10.61 "
    "10.57 9.9",
    "JPY": "116 108 110 116 118 103 94 88 80 80 98 106 121 109 112 110 109 107 110 131 140 151 149",
    "CHF": "1.35 1.24 1.25 1.25 1.20 1.08 1.09 1.04 .89 .94 .93 .92 .96 .99 .98 .98 .99 .94 .91 .95 .90 .88 .84",
    "CAD": "1.40 1.30 1.21 1.13 1.07 1.07 1.14 1.03 .99 1.00 1.03 1.10 1.28 1.32 1.30 1.30 1.33 1.34 1.25 1.30 1.35 "
    "1.37 1.40",
    "AUD": "1.54 1.36 1.31 1.33 1.20 1.20 1.28 1.09 .97 .97 1.04 1.11 1.33 1.35 1.30 1.34 1.44 1.45 1.33 1.44 1.51 "
    "1.52 1.55",
}
RATES = {code: tuple(map(float, told.split())) for code, told in _DOLLARS.items()}
RATES |= {code: tuple(1 / float(told) for told in listed.split()) for code, listed in _UNITS.items()}
RATES["DKK"] = tuple(rate / 7.45 for rate in RATES["EUR"])
POPULAR = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8, 1.2, 1.8)


def rate(currency: str, day: int) -> float:
    """Dollars for a unit about that day."""
    if currency == "USD":
        return 1.0
    listed = RATES[currency]
    at = (day - date(FIRST_YEAR, 7, 1).toordinal()) / 365.25
    at = min(max(at, 0.0), len(listed) - 1.001)
    low = int(at)
    return listed[low] + (listed[low + 1] - listed[low]) * (at - low)


def amount(chance: Random) -> float:
    """A sum in whatever currency: a popular one, a round one, or an exact one."""
    size = 10 ** min(max(chance.gauss(5.6, 0.75), 3.3), 9.0)
    at = chance.random()
    if at < 0.34:
        power = 10 ** int(_digits(size) - 1)
        return POPULAR[int(chance.random() ** 1.6 * len(POPULAR))] * power
    if at < 0.52:
        return rounded(size, 2)
    if at < 0.62:
        return rounded(size, 3)
    return round(size, 2) if at < 0.8 else float(round(size))


def _digits(size: float) -> int:
    return len(str(int(size)))


def rounded(size: float, digits: int) -> float:
    """A sum with so many leading digits."""
    return float(round(size, digits - _digits(size)))


def converted(chance: Random, size: float, currencies: tuple[str, str], day: int) -> float:
    """A sum told in another currency, at a rate that is near that of the time but one's own."""
    own, other = currencies
    drift = 1 + chance.gauss(0, 0.012)
    found = size * rate(own, day) / rate(other, day) * drift
    return round(found, 2) if chance.random() < 0.6 else float(round(found))


def told(size: float) -> str:
    """An amount as it stands in a file."""
    return str(int(size)) if size == int(size) else f"{size:.2f}"
