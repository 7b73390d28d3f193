"""Money at stake: shared months × the lower monthly rate in what both share, or the reason why it can't be said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adam.domain.periods import DAYS_PER_MONTH, Period
from adam.domain.stakes import Side, at_stake

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
ALL = {"TJ": Decimal(100)}


def side(name: str = "A", **differences: object) -> Side:
    """A record of 2024 with 1200 dollars in Tajikistan under pillar I."""
    usual: dict = {
        "usd": Decimal(1200),
        "period": YEAR,
        "countries": {"TJ": None},
        "pillars": {"I": None},
    }
    return Side(name, **usual | differences)


def test_two_that_share_everything_stake_the_smaller_of_the_two():
    stake = at_stake(side(), side("B", usd=Decimal(600)))

    assert stake.usd == Decimal("600.00")
    assert stake.reason == "12.0 shared months × 49.90 US dollars a month, the lower of the two rates."


def test_only_the_shared_months_count():
    half = Period(date(2024, 7, 1), date(2025, 6, 30))

    stake = at_stake(side(), side("B", period=half))

    rate = Decimal(1200) / (Decimal(366) / DAYS_PER_MONTH)
    assert stake.usd == round(
        min(rate, Decimal(1200) / (Decimal(365) / DAYS_PER_MONTH)) * 184 / DAYS_PER_MONTH, 2
    )


def test_only_the_money_in_shared_countries_and_pillars_counts():
    wide = side(
        "B",
        countries={"TJ": Decimal(50), "KG": Decimal(50)},
        pillars={"I": Decimal(10), "IV": Decimal(90)},
    )

    stake = at_stake(side(countries=ALL, pillars={"I": Decimal(100)}), wide)

    assert stake.usd == Decimal("60.00")


def test_nothing_is_at_stake_where_they_share_no_country():
    stake = at_stake(side(countries=ALL), side("B", countries={"KG": Decimal(100)}))

    assert stake.usd == 0


@pytest.mark.parametrize(
    ("differences", "reason"),
    [
        ({"usd": None}, "B gives no amount that can be converted."),
        ({"period": Period(date(2025, 1, 1), date(2025, 2, 1))}, "The two don't run at the same time."),
        (
            {"period": Period(None, date(2024, 5, 1))},
            "A start or an end is not given, so there is no monthly rate.",
        ),
        (
            {"period": Period(date(2024, 5, 1), None)},
            "A start or an end is not given, so there is no monthly rate.",
        ),
        (
            {"countries": {"TJ": None, "KG": None}},
            "B doesn't say how its money divides among its countries or pillars.",
        ),
        (
            {"pillars": {"I": None, "IV": Decimal(50)}},
            "B doesn't say how its money divides among its countries or pillars.",
        ),
    ],
)
def test_what_cannot_be_said_says_why(differences: dict, reason: str):
    stake = at_stake(side(), side("B", **differences))

    assert (stake.usd, stake.reason) == (None, reason)


def test_the_reason_names_whose_amount_is_missing():
    stake = at_stake(side("ADAM-000007", usd=None), side("B"))

    assert stake.reason.startswith("ADAM-000007 ")


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
parts = st.dictionaries(st.sampled_from("xyz"), st.none() | st.just(Decimal(30)), max_size=3)
sides = st.builds(
    Side,
    st.just("A"),
    st.none() | st.integers(0, 10**6).map(Decimal),
    st.builds(Period, st.none() | days, st.none() | days),
    parts,
    parts,
)


@given(sides, sides)
def test_it_is_the_same_from_both_sides_and_never_more_than_either_holds(a: Side, b: Side):
    stake = at_stake(a, b)

    assert stake.usd == at_stake(b, a).usd
    assert stake.reason
    if stake.usd is not None:
        assert 0 <= stake.usd <= min(a.usd, b.usd) + Decimal("0.01")
