"""Claims: every grade, kind and score of the kernels is that of the readable reference, to the last bit."""

from itertools import combinations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from adam.matching import Record, compare_all
from adam.matching.chance import agreement, expected
from adam.matching.comparisons import COMPARISONS
from adam.matching.compiled.columns import of_records
from adam.matching.compiled.comparing import compare
from adam.matching.compiled.scoring import judge
from adam.matching.policy import COLUMNS, KINDS, RECORD_KINDS, RETURNS
from adam.matching.scores import Scorer
from tests.matching.compiled.laid_out import POLICY, claimed, laid_out
from tests.matching.records_strategy import sets

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
STATED = [
    Record("r0", title="Border posts", reporter="Norway", relations=(("same_money", "r1"),)),
    Record("r1", title="Highways", reporter="Norway"),
]
THRESHOLDS = st.sampled_from((1e-6, 0.001, 0.05, 0.5, 0.9))


def scored(found, scorer, graded):
    """What the reference claims about every pair: column, score and grades."""
    told = {}
    for a, b in combinations(sorted(found.profiles, key=lambda p: p.record.id), 2):
        claim = graded(scorer, a, b)
        if claim:
            told[frozenset((a.record.id, b.record.id))] = (claim.column, claim.score, claim.grades)
    return told


def in_full(scorer, a, b):
    """The claim about a pair of which nothing is spared."""
    return scorer.judge(a, b, {name: comparison(a, b) for name, comparison in COMPARISONS.items()})


def kind_of(column):
    """The kind that a column of the weights claims."""
    return "record_duplicate" if column == RETURNS else column


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(sets())
def test_every_grade_kind_and_score_equals_the_reference(records):
    found = laid_out(records)
    every = judge(POLICY, found.size, KINDS, 0.0)._replace(floor=-1e300)

    told = claimed(found, every)

    assert told == scored(found, Scorer(POLICY, found.size, KINDS, 0.0), in_full)


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(sets(), st.sets(st.sampled_from(KINDS), min_size=1), THRESHOLDS)
@example(STATED, {"same_money"}, 1e-6)
@example(STATED[::-1], {"same_money"}, 0.5)
def test_giving_up_early_loses_no_claim(records, wanted, threshold):
    found = laid_out(records)

    told = claimed(found, judge(POLICY, found.size, wanted, threshold))

    assert told == scored(found, Scorer(POLICY, found.size, wanted, threshold), in_full)
    assert told == scored(found, Scorer(POLICY, found.size, wanted, threshold), Scorer.claim)


@settings(max_examples=50, deadline=None, suppress_health_check=SLOW)
@given(sets(), st.sets(st.sampled_from(KINDS), min_size=1), THRESHOLDS)
def test_a_set_is_compared_as_the_reference_compares_it(records, wanted, threshold):
    expected = compare_all(records, POLICY, wanted, threshold)

    found = compare(of_records(records), POLICY, frozenset(wanted), threshold).found

    claims = zip(found.a.tolist(), found.b.tolist(), found.kind.tolist(), found.score.tolist(), strict=True)
    told = {(records[a].id, records[b].id, kind_of(COLUMNS[column]), score) for a, b, column, score in claims}
    assert told == {(pair.id_a, pair.id_b, pair.kind, pair.score) for pair in expected}


def looked_at(a, b, bound):
    """Whether so few records agree by chance as the bound asks, or something else speaks for a closer look."""
    stated = COMPARISONS["relations"](a, b) == "stated"
    numbered = COMPARISONS["identifiers"](a, b) in ("same", "under")
    shares = agreement(a, b)
    return stated or numbered or any(shares.values()) and expected(a, shares) <= bound


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(sets(), st.integers(-12, 12))
def test_in_large_sets_only_what_chance_explains_is_passed_over(records, tens):
    found = laid_out(records)
    bound = tens * 100_000
    every = judge(POLICY, found.size, RECORD_KINDS, 0.0)._replace(floor=-1e300, bound=bound)

    told = claimed(found, every)

    pairs = combinations(found.profiles, 2)
    expected_pairs = {frozenset((a.record.id, b.record.id)) for a, b in pairs if looked_at(a, b, bound)}
    assert set(told) == expected_pairs
