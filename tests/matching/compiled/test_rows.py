"""Rows: a whole set laid out at once is the same, list by list, as each record read by itself."""

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from adam.matching.compiled import layout as at
from adam.matching.compiled.scalars import round_sums, telling_sums
from adam.matching.figures import is_round, is_telling
from tests.matching.compiled.laid_out import laid_out, written
from tests.matching.records_strategy import sets

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
BEGINS = {**at.POOLED, **at.MARKED}


def listed(rows, name, n):
    """A list of a row with what follows it."""
    begin, many = rows.ints[n, BEGINS[name] : BEGINS[name] + 2].tolist()
    twice = 2 if name in ("words", "targets") else 1
    return (rows.pool if name in at.POOLED else rows.marks)[begin : begin + twice * many].tolist()


def single(rows, n):
    """The numbers, masks and amounts of a row; the hash of its content breaks ties and nothing else."""
    places = {column + more for column in BEGINS.values() for more in (0, 1)}
    ints = {("int", c): rows.ints[n, c] for c in range(at.INTS) if c not in places}
    wide = {("wide", c): rows.wide[n, c] for c in range(at.WIDE) if c != at.CONTENT}
    return ints | wide | {("real", c): rows.reals[n, c] for c in range(at.REALS)}


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
            if column not in BEGINS.values():
                assert np.array_equal(one.rows.ints[:, column], other.rows.ints[:, column])
        for name in BEGINS:
            for n in range(len(records)):
                assert listed(one.rows, name, n) == listed(other.rows, name, n)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.decimals(-(10**15), 10**15, places=3).map(float), min_size=1, max_size=50))
@example([61.005, 42.405, 99.995, 0.0, -1500000.0, 999999999999999.0])
def test_amounts_are_round_and_telling_alike_to_the_tenth_of_a_cent(amounts):
    sums = np.array(amounts)

    told = telling_sums(sums).tolist(), round_sums(sums).tolist()

    assert told[0] == [is_telling(value) for value in amounts]
    assert told[1] == [is_round(abs(value)) for value in amounts]
