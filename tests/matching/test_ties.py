"""Ties: what every import gives anew, ids and the order of rows, decides nothing."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from adam.matching import compare_all, load_policy
from tests.matching.builders import border, job, record
from tests.matching.narcotics import narcotics

SET = [
    *narcotics()[:12],
    border("a"),
    border("b", reporter="UNODC"),
    border("c", title="Border liaison offices, phase II", start="2016-06-11", end="2018-01-01"),
    border("d", end="2012-01-01"),
    border("e", start="2013-06-11", end="2011-01-01"),
    job("f"),
    job("g"),
    job("h", beneficiaries=""),
    *(record(f"r{n}", title="Frame agreement", amount=str(1000 + n), currency="USD") for n in range(9)),
]
TIGHT = replace(
    load_policy(),
    limits={**load_policy().limits, "least": 4, "bucket": 4, "neighbours": 2, "cell": 4, "claims": 3},
)


def told(records, original):
    """Kinds and scores by the records' first ids."""
    found = compare_all(records, TIGHT, threshold=0.001)
    return {(frozenset((original[p.id_a], original[p.id_b])), p.kind, round(p.score, 12)) for p in found}


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(SET))))
def test_other_ids_leave_kinds_and_scores_the_same_even_where_crowds_are_limited(order):
    expected = told(SET, {one.id: one.id for one in SET})
    names = {f"z{place:03}": one.id for place, one in zip(order, SET, strict=True)}
    renamed = [replace(one, id=name) for name, one in zip(names, SET, strict=True)]

    found = told(renamed, names)

    assert found == expected
