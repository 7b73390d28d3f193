"""Plenty: where few records of a set have a partner, claims need more evidence; by both engines alike."""

from dataclasses import replace

import pytest

from adam.matching import compare_all, load_policy, plenty
from adam.matching.plenty import graded, tenths
from tests.matching.builders import border, record
from tests.matching.narcotics import project
from tests.matching.test_twins import STRANGERS

POLICY = load_policy()
SAME = ("record_duplicate", "same_money")


def told(pairs, feature="plenty"):
    """The claims that two records are one project, with what a feature adds to each."""
    return {
        (pair.id_a, pair.id_b): sum(one.score for one in pair.evidence if one.feature == feature)
        for pair in pairs
        if pair.kind in SAME
    }


@pytest.fixture(autouse=True)
def no_doubt(monkeypatch):
    """A set of hundreds is judged by itself alone, as one of many thousands is."""
    monkeypatch.setattr(plenty, "DOUBT", 1)


@pytest.fixture(scope="module")
def claimed():
    """What is claimed of hardly a partner among many strangers."""
    few = [
        border("a"),
        border("b"),
        project("x", identifiers="XM-DAC-7-1"),
        project("y", identifiers="XM-DAC-7-1"),
    ]
    return [
        *few,
        *STRANGERS,
        *(replace(one, id=f"{one.id}-again", title=f"Again {one.id}") for one in STRANGERS[:50]),
    ]


def by(readable, records, policy=POLICY):
    """The pairs of one engine or the other."""
    limits = {**policy.limits, "small": len(records) if readable else 0}
    return compare_all(records, replace(policy, limits=limits), threshold=0.0001)


@pytest.mark.parametrize("readable", [True, False])
def test_among_many_strangers_a_claim_needs_more_evidence(readable, claimed):
    found = told(by(readable, claimed))

    assert found["a", "b"] < -2


@pytest.mark.parametrize("readable", [True, False])
def test_a_partner_whom_the_reporters_name_themselves_is_not_doubted(readable, claimed):
    found = told(by(readable, claimed))

    assert found["x", "y"] == 0


@pytest.mark.parametrize("readable", [True, False])
def test_a_set_that_is_asked_record_by_record_stays_as_it_is(readable, claimed):
    found = told(by(readable, claimed, POLICY.steady()))

    assert set(found.values()) == {0.0}


def test_two_records_alone_are_not_weighed_by_how_common_partners_are():
    pair = compare_all(
        [record("a", title="Border posts"), record("b", title="Border posts")], POLICY, None, 0.0
    )

    assert set(told(pair).values()) <= {0.0}


@pytest.mark.parametrize(
    ("sure", "records", "grade"),
    [
        (0, 100_000, "hardly_any"),
        (2_000, 100_000, "very_few"),
        (14_000, 100_000, "usual"),
        (20_000, 100_000, "many"),
        (70_000, 100_000, "most"),
    ],
)
def test_the_share_is_that_of_the_claims_weighed_by_it(sure, records, grade):
    claims = {60: sure, -40: records // 20}

    found = graded(claims, records)

    assert found == grade


def test_evidence_is_counted_by_tenths_and_nothing_counts_further_than_ten():
    found = tenths([250.0, -250.0, 0.04, -0.04])

    assert found == {100: 1, -100: 1, 0: 2}
