"""The engine: deterministic, additive, honest about its limits, and free of Flask and SQL."""

import subprocess
import sys
from dataclasses import replace
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.errors import Invalid
from adam.matching import Index, Record, compare_all, load_policy
from adam.matching.keys import candidates
from adam.matching.policy import KINDS
from tests.matching.builders import border, job, profiles, record

SET = [
    border("a"),
    border("b", reporter="UNODC"),
    border(
        "c", title="Border liaison offices, phase II", start="2016-06-11", end="2018-01-01", amount="900000"
    ),
    border("d", countries="AF"),
    job("e"),
    job("f"),
    job("g", beneficiaries=""),
    record("h", title="Prison reform"),
]


@settings(max_examples=25, deadline=None)
@given(st.permutations(SET))
def test_the_order_of_the_rows_changes_nothing(rows):
    expected = compare_all(SET, load_policy(), threshold=0.01)

    found = compare_all(rows, load_policy(), threshold=0.01)

    assert found == expected


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(
            border,
            st.just("x"),
            title=st.text(max_size=30),
            description=st.text(max_size=40),
            countries=st.sampled_from(["", "AF", "AF;TJ"]),
            amount=st.sampled_from(["", "0", "-5", "1234567", "99999999999"]),
            start=st.sampled_from(["", "2013-06-11", "0001-01-01", "9999-12-31"]),
            end=st.sampled_from(["", "2010-01-01", "9999-12-31"]),
        ),
        min_size=2,
        max_size=6,
    )
)
def test_whatever_the_records_say_scores_are_probabilities_that_their_evidence_explains(records):
    numbered = [replace(one, id=f"r{number}") for number, one in enumerate(records)]

    found = compare_all(numbered, load_policy(), threshold=0)

    for pair in found:
        total = pair.prior + sum(reason.score for reason in pair.evidence)
        assert pair.id_a < pair.id_b
        assert pair.kind in KINDS
        assert 0 <= pair.score <= 1
        assert pair.score == pytest.approx(1 / (1 + exp(-total)))


def test_pairs_come_best_first_and_above_the_threshold():
    found = compare_all(SET, load_policy(), threshold=0.2)

    scores = [pair.score for pair in found]

    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0.2


def test_giving_up_early_loses_no_pair():
    everything = compare_all(SET, load_policy(), threshold=0)

    found = compare_all(SET, load_policy(), threshold=0.3)

    assert list(found) == [pair for pair in everything if pair.score >= 0.3]


def test_only_the_kinds_asked_for_are_answered():
    found = compare_all(SET, load_policy(), kinds=["same_money"])

    assert {pair.kind for pair in found} == {"same_money"}


def test_a_kind_that_is_none_is_refused():
    with pytest.raises(Invalid) as wrong:
        compare_all(SET, load_policy(), kinds=["twins"])

    assert "twins" in str(wrong.value)


def test_an_id_that_stands_twice_is_refused():
    with pytest.raises(Invalid) as wrong:
        compare_all([Record("a"), Record("a")], load_policy())

    assert "stands twice" in str(wrong.value)


def test_one_record_against_many_finds_what_all_against_all_finds():
    new = border("new", reporter="UNODC")
    everything = compare_all([*SET, new], load_policy())

    found = Index(SET, load_policy()).match(new, 10)

    best = next(pair for pair in everything if "new" in (pair.id_a, pair.id_b))
    assert (found[0].id_a, found[0].id_b, found[0].kind) == (best.id_a, best.id_b, best.kind)


def test_an_index_passes_over_the_record_itself_and_keeps_to_the_limit():
    index = Index(SET, load_policy())

    found = index.match(SET[0], 2)

    assert len(found) == 2
    assert all(pair.id_a != pair.id_b for pair in found)


def test_one_project_under_two_countries_shares_a_key_without_country():
    records = profiles(border("a", countries="TJ"), border("b", countries="AF"))

    numbers, _ = candidates(records, load_policy())

    assert numbers == {1}


def test_a_crowded_bucket_is_limited_by_a_rule_that_is_told():
    policy = replace(
        load_policy(),
        limits={**load_policy().limits, "bucket": 5, "least": 5, "neighbours": 2, "cell": 5, "claims": 5},
    )
    crowd = [
        record(f"r{n:02}", title="Frame agreement", amount=str(1000 + n), currency="USD") for n in range(20)
    ]

    found = compare_all(crowd, policy, threshold=0)

    linked = {name for pair in found for name in (pair.id_a, pair.id_b)}
    assert any("too large to compare all with all, the largest of 20" in note for note in found.notes)
    assert linked == {one.id for one in crowd}


def test_a_crowded_cell_keeps_the_strongest_claims_of_each_record_and_says_what_it_leaves_out():
    policy = replace(load_policy(), limits={**load_policy().limits, "claims": 3})
    crowd = [job(f"p{n:02}", beneficiaries=f"Institution {n}") for n in range(20)]

    found = compare_all(crowd, policy, kinds=["overlap"])

    linked = {name for pair in found for name in (pair.id_a, pair.id_b)}
    assert len(found) < 20 * 19 / 2
    assert linked == {one.id for one in crowd}
    assert f"{190 - len(found)} weaker overlaps are left out" in found.notes[-1]


def test_more_records_ask_for_more_evidence():
    policy = load_policy()

    priors = [policy.prior("record_duplicate", size) for size in (2, 3_000, 1_000_000)]

    assert priors == sorted(priors, reverse=True)
    assert priors[0] > priors[2]


def test_the_engine_loads_without_flask_sqlalchemy_or_models():
    code = (
        "import sys, adam.matching as m; m.compare_all, m.Index, m.group, m.gaps;"
        "print([n for n in ('flask', 'sqlalchemy', 'adam.models', 'adam.domain') if n in sys.modules])"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
