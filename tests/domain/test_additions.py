"""Money that several partners state of one record is counted once, and the figure stays what its owner gives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from adam.domain import additions
from adam.domain.additions import Stated
from adam.domain.money import Amount


def stated(by: str | None, payer: str | None, usd: int | None, kind: str = "commitment") -> Stated:
    """One amount in US dollars."""
    value = Decimal(usd) if usd is not None else None
    return Stated(by, payer, Amount(kind, value or Decimal(1), "USD", None, value))


def test_the_same_money_of_one_payer_counts_once_and_the_owners_word_goes_first():
    figure, keep = additions.figure([stated(None, "NO", 100), stated("NO", "NO", 100)])

    assert (figure.usd, keep) == (Decimal(100), [True, False])


def test_of_two_statements_about_one_payer_the_larger_counts():
    figure, keep = additions.figure([stated(None, "NO", 60), stated(None, "NO", 30), stated("NO", "NO", 100)])

    assert (figure.usd, keep) == (Decimal(100), [False, False, True])


def test_money_of_another_payer_is_co_financing_and_adds_up():
    figure, keep = additions.figure([stated(None, "UNODC", 100), stated("NO", "NO", 50)])

    assert (figure.usd, keep) == (Decimal(150), [True, True])


def test_what_is_added_to_amounts_without_payer_is_a_part_of_them_until_it_exceeds_them():
    within, kept = additions.figure([stated(None, None, 100), stated("NO", "NO", 60)])
    beyond, left = additions.figure([stated(None, None, 100), stated("NO", "NO", 60), stated("SE", "SE", 70)])

    assert (within.usd, kept) == (Decimal(100), [True, False])
    assert (beyond.usd, left) == (Decimal(130), [False, True, True])


def test_an_addition_never_changes_the_kind_of_money_that_is_summed_up():
    figure, _ = additions.figure(
        [stated(None, "UNODC", 100, "disbursement"), stated("NO", "NO", 50, "commitment")]
    )
    alone, _ = additions.figure([stated("NO", "NO", 50, "disbursement")])

    assert (figure.kind, figure.usd) == ("disbursement", Decimal(100))
    assert (alone.kind, alone.usd) == ("disbursement", Decimal(50))


def test_an_amount_without_rate_is_no_reason_to_count_a_second_one():
    figure, keep = additions.figure([stated(None, "NO", None), stated("NO", "NO", None)])

    assert (figure.usd, figure.without_rate, keep) == (None, 1, [True, False])


def test_a_record_is_read_with_the_owners_rows_first_and_the_others_with_who_states_them():
    document: dict[str, Any] = {"title": "Radios", "documents": [{"title": "a", "url": "https://a.example"}]}

    found = additions.merged(document, {"NO": {"documents": [{"title": "b", "url": "https://b.example"}]}})

    assert [row.get("stated_by") for row in found["documents"]] == [None, "NO"]
    assert document["documents"] == [{"title": "a", "url": "https://a.example"}]
