"""Buckets: the pairs that meet are those of the readable rules, where buckets are crowded as well."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from adam.matching import Record
from adam.matching.compiled.buckets import members
from adam.matching.compiled.comparing import plans
from adam.matching.keys import RULES, candidates
from adam.matching.policy import KINDS
from tests.matching.compiled.laid_out import POLICY, laid_out
from tests.matching.records_strategy import sets

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
LIMITS = st.fixed_dictionaries(
    {
        "bucket": st.integers(1, 6),
        "least": st.integers(1, 3),
        "work": st.sampled_from((1, 20, 1_500_000)),
        "neighbours": st.integers(0, 3),
        "cell": st.integers(1, 6),
        "near": st.integers(0, 3),
    }
)
ALIKE = [Record(f"r{n}", title="Frame agreement", countries=("AF",), pillars=("I",)) for n in range(12)]


def met(found, policy, workers):
    """The pairs of rows that share a bucket."""
    buckets = members(
        found.made.rows, found.made.shelf.home, plans(policy, found.size, frozenset(KINDS)), workers
    )
    rows = (buckets.entries & np.uint64((1 << buckets.bits) - 1)).tolist()
    ahead = buckets.meets.tolist()
    return {
        (rows[e], rows[other])
        for i in range(found.size)
        for e in buckets.places[buckets.at[i] : buckets.at[i + 1]].tolist()
        for other in range(e + 1, e + 1 + ahead[e])
    }


def expected(found, policy):
    """The pairs of rows that the readable rules bring together."""
    numbers, _ = candidates(found.profiles, policy)
    return {divmod(number, found.size) for number in numbers}


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(sets(14), LIMITS, st.sets(st.sampled_from(sorted(RULES)), min_size=1))
@example(
    ALIKE,
    {"bucket": 4, "least": 1, "work": 99, "neighbours": 2, "cell": 3, "near": 1},
    {"cell", "same_title"},
)
def test_the_pairs_that_meet_are_those_of_the_readable_rules(records, limits, rules):
    found = laid_out(records)
    policy = replace(
        POLICY, rules=tuple(name for name in RULES if name in rules), limits={**POLICY.limits, **limits}
    )

    told = [met(found, policy, workers) for workers in (1, 2, 3)]

    assert told == [expected(found, policy)] * 3


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(sets(14))
def test_no_record_meets_itself_and_no_pair_is_met_backwards(records):
    found = laid_out(records)

    told = met(found, POLICY, 2)

    assert all(i < j for i, j in told)
