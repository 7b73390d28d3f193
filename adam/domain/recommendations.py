"""Recommendations: how far they are, and which of them still ask for something."""

from __future__ import annotations

from datetime import date

OPEN, UNDER_WAY, DONE, DROPPED = "open", "under_way", "done", "dropped"
STATUSES = (OPEN, UNDER_WAY, DONE, DROPPED)
LIVE = (OPEN, UNDER_WAY)
"""What still asks for something: it states a need, and may become overdue."""
NAMES = {OPEN: "Open", UNDER_WAY: "Under way", DONE: "Done", DROPPED: "Dropped"}


def overdue(status: str, due: date | None, on: date) -> bool:
    """Whether its day has passed and nobody has said what came of it."""
    return status in LIVE and due is not None and due < on
