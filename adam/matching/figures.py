"""Figures: what an amount or a day says by its form alone."""

from __future__ import annotations

from datetime import date

TELLING = 4


def is_round(value: float) -> bool:
    """Whether an amount has at most two figures that are not zero, as 1 500 000 has, or is below a hundred."""
    text = f"{round(value)}"
    return len(text.rstrip("0")) <= 2


def is_telling(value: float) -> bool:
    """Whether an amount has four figures or more, cents included: two records hardly carry it by chance."""
    return len(f"{round(abs(value) * 100)}".rstrip("0")) >= TELLING


def stands_for_year(day: date) -> bool:
    """Whether a day stands for a whole year or half-year rather than for itself."""
    return day.day == 1 and day.month in (1, 7)


def ends_half_year(day: date) -> bool:
    """Whether a day is a last day of June or December, which many projects end on."""
    return day.day >= 30 and day.month in (6, 12)
