"""Periods: what two share in time, and how long it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adam.domain.periods import Period, of_project

days = st.none() | st.dates(date(2020, 1, 1), date(2022, 1, 1))
periods = st.builds(Period, days, days)


def test_both_ends_belong_to_a_period():
    one_day = Period(date(2024, 5, 1), date(2024, 5, 1))

    assert round(one_day.months * 30) == 1


@pytest.mark.parametrize(
    "period",
    [
        Period(None, date(2024, 1, 1)),
        Period(date(2024, 1, 1), None),
        Period(date(2024, 2, 1), date(2024, 1, 1)),
    ],
)
def test_a_period_with_an_open_or_a_wrong_end_has_no_length(period: Period):
    assert period.months is None


def test_periods_that_touch_on_a_day_share_it():
    day = date(2024, 6, 30)

    shared = Period(date(2024, 1, 1), day).shared(Period(day, date(2024, 12, 31)))

    assert shared == Period(day, day)


def test_periods_that_follow_each_other_share_nothing():
    first, second = Period(None, date(2024, 6, 30)), Period(date(2024, 7, 1), None)

    assert first.shared(second) is None
    assert not first.meets(second)


@given(periods, periods)
def test_what_two_share_is_the_same_from_both_sides(one: Period, other: Period):
    shared = one.shared(other)

    assert shared == other.shared(one)
    assert one.meets(other) == (shared is not None)


def test_actual_days_count_before_planned_ones():
    project = {
        "start_planned": date(2024, 1, 1),
        "end_planned": date(2024, 12, 31),
        "start_actual": date(2024, 3, 1),
    }

    assert of_project(project) == Period(date(2024, 3, 1), date(2024, 12, 31))
