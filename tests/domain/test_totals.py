"""Totals that explain themselves: every dollar once, and a reason for every dollar that is left out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.domain.totals import SAME, Link, Total, once

KEYS = "abcdefg"
sums = st.dictionaries(
    st.sampled_from(KEYS), st.none() | st.integers(0, 30).map(lambda n: Decimal(n) / 4), min_size=1
)
links = st.lists(
    st.builds(
        Link,
        st.sampled_from([*SAME, "component"]),
        st.sampled_from(KEYS + "z"),
        st.sampled_from(KEYS + "z"),
        st.sampled_from(["a coordinator", "the reporter"]),
    ).flatmap(lambda link: st.sampled_from([link, replace(link, whole=link.a)])),
    max_size=8,
)


def total(linked: str, kind: str = "same_money", **usd: int | None) -> Total:
    """The total of records by name; `linked` is "ab bc": pairs of names."""
    amounts = {key: None if value is None else Decimal(value) for key, value in usd.items()}
    return once(amounts, [Link(kind, pair[0], pair[1], "a coordinator") for pair in linked.split()])


def whole_and_parts(linked: str, said: bool = True, **usd: int) -> dict[str, int]:
    """What each record is counted with, where the pairs are a whole and its part; `said`: which is which is known."""
    amounts = {key: Decimal(value) for key, value in usd.items()}
    links = [
        Link("component", pair[0], pair[1], "the reporter", pair[0] if said else None)
        for pair in linked.split()
    ]
    return {key: int(value) for key, value in once(amounts, links).counted.items()}


@given(sums, links)
@settings(deadline=None)
def test_what_is_reported_is_what_is_counted_and_what_is_left_out(amounts, linked):
    found = once(amounts, linked)

    assert found.reported == sum((usd for usd in amounts.values() if usd is not None), Decimal(0))
    assert found.grand <= found.reported
    assert found.reported - found.grand == sum((out.usd for out in found.left_out), Decimal(0))
    assert set(found.without_amount) == {key for key, usd in amounts.items() if usd is None}


@given(sums, links)
@settings(deadline=None)
def test_a_record_is_counted_whole_or_left_out_once_because_of_another(amounts, linked):
    found = once(amounts, linked)

    left = [out.id for out in found.left_out]
    assert len(left) == len(set(left))
    assert all(out.because_of != out.id and out.because_of in amounts for out in found.left_out)
    assert all(usd in (0, amounts[key]) for key, usd in found.counted.items())
    assert all((key in left) == (found.counted[key] != amounts[key]) for key in found.counted)


@given(sums, links, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_and_direction_of_links_change_nothing(amounts, linked, random):
    turned = [replace(link, a=link.b, b=link.a) if random.random() < 0.5 else link for link in linked]
    random.shuffle(turned)

    first, second = once(amounts, linked), once(amounts, turned)

    assert first.counted == second.counted
    assert set(first.left_out) == set(second.left_out)


@given(sums, links)
@settings(deadline=None)
def test_a_total_with_money_never_becomes_nothing(amounts, linked):
    found = once(amounts, linked)

    assert found.grand >= max((usd for usd in amounts.values() if usd is not None), default=Decimal(0))


def test_of_the_same_money_the_largest_amount_is_counted():
    found = total("ab bc", a=5, b=9, c=7)

    assert found.grand == 9
    assert {(out.id, out.usd, out.because_of) for out in found.left_out} == {("a", 5, "b"), ("c", 7, "b")}


def test_same_money_hangs_together_through_a_third_record():
    found = total("ab bc", a=9, b=1, c=9)

    assert found.grand == 9


def test_a_link_to_a_record_outside_the_scope_changes_nothing():
    found = total("ax", a=5, b=7)

    assert (found.grand, found.left_out) == (12, ())


def test_a_record_without_an_amount_takes_no_money_with_it():
    found = total("ab", a=None, b=7)

    assert (found.grand, found.without_amount, found.left_out) == (7, ("a",), ())


@pytest.mark.parametrize(
    ("linked", "usd", "counted"),
    [
        ("pa pb", {"p": 10, "a": 4, "b": 5}, {"p": 10, "a": 0, "b": 0}),
        ("pa pb", {"p": 10, "a": 6, "b": 7}, {"p": 0, "a": 6, "b": 7}),
        ("pa pb", {"p": 10, "a": 4, "b": 6}, {"p": 10, "a": 0, "b": 0}),
        ("pa ab", {"p": 20, "a": 9, "b": 5}, {"p": 20, "a": 0, "b": 0}),
        ("pa pb ax ay", {"p": 10, "a": 6, "b": 5, "x": 2, "y": 3}, {"p": 0, "a": 6, "b": 5, "x": 0, "y": 0}),
        ("pa pb ax ay", {"p": 10, "a": 6, "b": 5, "x": 4, "y": 3}, {"p": 0, "a": 0, "b": 5, "x": 4, "y": 3}),
    ],
)
def test_a_whole_or_its_parts_are_counted_level_by_level(linked: str, usd, counted):
    assert whole_and_parts(linked, **usd) == counted


def test_the_largest_is_the_whole_where_nobody_said_which_is():
    assert whole_and_parts("pa pb", said=False, p=10, a=4, b=5) == {"p": 10, "a": 0, "b": 0}


def test_parts_of_a_whole_that_is_not_recorded_are_all_counted():
    assert whole_and_parts("pa pb ab", said=False, p=10, a=8, b=7) == {"p": 10, "a": 8, "b": 7}


def test_a_circle_of_wholes_loses_no_money():
    counted = whole_and_parts("ab bc ca", a=3, b=2, c=1)

    assert sum(counted.values()) == 3


def test_a_part_that_is_recorded_twice_is_still_a_part():
    links = [Link("component", "p", "a", "the reporter"), Link("same_money", "a", "b", "a coordinator")]

    found = once({"p": Decimal(20), "a": Decimal(9), "b": Decimal(10)}, links)

    assert found.grand == 20
    assert {out.id for out in found.left_out} == {"a", "b"}


def test_every_left_out_record_says_why_and_who_says_so():
    found = once({"a": Decimal(5), "b": Decimal(9)}, [Link("same_money", "a", "b", "the reporter")])

    [out] = found.left_out
    assert (out.id, out.kind, out.source) == ("a", "same_money", "the reporter")


def test_a_whole_that_is_named_holds_its_parts_though_one_of_them_is_larger():
    links = [Link("component", "p", part, "the reporter", whole="p") for part in "ab"]

    found = once({"p": Decimal(5), "a": Decimal(6), "b": Decimal(4)}, links)

    assert found.counted == {"p": 0, "a": 6, "b": 4}
    assert [(out.id, out.usd) for out in found.left_out] == [("p", 5)]


def test_parts_that_no_recorded_whole_holds_are_all_counted():
    found = total("ab bc", "component", a=6, b=5, c=7)

    assert (found.grand, found.left_out) == (18, ())


def test_two_that_are_each_called_the_whole_of_the_other_are_counted_once():
    links = [Link("component", "a", "b", "the reporter", whole=one) for one in "ab"]

    found = once({"a": Decimal(5), "b": Decimal(9)}, links)

    assert found.grand == 9
