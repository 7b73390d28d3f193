"""Cases: what two partners agree about assistance that doubles or overlaps, and when one is overdue."""

from __future__ import annotations

from datetime import date, timedelta

OPEN, CLOSED = "open", "closed"
STATES = (OPEN, CLOSED)
OVERDUE = "overdue"
"""How an open case is asked for whose day is over."""
DIVIDED, NO_OVERLAP, WITHDRAWN = "labour_divided", "no_overlap", "withdrawn"
OUTCOMES = (DIVIDED, "one_stops", "merged_programmes", "joint_programme", NO_OVERLAP, "other")
"""How a case ends, as a coordinator says; each goes with words."""
ENDS = (*OUTCOMES, WITHDRAWN)
"""Withdrawn: the verdict that opened it was taken back."""
VERDICT_AFTER = {DIVIDED: "complementary", NO_OVERLAP: "unrelated"}
"""The verdict that an outcome makes of the finding; any other leaves it as it is."""
OPENED, SAID, DUE, CLOSING, REOPENED = "opened", "said", "due", "closed", "reopened"
MOVES = (OPENED, SAID, DUE, CLOSING, REOPENED)
SOON = timedelta(days=7)
"""Both sides are reminded so long before the day, and again once it is over, each week."""


def overdue(state: str, due_on: date, today: date) -> bool:
    """Whether the day of an open case is over."""
    return state == OPEN and due_on < today
