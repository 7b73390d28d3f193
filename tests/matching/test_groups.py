"""Groups draw pairs together without chaining strangers."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from adam.matching import compare_all, group, load_policy
from tests.matching.builders import border, pair, record


def test_records_that_are_all_linked_are_one_group():
    links = [pair(one, other, 0.7) for one, other in combinations("abcdefghijklmno", 2)]

    found = group(links, [])

    assert [len(one.members) for one in found] == [15]


def test_one_weak_link_does_not_chain_strangers():
    north = [pair(one, other) for one, other in combinations("abc", 2)]
    south = [pair(one, other) for one, other in combinations("xyz", 2)]

    found = group([*north, *south, pair("c", "x", 0.6)], [])

    assert sorted(one.members for one in found) == [("a", "b", "c"), ("x", "y", "z")]


def test_a_chain_is_cut_at_its_weaker_link():
    links = [pair("a", "b", 0.9), pair("b", "c", 0.6)]

    found = group(links, [])

    assert [one.members for one in found] == [("a", "b")]


def test_the_best_linked_and_fullest_record_stands_for_the_group():
    links = [pair(one, other) for one, other in combinations("abc", 2)]
    records = [
        record("a"),
        record("b", title="Border posts", countries="TJ"),
        record("c", title="Border posts"),
    ]

    found = group(links, records)

    assert found[0].representative == "b"


@given(st.permutations([pair(a, b, 0.5 + 0.01 * n) for n, (a, b) in enumerate(combinations("abcde", 2))]))
def test_the_order_of_the_pairs_changes_nothing(links):
    expected = group(sorted(links, key=lambda one: (one.id_a, one.id_b)), [])

    found = group(links, [])

    assert found == expected


def test_fifteen_orders_under_one_title_are_one_group():
    title = "INL COVID related law enforcement equipment"
    told = {
        "title": title,
        "description": f"{title}: covers the cost of supplies",
        "countries": "MK",
        "currency": "USD",
    }
    orders = [
        record(
            f"o{n:02}",
            **told,
            reporter="United States",
            implementers=f"Shop {n % 7}",
            start=f"2020-0{6 + n % 3}-{10 + n}",
            end=f"2020-0{6 + n % 3}-{10 + n}",
            amount=str(1284 * (n + 1)),
            identifiers=f"iati:US-GOV-11-MK-{n}",
        )
        for n in range(15)
    ]

    found = group(compare_all(orders, load_policy()), orders)

    assert [len(one.members) for one in found] == [15]


def test_a_phase_is_grouped_with_its_like_only_where_the_links_are_strong():
    records = [border("a"), border("b"), record("z", title="Prison reform", countries="PK")]

    found = group(compare_all(records, load_policy()), records)

    assert [one.members for one in found] == [("a", "b")]
