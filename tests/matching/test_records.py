"""Records are read from plain rows, with every problem told at once."""

from datetime import date
from decimal import Decimal

import pytest

from adam.errors import Invalid
from adam.matching import Record
from tests.matching.builders import record


def test_country_codes_of_three_letters_are_read_as_two():
    row = {"id": "a", "countries": "AFG; tj;998"}

    found = Record.from_mapping(row)

    assert found.countries == ("AF", "TJ", "998")


def test_every_problem_of_a_row_is_told_at_once():
    row = {
        "countries": "Atlantis",
        "start": "31.5.2013",
        "amount": "much",
        "currency": "$",
        "relations": "friend>b",
    }

    with pytest.raises(Invalid) as wrong:
        Record.from_mapping(row)

    pointers = {problem.pointer for problem in wrong.value.problems}
    assert pointers == {"#/id", "#/countries", "#/start", "#/amount", "#/currency", "#/relations"}


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e30", "12,5"])
def test_what_is_no_amount_is_refused(amount):
    row = {"id": "a", "amount": amount}

    with pytest.raises(Invalid) as wrong:
        Record.from_mapping(row)

    assert [problem.code for problem in wrong.value.problems] == ["not_an_amount"]


def test_amounts_are_converted_at_the_value_date_or_else_at_the_start():
    asked = []

    def convert(amount, currency, on):
        asked.append((currency, on))
        return amount * 2

    row = {"id": "a", "amount": "10", "currency": "eur", "start": "2013-06-01"}
    found = Record.from_mapping(row, convert)

    assert found.amount_usd == Decimal(20)
    assert asked == [("EUR", date(2013, 6, 1))]


def test_dollars_need_no_rate_and_other_money_without_a_rate_stays_unconverted():
    row = {"amount": "10", "value_date": "2013-06-01"}

    dollars, afghanis = record("a", **row, currency="USD"), record("b", **row, currency="AFN")

    assert dollars.amount_usd == 10
    assert afghanis.amount_usd is None


def test_lists_may_come_as_lists_and_relations_as_pairs():
    row = {"id": "a", "funders": ["Norway", "Norway", " France "], "relations": [("component", "XM-DAC-1-2")]}

    found = Record.from_mapping(row)

    assert found.funders == ("Norway", "France")
    assert found.relations == (("component", "XM-DAC-1-2"),)


def test_unknown_columns_are_passed_over():
    row = {"id": "a", "colour": "green"}

    found = Record.from_mapping(row)

    assert found == Record("a")
