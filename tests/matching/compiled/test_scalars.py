"""Scalars: what is counted for all records at once is what counting each by itself gives."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.matching import figures
from adam.matching.compiled.scalars import by_day, calendar, ends_half_year, stands_for_year, within
from adam.matching.compiled.texts import carriers

DAYS = st.lists(st.just(0) | st.integers(735000, 735800) | st.integers(1, 3_650_000), max_size=9)


@settings(deadline=None, max_examples=60)
@given(DAYS, st.integers(1, 400))
def test_days_say_the_same_asked_one_by_one_or_each_of_the_calendar_once(days, times):
    told = np.array(days * times, np.int32)

    year, first, last = (
        by_day(lambda each: calendar(each)[0], told),
        stands_for_year(told),
        by_day(ends_half_year, told),
    )

    known = [date.fromordinal(day) if day else None for day in days]
    assert year.tolist() == [day.year if day else 0 for day in known] * times
    assert first.tolist() == [bool(day and figures.stands_for_year(day)) for day in known] * times
    assert last.tolist() == [bool(day and figures.ends_half_year(day)) for day in known] * times


@settings(deadline=None)
@given(st.lists(st.sampled_from((0.0, 1.0, 99.0, 100.0, 101.0, 104.9, 1e6)) | st.floats(0, 1e9), max_size=12))
def test_amounts_near_each_other_are_counted_with_both_bounds(amounts):
    (found,) = within(np.array(amounts, np.float64), (0.05,))

    near = [
        sum(one > 0 and each * (1 - 0.05) <= one <= each * (1 + 0.05) for one in amounts) if each > 0 else 0
        for each in amounts
    ]
    assert found.tolist() == near


@settings(deadline=None)
@given(st.lists(st.integers(-3, 3) | st.integers(-(2**63), 2**63 - 1), max_size=40))
def test_each_key_is_told_how_many_carry_it(keys):
    found = carriers(np.array(keys, np.int64))

    assert found.tolist() == [keys.count(key) for key in keys]
