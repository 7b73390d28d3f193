"""Equity: what the Herfindahl index says, and what stands beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from adam.domain.equity import Part, Spread


def spread(*usd: int) -> Spread:
    """Parts with so much money and a project each, where there is money."""
    return Spread([Part(str(at), Decimal(one), 1, bool(one)) for at, one in enumerate(usd)])


@pytest.mark.parametrize(
    ("usd", "index", "as_if"),
    [
        ((5, 5, 5, 5), "0.250", "4.0"),
        ((10, 0, 0, 0), "1.000", "1.0"),
        ((3, 1), "0.625", "1.6"),
        ((5, -5), "1.000", "1.0"),
    ],
)
def test_the_index_says_how_many_equal_parts_would_be_as_concentrated(
    usd: tuple[int, ...], index: str, as_if: str
):
    found = spread(*usd)

    assert (str(found.concentration), str(found.as_if)) == (index, as_if)


def test_even_is_one_divided_by_the_number_of_parts():
    assert str(spread(1, 0, 0, 0, 0, 0, 0, 0).even) == "0.125"


def test_of_no_money_nothing_is_said():
    found = spread(0, 0)

    assert (found.concentration, found.as_if, found.largest, found.nobody) == (None, None, None, 2)
    assert found.share(found.parts[0]) is None
    assert Spread([]).even is None
