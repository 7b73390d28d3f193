"""Buckets: the pairs that meet are those of the readable rules, where buckets are crowded as well."""

from dataclasses import replace
from unittest.mock import patch

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from adam.matching import Record
from adam.matching.compiled import walk
from adam.matching.compiled.buckets import buckets
from adam.matching.compiled.comparing import plans
from adam.matching.compiled.scoring import NO_BOUND, judge
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
        "split": st.sampled_from((0, 1_500_000)),
        "unsplit": st.integers(1, 4),
        "neighbours": st.integers(0, 3),
        "cell": st.integers(1, 6),
        "near": st.integers(0, 3),
        "agree": st.lists(st.integers(0, 20), max_size=3),
    }
)
ALIKE = [Record(f"r{n}", title="Frame agreement", countries=("AF",), pillars=("I",)) for n in range(12)]


def met(found, policy, workers):
    """The pairs of rows that are looked at: with no threshold something is claimed about each."""
    rows, shelf = found.made.rows, found.made.shelf
    found_buckets = buckets(rows, shelf.home, plans(policy, found.size, frozenset(KINDS)), workers)
    every = judge(policy, found.size, KINDS, 0.0)._replace(floor=-1e300, bound=NO_BOUND)
    claims = walk.walk(rows, shelf, found_buckets, (every, workers))
    return list(zip(claims.i.tolist(), claims.j.tolist(), strict=True))


def expected(found, policy):
    """The pairs of rows that the readable rules bring together."""
    numbers, _ = candidates(found.profiles, policy)
    return {divmod(number, found.size) for number in numbers}


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(sets(14), LIMITS, st.sets(st.sampled_from(sorted(RULES)), min_size=1))
@example(
    ALIKE,
    {"bucket": 4, "least": 1, "work": 99, "neighbours": 2, "cell": 3, "near": 1, "agree": []},
    {"cell", "same_title"},
)
def test_the_pairs_that_meet_are_those_of_the_readable_rules(records, limits, rules):
    found = laid_out(records)
    policy = replace(
        POLICY, rules=tuple(name for name in RULES if name in rules), limits={**POLICY.limits, **limits}
    )

    told = [met(found, policy, workers) for workers in (1, 2, 3)]

    with patch.object(walk, "CHUNK", 3):
        told.append(met(found, policy, 2))

    assert told[0] == told[1] == told[2] == told[3], "whatever the workers and the chunks"
    assert len(told[0]) == len(set(told[0])), "a pair is looked at once"
    assert set(told[0]) == expected(found, policy)
