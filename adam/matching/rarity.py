"""Rarity: how many records of a set carry a value, as thousandths of the natural logarithm, so that sums are exact."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from adam.matching.records import Record

SCALE = 1000
UNSEEN = 60
MONTH = 31
EXACT, NEAR = 0.00005, 0.03


def rarity(seen: int, size: int) -> int:
    """How much it says that two records share a value that so many carry: log of the records over these."""
    return max(0, round(SCALE * log((size + UNSEEN) / (seen + 1))))


@dataclass(frozen=True, slots=True)
class Rare:
    """How rare the values of one record are, each as `rarity` tells it; 0 where nothing is given."""

    amount: int = 0
    near: int = 0
    day: int = 0
    month: int = 0


class Rarity:
    """How many records of a set carry each amount, day, country, sector and organization."""

    def __init__(self, records: Sequence[Record]):
        self.size = len(records)
        self.amounts = sorted(abs(float(r.amount_usd)) for r in records if r.amount_usd)
        self.own = Counter((r.currency, r.amount) for r in records if r.amount)
        self.starts = sorted(r.start.toordinal() for r in records if r.start)
        self.countries = Counter(code for r in records for code in r.countries)
        self.sectors = Counter(code for r in records for code in r.sectors)

    def of(self, record: Record) -> Rare:
        """How rare the values of a record are."""
        usd, start = record.amount_usd, record.start
        money = abs(float(usd)) if usd else 0.0
        day = start.toordinal() if start else 0
        same = self.within(self.amounts, money * (1 - EXACT), money * (1 + EXACT)) if usd else 0
        same = max(same, self.own[record.currency, record.amount]) if record.amount else same
        return Rare(
            amount=self.told(same) if record.amount else 0,
            near=self.told(self.within(self.amounts, money * (1 - NEAR), money * (1 + NEAR))) if usd else 0,
            day=self.told(self.within(self.starts, day, day)) if day else 0,
            month=self.told(self.within(self.starts, day - MONTH, day + MONTH)) if day else 0,
        )

    def codes(self, record: Record) -> dict[str, int]:
        """How rare each country and sector of a record is."""
        places = {code: self.told(self.countries[code]) for code in record.countries}
        return places | {code: self.told(self.sectors[code]) for code in record.sectors}

    def told(self, seen: int) -> int:
        """How rare a value is that so many records of the set carry."""
        return rarity(seen, self.size)

    @staticmethod
    def within(ordered: Sequence[float], low: float, high: float) -> int:
        """How many values lie between two bounds, both included."""
        return bisect_right(ordered, high) - bisect_left(ordered, low)
