"""How often something runs by itself, and on which day next."""

from __future__ import annotations

from datetime import date, timedelta

NEVER, WEEKLY, MONTHLY, QUARTERLY = "never", "weekly", "monthly", "quarterly"
RHYTHMS = (NEVER, WEEKLY, MONTHLY, QUARTERLY)
LAST = {WEEKLY: 7, MONTHLY: 28, QUARTERLY: 28}
"""The last day that may be chosen: of the week (1 is Monday), or one that every month has."""
QUARTERS = (1, 4, 7, 10)


def following(rhythm: str, day: int | None, after: date) -> date | None:
    """The first day of the rhythm after a day; None where it never runs by itself.

    >>> following("monthly", 5, date(2026, 1, 5)), following("quarterly", 1, date(2026, 1, 2))
    (datetime.date(2026, 2, 5), datetime.date(2026, 4, 1))
    """
    if rhythm == NEVER or day is None:
        return None
    if rhythm == WEEKLY:
        return after + timedelta(days=(day - after.isoweekday() - 1) % 7 + 1)
    months = QUARTERS if rhythm == QUARTERLY else range(1, 13)
    days = (date(year, month, day) for year in (after.year, after.year + 1) for month in months)
    return next(one for one in days if one > after)
