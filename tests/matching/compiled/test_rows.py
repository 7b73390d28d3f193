"""Rows: a whole set laid out at once is the same, list by list, as each record read by itself."""

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from adam.matching.compiled import layout as at
from adam.matching.compiled.live_lists import together
from adam.matching.compiled.scalars import round_sums, telling_sums
from adam.matching.figures import is_round, is_telling
from tests.matching.compiled.laid_out import BEGINS, laid_out, listed, single, written
from tests.matching.records_strategy import sets

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(sets())
def test_a_set_laid_out_at_once_equals_its_records_read_one_by_one(records):
    found = laid_out(records)

    expected = written(found)

    rows = found.made.rows
    for n, profile in enumerate(found.profiles):
        for name in BEGINS:
            assert listed(rows, name, n) == listed(expected, name, n), (name, profile.record)
        left, right = single(rows, n), single(expected, n)
        assert not [(key, left[key], right[key]) for key in left if left[key] != right[key]], profile.record


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(sets())
def test_one_two_and_three_workers_lay_out_the_same(records):
    one, *others = (laid_out(records, workers).made for workers in (1, 2, 3))

    for other in others:
        assert one.order.tolist() == other.order.tolist()
        for column in range(at.INTS):
            if column not in (*BEGINS.values(), at.MASKS):
                assert np.array_equal(one.rows.ints[:, column], other.rows.ints[:, column])
        for name in BEGINS:
            for n in range(len(records)):
                assert listed(one.rows, name, n) == listed(other.rows, name, n)


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(sets())
def test_lists_brought_together_are_the_same_and_those_of_a_record_lie_side_by_side(records):
    rows = laid_out(records).made.rows
    before = [[listed(rows, name, n) for name in BEGINS] for n in range(len(records))]

    found = together(rows, 2)

    assert [[listed(found, name, n) for name in BEGINS] for n in range(len(records))] == before
    for n in range(len(records)):
        places = sorted({found.ints[n, column] for column in at.POOLED.values()} - {0})
        lists = [listed(found, name, n) for name in at.POOLED]
        assert not places or places[0] + sum(len(each) for each in lists if each[0]) == max(
            found.ints[n, column] + len(told) for column, told in zip(at.POOLED.values(), lists, strict=True)
        )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.decimals(-(10**15), 10**15, places=3).map(float), min_size=1, max_size=50))
@example([61.005, 42.405, 99.995, 0.0, -1500000.0, 999999999999999.0])
def test_amounts_are_round_and_telling_alike_to_the_tenth_of_a_cent(amounts):
    sums = np.array(amounts)

    told = telling_sums(sums).tolist(), round_sums(sums).tolist()

    assert told[0] == [is_telling(value) for value in amounts]
    assert told[1] == [is_round(abs(value)) for value in amounts]
