"""Holdings: what one record is counted with, divided over countries, pillars and commitments, in whole cents.

The parts of a record always add up to its figure (domain/money.apportioned), so every grouping of any records has the
same grand total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from adam.domain.money import apportioned

WHOLE = 10_000
"""A hundred percent, in hundredths of a percent."""
Code = str | None


class Assigned(NamedTuple):
    """One assignment: its pillar and commitment, its share in percent if it is given, and whether it is a proposal."""

    pillar: str
    commitment: Code
    share: Decimal | None
    proposed: bool


class Place(NamedTuple):
    """One part of a record: where it is, how much of the money (cents) lies there, and whether the record names it.

    None is "not allocated to a country" and "not assigned to a pillar" or to a commitment. Money may lie where the
    record doesn't stand: that of three countries without shares is not allocated to any of them.
    """

    country: Code
    pillar: Code
    commitment: Code
    cents: int
    stands: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class Paid:
    """A part of a record's figure: whose money (None: not stated), of which year (None: no date given), how much."""

    payer: Code
    year: int | None
    cents: int


def places(
    cents: int, countries: Sequence[tuple[str, Decimal | None]], pillars: Sequence[Assigned]
) -> list[Place]:
    """Where a record stands and where its money lies: by country, within it by pillar, within that by commitment.

    A country that is the only one named holds all of the money, and so does a pillar that is the only one and
    confirmed; otherwise a share that isn't given leaves its money not allocated.
    """
    money: dict[tuple[Code, Code, Code], int] = {}
    for country, part in _by_country(cents, countries):
        for pillar, commitment, piece in _by_pillar(part, pillars):
            key = (country, pillar, commitment)
            money[key] = money.get(key, 0) + piece
    found = []
    named: list[Assigned | None] = [*pillars] or [None]
    for code in dict.fromkeys(code for code, _ in countries) or [None]:
        for one in named:
            key = (code, one.pillar if one else None, one.commitment if one else None)
            found.append(Place(*key, money.pop(key, 0), True, bool(one and one.proposed)))
    return found + [Place(*key, part, False, False) for key, part in money.items() if part]


def _by_country(cents: int, countries: Sequence[tuple[str, Decimal | None]]) -> list[tuple[Code, int]]:
    if len(countries) == 1 and countries[0][1] is None:
        return [(countries[0][0], cents)]
    return _divided(cents, countries, WHOLE)


def _by_pillar(cents: int, pillars: Sequence[Assigned]) -> list[tuple[Code, Code, int]]:
    own: dict[str, list[Assigned]] = {}
    for one in pillars:
        own.setdefault(one.pillar, []).append(one)
    shares = [(code, _together(rows)) for code, rows in own.items()]
    if len(shares) == 1 and shares[0][1] is None and not all(one.proposed for one in pillars):
        shares = [(shares[0][0], Decimal(100))]
    found: list[tuple[Code, Code, int]] = []
    for code, part in _divided(cents, shares, WHOLE):
        if code is None:
            found.append((None, None, part))
        else:
            found += [(code, commitment, piece) for commitment, piece in _by_commitment(part, own[code])]
    return found


def _together(rows: Sequence[Assigned]) -> Decimal | None:
    """The share of a pillar: what its commitments have together, where all of them say."""
    given = [one.share for one in rows if one.share is not None]
    return sum(given, Decimal(0)) if len(given) == len(rows) else None


def _by_commitment(cents: int, rows: Sequence[Assigned]) -> list[tuple[Code, int]]:
    """A pillar's money over its commitments: by their shares, or all to the only one; the rest has no commitment."""
    if len(rows) == 1:
        return [(rows[0].commitment, cents)]
    given = sum(_weight(one.share) for one in rows)
    return _divided(cents, [(one.commitment, one.share) for one in rows], given)


def _divided(cents: int, shares: Sequence[tuple[Code, Decimal | None]], of: int) -> list[tuple[Code, int]]:
    known = [(code, _weight(share)) for code, share in shares if share is not None]
    if not known or not of:
        return [(None, cents)]
    parts, rest = apportioned(cents, [weight for _, weight in known], of)
    found = [(code, part) for (code, _), part in zip(known, parts, strict=True)]
    return [*found, (None, rest)] if rest else found


def _weight(share: Decimal | None) -> int:
    return int((share or Decimal(0)) * 100)


def only(codes: Sequence[str]) -> Code:
    """The one code that is named, which then stands for all of a record's money; None where it is none or several."""
    found = set(codes)
    return found.pop() if len(found) == 1 else None


def payments(cents: int, paid: Sequence[Paid], donors: Sequence[str]) -> list[Paid]:
    """A record's figure by payer and year. Money of no named payer is the only donor's, where the record names one.

    What the amounts don't explain of the figure is not stated, so that they always add up to it.
    """
    sums: dict[tuple[Code, int | None], int] = {}
    for one in paid:
        key = (one.payer or only(donors), one.year)
        sums[key] = sums.get(key, 0) + one.cents
    rest = cents - sum(sums.values())
    if rest:
        sums[None, None] = sums.get((None, None), 0) + rest
    return [Paid(payer, year, part) for (payer, year), part in sums.items()]
