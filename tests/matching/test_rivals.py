"""Rivals: a better partner speaks against a claim, unless a third record fits both; compiled as in the reference."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.matching.compiled.grades import GRADES
from adam.matching.compiled.rivals import best_two, compared, partners
from adam.matching.policy import COLUMNS
from adam.matching.rivals import ONE_PROJECT, graded

COUNTS = -4.6
SIZE = 7
PAIRS = [(i, j) for i in range(SIZE) for j in range(i + 1, SIZE)]
EVIDENCE = st.sampled_from((-6.0, -3.0, -1.0, -0.25, 0.0, 0.5, 1.0, 2.5, 3.0, 5.0))
CLAIMS = st.dictionaries(st.sampled_from(PAIRS), st.tuples(EVIDENCE, st.sampled_from(COLUMNS)))


def test_a_better_partner_of_one_record_speaks_against_a_claim():
    claims = [("a", "b", 5.0), ("a", "c", 1.0)]

    found = graded(claims, COUNTS)

    assert found == ["clear", "outdone"]


def test_better_partners_of_both_records_speak_against_it_twice():
    claims = [("a", "b", 5.0), ("c", "d", 5.0), ("a", "d", 1.0)]

    found = graded(claims, COUNTS)

    assert found[2] == "both_outdone"


def test_a_third_record_that_fits_both_is_no_rival():
    claims = [("a", "b", 5.0), ("b", "c", 5.0), ("a", "c", 1.0)]

    found = graded(claims, COUNTS)

    assert found == ["together", "together", "joined"]


def test_a_third_record_that_hardly_fits_joins_nobody():
    claims = [("a", "b", 5.0), ("b", "c", -1.0), ("a", "c", -2.0)]

    found = graded(claims, COUNTS)

    assert "joined" not in found


@settings(max_examples=300, deadline=None)
@given(CLAIMS)
def test_the_kernels_grade_claims_as_the_reference_does(claims):
    told = [(pair, *claims[pair]) for pair in sorted(claims)]
    alike = [(str(i), str(j), evidence) for (i, j), evidence, column in told if column in ONE_PROJECT]
    parts = (
        np.array([pair[0] for pair, _, _ in told], np.int32),
        np.array([pair[1] for pair, _, _ in told], np.int32),
        np.array([COLUMNS.index(column) for _, _, column in told], np.int8),
    )
    evidence = np.array([each for _, each, _ in told])

    known = (*best_two(parts, evidence, SIZE, COUNTS), partners(parts, evidence, SIZE))
    found = compared(parts, evidence, known, COUNTS)

    names = [GRADES["rivals"][grade] for grade in found]
    assert [name for name in names if name != "missing"] == graded(alike, COUNTS)
