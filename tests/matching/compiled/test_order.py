"""Order: how the records are sorted, and how many workers share them, decides nothing."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adam.matching.compiled import comparing
from adam.matching.compiled.columns import of_records
from adam.matching.compiled.scoring import judge
from adam.matching.policy import COLUMNS, KINDS
from tests.matching.compiled.laid_out import POLICY, claimed, laid_out
from tests.matching.records_strategy import sets

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
EVERY = frozenset(KINDS)


def answer(records):
    """What comparing the set answers, in the order of the answer, by the records' ids."""
    found = comparing.compare(of_records(records), POLICY, EVERY, 0.001).found
    claims = zip(found.a.tolist(), found.b.tolist(), found.kind.tolist(), found.score.tolist(), strict=True)
    told = [(records[a].id, records[b].id, COLUMNS[column], score) for a, b, column, score in claims]
    return told, found.grades.tolist()


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(sets(), st.randoms(use_true_random=False))
def test_shuffled_records_are_answered_the_same_in_the_same_order(records, random):
    expected = answer(records)
    shuffled = random.sample(records, len(records))

    found = answer(shuffled)

    assert found == expected


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(sets())
def test_one_two_and_three_workers_claim_the_same(records):
    every = judge(POLICY, len(records), KINDS, 0.001)

    told = [claimed(laid_out(records, workers), every, workers) for workers in (1, 2, 3)]

    assert told[0] == told[1] == told[2]
