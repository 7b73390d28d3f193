"""Money: one figure a project, and parts that add up to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adam.domain.money import Amount, Headline, cents, divided, headline

amounts = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)


@st.composite
def shares(draw: st.DrawFn) -> list[tuple[str, Decimal | None]]:
    """Percent shares of up to six keys that add up to 100 at most, some not given."""
    left, found = 10_000, []
    for number in range(draw(st.integers(0, 6))):
        part = draw(st.one_of(st.none(), st.integers(1, left))) if left else None
        left -= part or 0
        found.append((f"k{number % 5}", None if part is None else Decimal(part) / 100))
    return found


def of(kind: str, usd: str | None, currency: str = "USD", day: date | None = date(2024, 1, 1)) -> Amount:
    """A contribution of 10 of its currency."""
    return Amount(kind, Decimal(10), currency, day, None if usd is None else Decimal(usd))


@given(amounts, shares())
def test_parts_and_rest_add_up_to_the_total_in_whole_cents(total: Decimal, given_shares):
    parts, rest = divided(total, given_shares)

    assert sum(parts.values(), Decimal(0)) + rest == total
    assert all(part == cents(part) for part in (*parts.values(), rest))


@given(amounts, shares())
def test_every_part_is_its_share_but_for_cents(total: Decimal, given_shares):
    parts, rest = divided(total, given_shares)

    wanted: dict[str, Decimal] = {}
    for key, share in given_shares:
        if share is not None:
            wanted[key] = wanted.get(key, Decimal(0)) + total * share / 100
    assert parts.keys() == wanted.keys()
    assert all(abs(parts[key] - wanted[key]) <= Decimal("0.06") for key in parts)
    assert rest >= 0


def test_thirds_leave_no_cent_behind():
    thirds = [("a", Decimal("33.33")), ("b", Decimal("33.33")), ("c", Decimal("33.34"))]

    parts, rest = divided(Decimal("100.01"), thirds)

    assert sum(parts.values()) == Decimal("100.01")
    assert rest == 0


def test_a_share_that_is_not_given_is_not_allocated():
    parts, rest = divided(Decimal(100), [("a", Decimal(60)), ("b", None)])

    assert (parts, rest) == ({"a": Decimal("60.00")}, Decimal(40))


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
