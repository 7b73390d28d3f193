"""Amounts in dollars: which day's rate counts, and when there is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from adam.exchange import rates


def test_a_dollar_is_a_dollar_on_any_day():
    converted = rates.usd(Decimal("12.34"), "USD", date(1975, 1, 1))

    assert (converted.amount, converted.rate, converted.rate_date) == (Decimal("12.34"), 1, date(1975, 1, 1))


def test_the_rate_of_a_weekend_is_fridays_and_says_so():
    converted = rates.usd(Decimal(100), "EUR", date(2020, 6, 6))

    assert (converted.amount, converted.rate_date) == (Decimal("113.30"), date(2020, 6, 5))
    assert "European Central Bank" in converted.source


def test_two_rates_of_one_day_make_a_cross_rate():
    converted = rates.usd(Decimal(100), "GBP", date(2006, 4, 1))

    assert (converted.amount, converted.rate_date) == (Decimal("173.81"), date(2006, 3, 31))


@pytest.mark.parametrize(
    ("currency", "day"),
    [
        ("AFN", date(2020, 1, 1)),
        ("EUR", date(1998, 12, 31)),
        ("RUB", date(2023, 3, 15)),
        ("EUR", date(2099, 1, 1)),
        ("not a code", date(2020, 1, 1)),
    ],
)
def test_without_a_rate_near_enough_there_is_no_amount(currency, day):
    assert rates.usd(Decimal(100), currency, day) is None


def test_a_currency_that_is_quoted_no_more_has_a_rate_for_forty_days():
    last = rates.usd(Decimal(100), "RUB", date(2022, 3, 15))

    assert last.rate_date == date(2022, 3, 1)
