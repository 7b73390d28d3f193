"""Country × pillar: which projects, donors and money stand in each cell, and what stays not allocated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from adam.domain.money import divided

NONE, SINGLE, COVERED, CROWDED = "empty", "single", "covered", "crowded"
CROWD = 3
"""More donors than this in one cell is fragmentation (EU Code of Conduct, 2007)."""
SOON = timedelta(days=365)
Key = tuple[str | None, str | None]
"""Country and pillar; None is "not allocated to a country" or "not assigned to a pillar"."""


@dataclass(frozen=True, slots=True)
class Line:
    """One project for the matrix: what it is counted with, its shares, its donors and its end.

    A share of None is not given. `pillars` is pillar → (share, proposed).
    """

    id: str
    usd: Decimal
    countries: dict[str, Decimal | None]
    pillars: dict[str, tuple[Decimal | None, bool]]
    donors: frozenset[str]
    ends: date | None = None


@dataclass(slots=True)
class Cell:
    """What stands in one cell; `usd` is the part of the projects' money that their shares put here."""

    projects: list[str] = field(default_factory=list)
    donors: set[str] = field(default_factory=set)
    usd: Decimal = Decimal(0)
    proposed: int = 0
    last_end: date | None = None
    open_end: bool = False

    @property
    def state(self) -> str:
        """Empty, single, covered (2 or 3 donors) or crowded; a project without a named donor counts as one."""
        donors = max(len(self.donors), 1 if self.projects else 0)
        if donors > CROWD:
            return CROWDED
        return (NONE, SINGLE)[donors] if donors < 2 else COVERED

    def ends_soon(self, on: date) -> bool:
        """Whether the last project of the cell ends within 12 months of a day."""
        return self.last_end is not None and not self.open_end and on <= self.last_end <= on + SOON


def matrix(lines: Iterable[Line]) -> dict[Key, Cell]:
    """Every cell in which a project or money stands. The money of all cells together is the lines' money."""
    cells: dict[Key, Cell] = {}
    for line in lines:
        for key in _places(line):
            _stand(cells.setdefault(key, Cell()), line, key)
        for key, usd in _money(line).items():
            cells.setdefault(key, Cell()).usd += usd
    return cells


def _places(line: Line) -> list[Key]:
    return [(country, pillar) for country in line.countries or [None] for pillar in line.pillars or [None]]


def _stand(cell: Cell, line: Line, key: Key) -> None:
    cell.projects.append(line.id)
    cell.donors |= line.donors
    cell.proposed += bool(key[1] and line.pillars[key[1]][1])
    if line.ends is None:
        cell.open_end = True
    elif cell.last_end is None or line.ends > cell.last_end:
        cell.last_end = line.ends


def _money(line: Line) -> dict[Key, Decimal]:
    """The line's money over its cells. A country that is the only one named holds all of it, and so does a pillar
    that is the only one and confirmed; otherwise a share that isn't given leaves its money not allocated."""
    countries: Sequence[tuple[str, Decimal | None]] = list(line.countries.items())
    if len(countries) == 1 and countries[0][1] is None:
        countries = [(countries[0][0], Decimal(100))]
    pillars = [(pillar, share) for pillar, (share, _) in line.pillars.items()]
    if len(pillars) == 1 and pillars[0][1] is None and not line.pillars[pillars[0][0]][1]:
        pillars = [(pillars[0][0], Decimal(100))]
    found: dict[Key, Decimal] = {}
    by_country, rest = divided(line.usd, countries)
    for country, usd in [*by_country.items(), (None, rest)]:
        by_pillar, left = divided(usd, pillars)
        for pillar, part in [*by_pillar.items(), (None, left)]:
            if part:
                found[country, pillar] = found.get((country, pillar), Decimal(0)) + part
    return found
