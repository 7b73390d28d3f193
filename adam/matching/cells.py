"""Cells: what is found in a country × pillar × assistance type, apart from pairs: fragmentation, gaps, coming gaps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from adam.matching.policy import Policy, load_policy


@dataclass(frozen=True, slots=True)
class Assistance:
    """One project in one cell, with its donors; an end that is not given counts as open."""

    project: str
    country: str
    pillar: str
    assistance_type: str | None
    donors: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None

    def active(self, on: date | None) -> bool:
        """Whether it is active on a day; without a day, always."""
        return on is None or (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Cell:
    """A country × pillar × assistance type (None: not given) and the assistance in it."""

    country: str
    pillar: str
    assistance_type: str | None
    assistance: tuple[Assistance, ...]

    @property
    def name(self) -> str:
        """The cell in words: "AF × I × training"."""
        return " × ".join((self.country, self.pillar, self.assistance_type or "type not given"))


@dataclass(frozen=True, slots=True)
class Need:
    """What a partner or a meeting asked for; without an assistance type any type answers it."""

    id: str
    country: str
    pillar: str
    assistance_type: str | None = None

    def covers(self, cell: Cell) -> bool:
        """Whether a cell could answer the need."""
        same_place = (self.country, self.pillar) == (cell.country, cell.pillar)
        return same_place and self.assistance_type in (None, cell.assistance_type)


@dataclass(frozen=True, slots=True)
class Fragmentation:
    """A cell with more donors than agreed; `lead` is the donor with the most projects in it, proposed only."""

    cell: Cell
    donors: tuple[str, ...]
    projects: tuple[str, ...]
    lead: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A recorded need without an active project (kind gap), or a cell whose last project ends soon (coming_gap)."""

    kind: str
    country: str
    pillar: str
    assistance_type: str | None
    need: str | None
    projects: tuple[str, ...]
    ends: date | None
    sentence: str


def cells(assistance: Iterable[Assistance]) -> list[Cell]:
    """The cells that some assistance falls into, in order of country, pillar and type."""
    found: dict[tuple[str, str, str], dict[str, Assistance]] = defaultdict(dict)
    for one in sorted(assistance, key=lambda one: one.project):
        found[one.country, one.pillar, one.assistance_type or ""].setdefault(one.project, one)
    return [Cell(c, p, t or None, tuple(inside.values())) for (c, p, t), inside in sorted(found.items())]


def fragmentation(cells: Iterable[Cell], policy: Policy, on: date | None = None) -> list[Fragmentation]:
    """The cells with more than `policy.cells["donors"]` donors active on a day (EU Code of Conduct, 2007).

    >>> crowd = tuple(Assistance(f"p{n}", "AF", "I", "training", (f"D{n}",)) for n in range(4))
    >>> [found.cell.name for found in fragmentation([Cell("AF", "I", "training", crowd)], load_policy())]
    ['AF × I × training']
    """
    found = []
    for cell in cells:
        active = [one for one in cell.assistance if one.active(on)]
        counts = Counter(donor for one in active for donor in set(one.donors))
        if len(counts) > policy.cells["donors"]:
            donors = tuple(sorted(counts))
            lead = min(donors, key=lambda donor: (-counts[donor], donor))
            said = (
                f"{len(donors)} donors are active in {cell.name}: {', '.join(donors)}. More than "
                f"{policy.cells['donors']} in one cell calls for a lead donor (EU Code of Conduct, 2007)."
            )
            found.append(Fragmentation(cell, donors, tuple(one.project for one in active), lead, said))
    return sorted(found, key=lambda one: (-len(one.donors), one.cell.name))


def gaps(needs: Iterable[Need], cells: Iterable[Cell], on: date, policy: Policy | None = None) -> list[Gap]:
    """Recorded needs that no project active on a day answers, then cells whose last project ends within 12 months.

    Without a recorded need an empty cell is no gap: nothing is said of it.

    >>> [gap.kind for gap in gaps([Need("n1", "TJ", "IV")], [], date(2026, 1, 1))]
    ['gap']
    """
    held = list(cells)
    found = [gap(need) for need in needs if not any(lives(cell, on) for cell in held if need.covers(cell))]
    months = (policy or load_policy()).cells["coming_months"]
    coming = [one for cell in held if (one := coming_gap(cell, on, months))]
    return sorted(found, key=lambda one: (one.country, one.pillar, one.need or "")) + coming


def lives(cell: Cell, on: date) -> bool:
    """Whether any project of the cell is active on a day."""
    return any(one.active(on) for one in cell.assistance)


def gap(need: Need) -> Gap:
    """The gap that a need leaves open."""
    place = " × ".join(part for part in (need.country, need.pillar, need.assistance_type) if part)
    said = f"A need is recorded in {place} and no active project answers it."
    return Gap("gap", need.country, need.pillar, need.assistance_type, need.id, (), None, said)


def coming_gap(cell: Cell, on: date, months: int) -> Gap | None:
    """The gap to come when every active project of a cell ends within so many months and none is to start later."""
    ends = [one.end for one in cell.assistance if one.active(on)]
    later = any(one.start and one.start > on for one in cell.assistance)
    last = max((end for end in ends if end), default=None)
    if later or last is None or None in ends or last > on + timedelta(days=round(months * 30.4375)):
        return None
    projects = tuple(one.project for one in cell.assistance if one.active(on))
    said = f"The last project of {cell.name} ends on {last.isoformat()}, within {months} months."
    return Gap("coming_gap", cell.country, cell.pillar, cell.assistance_type, None, projects, last, said)
