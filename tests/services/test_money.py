"""Conversion: our own rates first, then the central bank's; without a rate nothing is made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from adam.errors import Invalid
from adam.models.vocabulary import Rate
from adam.services.money import Converter, load_rates
from tests.builders.documents import money
from tests.builders.recording import Works, recorded

DAY = date(2024, 1, 1)


def rate(currency: str = "AFN", day: date = DAY, usd: str = "0.0125", source: str = "bank") -> dict:
    """A row of a file of rates."""
    return {"currency": currency, "day": day, "usd": Decimal(usd), "source": source}


def test_dollars_are_dollars(work: Works):
    found = Converter(work()).usd(Decimal("10.00"), "USD", None)

    assert (found.amount, found.rate) == (Decimal("10.00"), 1)


def test_the_central_banks_rate_is_that_of_the_day_before_a_holiday(work: Works):
    found = Converter(work()).usd(Decimal("100.00"), "EUR", date(2008, 1, 1))

    assert (found.rate, found.rate_date, found.amount) == (
        Decimal("1.4721000000"),
        date(2007, 12, 31),
        Decimal("147.21"),
    )


def test_an_own_rate_counts_before_the_central_banks(work: Works):
    load_rates(work(), [rate("EUR", usd="2")])

    found = Converter(work()).usd(Decimal("10.00"), "EUR", date(2024, 6, 1))

    assert (found.amount, found.rate_date, found.source) == (Decimal("20.00"), DAY, "bank")


@pytest.mark.parametrize(
    ("on", "usd"),
    [
        (date(2023, 12, 31), None),
        (DAY, "12.50"),
        (date(2024, 12, 31), "12.50"),
        (date(2025, 2, 5), None),
        (None, None),
    ],
)
def test_an_own_rate_holds_from_its_day_for_about_a_year(work: Works, on: date | None, usd: str | None):
    load_rates(work(), [rate()])

    found = Converter(work()).usd(Decimal("1000.00"), "AFN", on)

    assert (found and found.amount) == (Decimal(usd) if usd else None)


def test_the_newest_rate_that_is_not_later_counts(work: Works):
    load_rates(
        work(), [rate(), rate(day=date(2024, 6, 1), usd="0.02"), rate(day=date(2024, 9, 1), usd="0.9")]
    )

    found = Converter(work()).usd(Decimal("100.00"), "AFN", date(2024, 8, 31))

    assert found.amount == Decimal("2.00")


def test_without_a_rate_there_is_no_amount_in_dollars(work: Works):
    row = Converter(work()).row({"amount": Decimal(5), "currency": "AFN", "value_date": DAY}, None)

    assert row == {"usd": None, "rate": None, "rate_date": None}


def test_a_rate_that_comes_later_converts_what_had_none(work: Works, session: Session):
    project = recorded(work(), contributions=money("1000.00", "AFN"))

    changed = load_rates(work(), [rate()])

    session.refresh(project)
    assert changed == (1, 1)
    assert (project.usd, project.without_rate) == (Decimal("12.50"), 0)


def test_the_same_rates_again_change_nothing(work: Works):
    load_rates(work(), [rate()])
    w = work()

    assert load_rates(w, [rate()]) == (0, 0)
    assert w.changes == []


def test_a_rate_that_is_mended_is_changed(work: Works, session: Session):
    load_rates(work(), [rate()])

    load_rates(work(), [rate(usd="0.013", source="another bank")])

    stored = session.get(Rate, ("AFN", DAY))
    assert (stored.usd, stored.source) == (Decimal("0.0130000000"), "another bank")


def test_an_unknown_currency_is_named_with_its_row_and_nothing_is_stored(work: Works, session: Session):
    with pytest.raises(Invalid) as refused:
        load_rates(work(), [rate(), rate("XXQ")])

    assert [problem.pointer for problem in refused.value.problems] == ["#/3/currency"]
    assert session.get(Rate, ("AFN", DAY)) is None
