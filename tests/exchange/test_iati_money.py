"""Transactions and budgets of an IATI activity as contributions."""

from __future__ import annotations

import pytest

from tests.exchange.iati_files import document, read_one, transaction


def rows(read: dict) -> list[tuple[str, str, str | None]]:
    return [(row["kind"], row["amount"], row["value_date"]) for row in read["contributions"]]


def budget(amount: str, status: str = "1") -> str:
    return (
        f'<budget status="{status}"><period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/>'
        f'<value value-date="2021-01-01">{amount}</value></budget>'
    )


def test_commitments_stand_singly_and_payments_by_year():
    more = (
        transaction("2", "100", "2020-01-15") + transaction("2", "50", "2020-06-15")
        + transaction("3", "10", "2020-02-01") + transaction("3", "20.555", "2020-09-01")
        + transaction("4", "5", "2021-02-01")
    )  # fmt: skip

    read = document(more)

    assert rows(read) == [
        ("commitment", "100.00", "2020-01-15"),
        ("commitment", "50.00", "2020-06-15"),
        ("disbursement", "30.56", "2020-02-01"),
        ("expenditure", "5.00", "2021-02-01"),
    ]


def test_a_correction_is_added_in_so_that_the_total_is_the_publishers():
    more = transaction("2", "100", "2020-01-15") + transaction("2", "-30", "2021-03-01")

    read = document(more)

    assert rows(read) == [("commitment", "70.00", "2020-01-15")]


def test_a_correction_within_a_year_leaves_the_other_years_alone():
    more = (
        transaction("3", "100", "2020-01-15")
        + transaction("3", "-30", "2020-02-01")
        + transaction("3", "9", "2021-02-01")
    )

    read = document(more)

    assert rows(read) == [("disbursement", "70.00", "2020-01-15"), ("disbursement", "9.00", "2021-02-01")]


def test_what_nets_to_nothing_is_left_out_and_said():
    found = read_one(transaction("2", "100") + transaction("2", "-100"))

    assert found.document["contributions"] == []
    assert "commitment: nets to nothing or less" in found.dropped


def test_the_provider_gives_and_else_the_reporter_does():
    named = (
        '<provider-org ref="NO-BRC-1" provider-activity-id="NO-BRC-1-5">'
        "<narrative>Norway</narrative></provider-org>"
    )
    more = transaction("2", "10", more=named) + transaction("2", "20")

    read = document(more)

    assert [
        (row["organization"], row["name"], row["provider_activity"]) for row in read["contributions"]
    ] == [
        ("NO-BRC-1", "Norway", "NO-BRC-1-5"),
        ("XM-DAC-41128", "UNODC", None),
    ]


def test_a_provider_known_by_name_has_the_identifier_of_the_participant():
    more = (
        '<participating-org role="1" ref="NO-BRC-1"><narrative>Norway</narrative></participating-org>'
        + transaction("2", "10", more="<provider-org><narrative>NORWAY</narrative></provider-org>")
    )

    read = document(more)

    assert read["contributions"][0]["organization"] == "NO-BRC-1"


def test_incoming_money_stands_only_where_nothing_of_its_kind_goes_out():
    incoming = transaction(
        "11", "80", more='<provider-org ref="US-GOV-1"><narrative>USAID</narrative></provider-org>'
    )

    alone, beside = document(incoming), read_one(incoming + transaction("2", "70"))

    assert [(row["organization"], row["amount"]) for row in alone["contributions"]] == [("US-GOV-1", "80.00")]
    assert rows(beside.document) == [("commitment", "70.00", "2020-01-15")]
    assert "transaction: incoming money beside outgoing of the same kind" in beside.dropped


def test_budgets_stand_only_where_nothing_is_committed():
    alone = document(budget("500") + budget("300", status="2"))
    beside = document(budget("500") + transaction("2", "70"))

    assert rows(alone) == [("commitment", "300.00", "2021-01-01"), ("pledge", "500.00", "2021-01-01")]
    assert rows(beside) == [("commitment", "70.00", "2020-01-15")]


@pytest.mark.parametrize(
    "amount", ["NaN", "Infinity", "1e999999", "1e-999999", "1_000", "", "many", "9" * 70]
)
def test_an_amount_that_is_none_is_left_out_and_said(amount):
    found = read_one(transaction("2", amount))

    assert found.document["contributions"] == []
    assert "transaction: without an amount" in found.dropped


def test_an_amount_without_a_currency_is_left_out_and_said():
    found = read_one(transaction("2", "5").replace("<value ", '<value currency="dollars" '))

    assert found.document["contributions"] == []
    assert "transaction: without a currency" in found.dropped


def test_repayments_are_not_contributions():
    found = read_one(transaction("6", "5") + transaction("LR", "5"))

    assert found.document["contributions"] == []
    assert "transaction: loan repayment" in found.dropped


def test_many_receivers_of_one_giver_become_few_rows():
    given = "".join(
        transaction("3", "1", more=f'<receiver-org receiver-activity-id="X-{n}"/>') for n in range(450)
    )

    read = document(given)

    assert rows(read) == [("disbursement", "450.00", "2020-01-15")]
