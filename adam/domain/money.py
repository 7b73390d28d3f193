"""Money: what a project's headline figure is, and how amounts are divided; Decimal only, never float."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
KINDS = ("pledge", "commitment", "disbursement", "expenditure")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Amount:
    """One contribution: its kind, its own currency and value date, and what it is in US dollars if a rate is known."""

    kind: str
    amount: Decimal
    currency: str
    value_date: date | None
    usd: Decimal | None


@dataclass(frozen=True, slots=True)
class Headline:
    """The one figure a project is counted with: in US dollars, of which kind, and how many amounts had no rate.

    `amount` and `currency` are given too when all counted amounts share one currency.
    """

    usd: Decimal | None
    kind: str | None
    amount: Decimal | None = None
    currency: str | None = None
    value_date: date | None = None
    without_rate: int = 0


def cents(value: Decimal) -> Decimal:
    """Rounded to two places, half to even."""
    return value.quantize(CENT, rounding=ROUND_HALF_EVEN)


def headline(amounts: Iterable[Amount]) -> Headline:
    """The commitments of a project; without any, its disbursements, then expenditures, then pledges.

    Kinds are never added up: a disbursement is part of a commitment, not money beside it (DOMAIN.md, money rules).
    """
    listed = list(amounts)
    for kind in ("commitment", "disbursement", "expenditure", "pledge"):
        chosen = [amount for amount in listed if amount.kind == kind]
        if chosen:
            return _sum(kind, chosen)
    return Headline(None, None)


def _sum(kind: str, chosen: list[Amount]) -> Headline:
    converted = [amount.usd for amount in chosen if amount.usd is not None]
    currencies = {amount.currency for amount in chosen}
    dates = [amount.value_date for amount in chosen if amount.value_date]
    single = currencies.pop() if len(currencies) == 1 else None
    return Headline(
        usd=sum(converted, ZERO) if converted else None,
        kind=kind,
        amount=sum((amount.amount for amount in chosen), ZERO) if single else None,
        currency=single,
        value_date=min(dates) if dates else None,
        without_rate=len(chosen) - len(converted),
    )


def apportioned(total: int, weights: Sequence[int], of: int) -> tuple[list[int], int]:
    """`total` (cents) divided by weights out of `of`: each part, and the rest that no weight asks for.

    The rounding rule of every division of money (docs/decisions/0016): what is allocated is rounded once, half to
    even; each part is its share rounded down, and the cents that are then missing go one by one to the parts that
    lost most by it, the first of equals first. Parts and rest always add up to the total.
    """
    allocated = sum(weights)
    exact = [divmod(abs(total) * weight, of) for weight in weights]
    parts = [whole for whole, _ in exact]
    target = abs(total) if allocated == of else int(round(Fraction(abs(total) * allocated, of)))
    most = sorted(range(len(parts)), key=lambda at: (-exact[at][1], at))
    for at in most[: target - sum(parts)]:
        parts[at] += 1
    sign = -1 if total < 0 else 1
    return [sign * part for part in parts], total - sign * target
