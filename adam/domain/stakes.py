"""Money at stake in a finding: the shared months × the lower of the two monthly rates, where both records meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from adam.domain.money import cents
from adam.domain.periods import Period

Shares = dict[str, Decimal | None]
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Side:
    """One record of a pair: its headline in US dollars, when it runs, and its shares over countries and pillars."""

    name: str
    usd: Decimal | None
    period: Period
    countries: Shares
    pillars: Shares


@dataclass(frozen=True, slots=True)
class Stake:
    """The amount in US dollars, or None, and the sentence that says how it came about or why it can't be said."""

    usd: Decimal | None
    reason: str


def at_stake(a: Side, b: Side) -> Stake:
    """Shared months × the lower monthly rate in the shared countries and pillars.

    A share that isn't given counts as the whole only where the record has nothing outside what is shared; otherwise
    nothing can be said, and the reason says whose shares are missing.
    """
    for side in (a, b):
        if side.usd is None:
            return Stake(None, f"{side.name} gives no amount that can be converted.")
    shared = a.period.shared(b.period)
    if shared is None:
        return Stake(None, "The two don't run at the same time.")
    months = shared.months
    if months is None or a.period.months is None or b.period.months is None:
        return Stake(None, "A start or an end is not given, so there is no monthly rate.")
    rates = []
    for side, other in ((a, b), (b, a)):
        part = _part(side, other)
        if part is None:
            return Stake(
                None, f"{side.name} doesn't say how its money divides among its countries or pillars."
            )
        rates.append((side.usd or Decimal(0)) * part / (side.period.months or Decimal(1)))
    lower = min(rates)
    stake = cents(lower * months)
    sentence = (
        f"{months:.1f} shared months × {cents(lower):,} US dollars a month, the lower of the two rates."
    )
    return Stake(stake, sentence)


def _part(side: Side, other: Side) -> Decimal | None:
    """The part of a side's money that lies in what both share, between 0 and 1; None where it can't be said."""
    result = Decimal(1)
    for own, theirs in ((side.countries, other.countries), (side.pillars, other.pillars)):
        part = _share(own, own.keys() & theirs.keys() if own and theirs else own.keys())
        if part is None:
            return None
        result *= part
    return result


def _share(own: Shares, common: Iterable[str]) -> Decimal | None:
    chosen = set(common)
    if chosen == set(own):
        given = [share for share in own.values() if share is not None]
        return sum(given, Decimal(0)) / HUNDRED if own and len(given) == len(own) else Decimal(1)
    shares = [own[key] for key in chosen]
    if any(share is None for share in shares):
        return None
    return sum((share for share in shares if share is not None), Decimal(0)) / HUNDRED
