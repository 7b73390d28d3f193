"""Country × pillar: which projects, donors and money stand in each cell, and what that is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

NONE, SINGLE, COVERED, CROWDED = "empty", "single", "covered", "crowded"
STATES = (NONE, SINGLE, COVERED, CROWDED)
CROWD = 3
"""More donors than this in one cell is fragmentation (EU Code of Conduct, 2007)."""
SOON = timedelta(days=365)
Key = tuple[str | None, str | None]
"""Country and pillar; None is "not allocated to a country" or "not assigned to a pillar"."""


@dataclass(slots=True)
class Cell:
    """What stands in one cell; `usd` is the part of the projects' money that their shares put here.

    `projects` are numbers of records (services/columns.py), `donors` names.
    """

    projects: Sequence[int] = ()
    donors: set[str] = field(default_factory=set)
    usd: Decimal = Decimal(0)
    proposed: int = 0
    last_end: date | None = None
    open_end: bool = False

    @property
    def state(self) -> str:
        """Empty, single, covered (2 or 3 donors) or crowded; a project without a named donor counts as one."""
        donors = max(len(self.donors), min(len(self.projects), 1))
        if donors > CROWD:
            return CROWDED
        return (NONE, SINGLE)[donors] if donors < 2 else COVERED

    def ends_soon(self, on: date) -> bool:
        """Whether the last project of the cell ends within 12 months of a day."""
        return self.last_end is not None and not self.open_end and on <= self.last_end <= on + SOON
