"""Warnings about dates and the status that goes with them."""

from __future__ import annotations

from datetime import date, timedelta

from adam.domain.warnings.known import Draft, Found, Known, words

YEAR, QUARTER, TEN_YEARS = timedelta(days=365), timedelta(days=92), timedelta(days=3653)
RUNNING = ("pipeline", "active", "suspended")


def begins(draft: Draft) -> date | None:
    """The actual start, else the planned one."""
    return draft["start_actual"] or draft["start_planned"]


def ends(draft: Draft) -> date | None:
    """The actual end, else the planned one."""
    return draft["end_actual"] or draft["end_planned"]


def no_start(draft: Draft, _known: Known) -> Found:
    """No start is given."""
    if begins(draft) is None:
        yield "start_planned", "No start is given."


def no_end(draft: Draft, _known: Known) -> Found:
    """No end is given, so nobody can be told in time that help runs out."""
    if ends(draft) is None:
        yield "end_planned", "No end is given, so nobody can be told in time that help runs out."


def longer_than_ten_years(draft: Draft, _known: Known) -> Found:
    """The project is planned for longer than ten years."""
    start, end = draft["start_planned"], draft["end_planned"]
    if start and end and end - start > TEN_YEARS:
        detail = (
            f"It is planned for {(end - start).days / 365.25:.0f} years, from {words(start)} to {words(end)}."
        )
        yield "end_planned", detail


def ended_but_running(draft: Draft, known: Known) -> Found:
    """The end was over a year ago, yet the status says that the project goes on."""
    end, status = ends(draft), draft["status"]
    if end and status in RUNNING and end < known.today - YEAR:
        field = "end_actual" if draft["end_actual"] else "end_planned"
        yield field, f"The end, {words(end)}, was over a year ago, yet the status is {status}."


def begun_but_pipeline(draft: Draft, known: Known) -> Found:
    """The project should have begun, yet the status says that it is in preparation."""
    start, late = begins(draft), QUARTER if not draft["start_actual"] else timedelta(0)
    if start and draft["status"] == "pipeline" and start < known.today - late:
        yield "status", f"The start, {words(start)}, is over, yet the status says that it is in preparation."


def active_before_start(draft: Draft, known: Known) -> Found:
    """The project is called active, yet its start is more than three months ahead."""
    start = begins(draft)
    if start and draft["status"] == "active" and start > known.today + QUARTER:
        yield "status", f"The project is called active, yet its start is {words(start)}."


def completed_too_early(draft: Draft, known: Known) -> Found:
    """The project is called completed, yet its planned end is ahead and no actual end is given."""
    end = draft["end_planned"]
    if end and not draft["end_actual"] and draft["status"] == "completed" and end > known.today:
        yield "end_actual", f"The project is called completed, yet its planned end is {words(end)}."


def completed_without_end(draft: Draft, known: Known) -> Found:
    """The project is called completed, yet no actual end is given."""
    early = draft["end_planned"] and draft["end_planned"] > known.today
    if draft["status"] == "completed" and not draft["end_actual"] and not early:
        yield "end_actual", "The project is called completed, yet no actual end is given."


def actual_start_ahead(draft: Draft, known: Known) -> Found:
    """The actual start is in the future."""
    if draft["start_actual"] and draft["start_actual"] > known.today:
        yield "start_actual", f"The actual start, {words(draft['start_actual'])}, is in the future."


def actual_end_ahead(draft: Draft, known: Known) -> Found:
    """The actual end is in the future."""
    if draft["end_actual"] and draft["end_actual"] > known.today:
        yield "end_actual", f"The actual end, {words(draft['end_actual'])}, is in the future."


def actual_far_from_planned(draft: Draft, _known: Known) -> Found:
    """Actual and planned start lie more than two years apart."""
    planned, actual = draft["start_planned"], draft["start_actual"]
    if planned and actual and abs(actual - planned) > 2 * YEAR:
        yield "start_actual", f"It was planned to begin on {words(planned)}, and began on {words(actual)}."


def confirmed_ahead(draft: Draft, known: Known) -> Found:
    """The day of the last confirmation is in the future."""
    day = draft["last_confirmed_on"]
    if day and day > known.today:
        yield "last_confirmed_on", f"The last confirmation, {words(day)}, is in the future."


RULES = (
    no_start,
    no_end,
    longer_than_ten_years,
    ended_but_running,
    begun_but_pipeline,
    active_before_start,
    completed_too_early,
    completed_without_end,
    actual_start_ahead,
    actual_end_ahead,
    actual_far_from_planned,
    confirmed_ahead,
)
