"""Money: one figure a project, and parts that add up to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adam.domain.money import Amount, Headline, apportioned, headline

totals = st.integers(-(10**14), 10**14)


@st.composite
def weights(draw: st.DrawFn) -> list[int]:
    """Shares of up to six parts, in hundredths of a percent, that add up to 100 percent at most."""
    left, found = 10_000, []
    for _ in range(draw(st.integers(0, 6))):
        if left:
            found.append(draw(st.integers(1, left)))
            left -= found[-1]
    return found


def of(kind: str, usd: str | None, currency: str = "USD", day: date | None = date(2024, 1, 1)) -> Amount:
    """A contribution of 10 of its currency."""
    return Amount(kind, Decimal(10), currency, day, None if usd is None else Decimal(usd))


@given(totals, weights())
def test_parts_and_rest_add_up_to_the_total_in_whole_cents(total: int, given_weights: list[int]):
    parts, rest = apportioned(total, given_weights, 10_000)

    assert sum(parts) + rest == total


@given(totals, weights())
def test_every_part_is_its_share_but_for_a_cent(total: int, given_weights: list[int]):
    parts, rest = apportioned(total, given_weights, 10_000)

    assert all(
        abs(part - Fraction(total * weight, 10_000)) <= 1
        for part, weight in zip(parts, given_weights, strict=True)
    )
    assert rest * total >= 0


@given(totals, weights())
def test_a_larger_share_never_gets_less(total: int, given_weights: list[int]):
    parts, _ = apportioned(abs(total), given_weights, 10_000)

    ordered = [part for _, part in sorted(zip(given_weights, parts, strict=True))]
    assert ordered == sorted(ordered)


def test_missing_cents_go_to_the_parts_that_lost_most_by_rounding_down():
    assert apportioned(10_001, [3333, 3333, 3334], 10_000) == ([3333, 3333, 3335], 0)
    assert apportioned(100, [1, 1, 1], 3) == ([34, 33, 33], 0)


def test_what_no_share_asks_for_is_the_rest():
    assert apportioned(10_000, [6000], 10_000) == ([6000], 4000)


@pytest.mark.parametrize(
    ("kinds", "chosen"),
    [
        (("pledge", "commitment", "disbursement", "expenditure"), "commitment"),
        (("pledge", "disbursement", "expenditure"), "disbursement"),
        (("pledge", "expenditure"), "expenditure"),
        (("pledge",), "pledge"),
    ],
)
def test_kinds_of_money_are_never_added_up(kinds: tuple[str, ...], chosen: str):
    figure = headline([of(kind, "10.00") for kind in kinds])

    assert (figure.kind, figure.usd) == (chosen, Decimal("10.00"))


def test_several_commitments_are_added_up():
    figure = headline([of("commitment", "10.00", day=date(2025, 1, 1)), of("commitment", "5.50")])

    assert figure == Headline(Decimal("15.50"), "commitment", Decimal(20), "USD", date(2024, 1, 1), 0)


def test_amounts_of_different_currencies_have_a_sum_in_dollars_only():
    figure = headline([of("commitment", "10.00"), of("commitment", "11.00", "EUR")])

    assert (figure.usd, figure.amount, figure.currency) == (Decimal("21.00"), None, None)


def test_an_amount_without_a_rate_is_counted_as_one_without():
    figure = headline([of("commitment", "10.00"), of("commitment", None, "TJS")])

    assert (figure.usd, figure.without_rate) == (Decimal("10.00"), 1)


def test_without_any_rate_the_figure_is_not_given_rather_than_nothing():
    figure = headline([of("commitment", None, "TJS")])

    assert (figure.usd, figure.amount, figure.currency, figure.without_rate) == (None, Decimal(10), "TJS", 1)


def test_a_project_without_money_has_no_figure():
    assert headline([]) == Headline(None, None)
