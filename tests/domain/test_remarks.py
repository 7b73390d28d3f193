"""What is worth a second look without being wrong."""

from decimal import Decimal
from typing import Any

import pytest

from adam.domain.remarks import remarks
from tests.builders.documents import draft, money


def test_a_complete_project_needs_no_remark():
    assert remarks(draft()) == []


@pytest.mark.parametrize(
    "different, code",
    [
        ({"organizations": []}, "no_funder"),
        ({"beneficiaries": []}, "no_beneficiary"),
        ({"pillars": []}, "no_pillar"),
        ({"end_planned": None}, "no_end"),
        ({"contributions": []}, "no_amount"),
    ],
)
def test_what_is_left_open_is_remarked(different: dict[str, Any], code: str):
    assert remarks(draft(**different)) == [code]


@pytest.mark.parametrize(
    "paid, currency, found", [("100.01", "USD", ["overpaid"]), ("100.00", "USD", []), ("500.00", "EUR", [])]
)
def test_more_paid_than_committed_is_remarked_within_one_currency(paid: str, currency: str, found: list[str]):
    contributions = [*money("100.00"), *money(paid, currency, kind="disbursement")]

    assert remarks(draft(contributions=contributions)) == found


def test_amounts_that_cannot_be_read_are_passed_over():
    unreadable = draft(contributions=money("100.00"))
    unreadable["contributions"].append(
        unreadable["contributions"][0] | {"kind": "disbursement", "amount": None}
    )

    assert remarks(unreadable) == []
    assert unreadable["contributions"][0]["amount"] == Decimal("100.00")
