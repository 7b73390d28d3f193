"""Equity: how evenly money and donors are spread over countries or pillars, in figures that can be said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

PLACES = Decimal("0.001")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """One of those compared: its money, and how many donors and projects stand there."""

    code: str
    usd: Decimal
    donors: int
    projects: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Parts of one whole, those with nothing too."""

    parts: Sequence[Part]

    @property
    def usd(self) -> Decimal:
        """The money of all parts; a negative one counts as nothing."""
        return sum((max(part.usd, Decimal(0)) for part in self.parts), Decimal(0))

    def share(self, part: Part) -> Decimal | None:
        """A part's percentage of the money, or None where there is none."""
        return max(part.usd, Decimal(0)) * HUNDRED / self.usd if self.usd else None

    @property
    def concentration(self) -> Decimal | None:
        """The Herfindahl index: the sum of the squares of the shares, from `even` to 1 where one part has all."""
        if not self.usd:
            return None
        shares = [max(part.usd, Decimal(0)) / self.usd for part in self.parts]
        return sum((share * share for share in shares), Decimal(0)).quantize(PLACES)

    @property
    def even(self) -> Decimal | None:
        """What the index would be if all parts had the same."""
        return (1 / Decimal(len(self.parts))).quantize(PLACES) if self.parts else None

    @property
    def as_if(self) -> Decimal | None:
        """How many equal parts would be as concentrated: 1 divided by the index, to one place."""
        return None if self.concentration is None else (1 / self.concentration).quantize(Decimal("0.1"))

    @property
    def largest(self) -> Part | None:
        """The part with most money."""
        return max(self.parts, key=lambda part: part.usd, default=None) if self.usd else None

    @property
    def nobody(self) -> int:
        """How many parts no project stands in."""
        return sum(not part.projects for part in self.parts)
