"""Periods: when a project runs, what two projects share in time, and months as a measure of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

DAYS_PER_MONTH = Decimal("30.4375")


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both included; None where it isn't known."""

    start: date | None
    end: date | None

    @property
    def months(self) -> Decimal | None:
        """Length in months of 30.4375 days; None unless both ends are known."""
        if self.start is None or self.end is None or self.end < self.start:
            return None
        return Decimal((self.end - self.start).days + 1) / DAYS_PER_MONTH

    def shared(self, other: Period) -> Period | None:
        """The time both run, or None when they don't meet. An unknown end is open; both unknown meet."""
        starts = [day for day in (self.start, other.start) if day]
        ends = [day for day in (self.end, other.end) if day]
        start, end = max(starts, default=None), min(ends, default=None)
        if start and end and end < start:
            return None
        return Period(start, end)

    def meets(self, other: Period) -> bool:
        """Whether there is a day on which both run, as far as is known."""
        return self.shared(other) is not None


FIELDS = ("start_planned", "end_planned", "start_actual", "end_actual")
"""The days of a project, as its document names them."""


def of_project(project: dict) -> Period:
    """The actual dates where they are given, otherwise the planned ones. Takes any mapping with the four fields."""
    return Period(
        project.get("start_actual") or project.get("start_planned"),
        project.get("end_actual") or project.get("end_planned"),
    )
