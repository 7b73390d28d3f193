"""Holdings: a record's money divides to the cent, and all of its parts are the record's figure by every grouping."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from adam.domain.holdings import Assigned, Paid, Place, only, payments, places

COUNTRIES = ("AF", "TJ", "PK", "IR")
PILLARS = ("I", "II", "III", "IV")
cents = st.integers(-(10**15), 10**15)
Shares = list[tuple[str, Decimal | None]]


@st.composite
def shares(draw: st.DrawFn, keys: tuple[str, ...], most: int = 4) -> Shares:
    """Keys with shares of 100 at most together, some not given."""
    left, found = 10_000, []
    for key in draw(st.lists(st.sampled_from(keys), unique=True, max_size=most)):
        part = draw(st.none() | st.integers(1, left)) if left else None
        left -= part or 0
        found.append((key, None if part is None else Decimal(part) / 100))
    return found


@st.composite
def assignments(draw: st.DrawFn) -> list[Assigned]:
    """Pillars and commitments with shares of 100 at most together."""
    keys = tuple(f"{pillar}.{number}" for pillar in PILLARS for number in range(3))
    return [
        Assigned(key.partition(".")[0], key if key[-1] != "0" else None, share, draw(st.booleans()))
        for key, share in draw(shares(keys, 5))
    ]


paid = st.lists(
    st.builds(Paid, st.none() | st.sampled_from(("NO", "US")), st.none() | st.integers(1990, 2030), cents),
    max_size=5,
)


def money(found: list[Place], at: int = 0) -> dict[str | None, int]:
    """The cents of places by country (0), pillar (1) or commitment (2)."""
    sums: dict[str | None, int] = defaultdict(int)
    for place in found:
        sums[place[at]] += place.cents
    return {key: part for key, part in sums.items() if part}


@given(cents, shares(COUNTRIES), assignments())
@settings(deadline=None, max_examples=300)
def test_the_money_of_all_places_is_the_records(total: int, countries: Shares, pillars: list[Assigned]):
    found = places(total, countries, pillars)

    for at in range(3):
        assert sum(money(found, at).values()) == total
    assert len({place[:3] for place in found}) == len(found)


@given(cents, shares(COUNTRIES), assignments())
@settings(deadline=None, max_examples=150)
def test_a_country_gets_its_share_whatever_the_pillars(
    total: int, countries: Shares, pillars: list[Assigned]
):
    by_country = money(places(total, countries, pillars))

    for country, share in countries:
        own = by_country.get(country, 0)
        if share is None and len(countries) > 1:
            assert own == 0
        elif share is not None:
            assert abs(own - total * share / 100) <= 1


@given(cents, shares(COUNTRIES), assignments())
@settings(deadline=None, max_examples=150)
def test_a_record_stands_in_every_country_and_assignment_that_it_names_and_nowhere_else(
    total: int, countries: Shares, pillars: list[Assigned]
):
    found = places(total, countries, pillars)

    codes = [code for code, _ in countries] or [None]
    under = [(one.pillar, one.commitment) for one in pillars] or [(None, None)]
    assert {place[:3] for place in found if place.stands} == {(code, *one) for code in codes for one in under}
    assert all(place.cents for place in found if not place.stands)


@given(cents, paid, st.lists(st.sampled_from(("NO", "US", "FR")), unique=True))
@settings(deadline=None, max_examples=150)
def test_what_the_amounts_do_not_explain_is_not_stated(total: int, amounts: list[Paid], donors: list[str]):
    found = payments(total, amounts, donors)

    assert sum(one.cents for one in found) == total


def test_a_regional_project_stands_in_each_country_and_is_counted_once():
    found = places(10_000, [("AF", Decimal(60)), ("TJ", Decimal(40))], [Assigned("I", None, None, False)])

    assert [(place.country, place.pillar, place.cents) for place in found] == [
        ("AF", "I", 6000),
        ("TJ", "I", 4000),
    ]


def test_without_shares_a_regional_projects_money_is_not_allocated():
    found = places(100, [("AF", None), ("TJ", None)], [Assigned("I", None, None, False)])

    assert money(found) == {None: 100}
    assert [place.country for place in found if place.stands] == ["AF", "TJ"]


def test_the_only_country_and_the_only_confirmed_pillar_hold_all_the_money():
    [place] = places(100, [("AF", None)], [Assigned("I", "I.4", None, False)])

    assert place == ("AF", "I", "I.4", 100, True, False)


def test_a_pillar_that_is_only_proposed_holds_no_money_without_a_share():
    found = places(100, [("AF", None)], [Assigned("I", "I.4", None, True)])

    assert money(found, 1) == {None: 100}
    assert [(place.pillar, place.proposed) for place in found if place.stands] == [("I", True)]


def test_two_commitments_of_the_only_pillar_leave_its_money_under_the_pillar():
    found = places(
        100, [("AF", None)], [Assigned("I", "I.4", None, False), Assigned("I", "I.5", None, False)]
    )

    assert (money(found, 1), money(found, 2)) == ({"I": 100}, {None: 100})


def test_a_record_without_country_and_pillar_stands_in_neither():
    assert places(100, [], []) == [(None, None, None, 100, True, False)]


def test_money_of_no_named_payer_is_the_only_donors():
    amounts = [Paid(None, 2024, 60), Paid("US", 2024, 40)]

    assert payments(100, amounts, ["NO"]) == [Paid("NO", 2024, 60), Paid("US", 2024, 40)]
    assert payments(100, amounts, ["NO", "US"]) == [Paid(None, 2024, 60), Paid("US", 2024, 40)]


def test_only_one_of_several_stands_for_nothing():
    assert (only(["a", "a"]), only(["a", "b"]), only([])) == ("a", None, None)
