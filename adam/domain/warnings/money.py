"""Warnings about contributions, and the one error among them: more paid out than committed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from adam.domain.warnings.dates import QUARTER, YEAR, begins, ends
from adam.domain.warnings.known import Draft, Found, Known, Usual, figure, words

PAID = ("disbursement", "expenditure")
PLACEHOLDERS = {Decimal(text) for text in ("0.01", "1", "99", "999", "9999", "12345", "123456", "1234567")}
NINES = 5
FEW = 20
"""Below so many records nobody can say what is usual."""
FAR = 3
"""How many times the middle half's own width, in orders of size, an amount may lie beyond it."""
WIDEST = Decimal(2)
"""The middle half is taken to span at least this factor: figures that are all alike say little of the next."""


def _rows(draft: Draft, *kinds: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The contributions of these kinds whose amount can be read, with their row."""
    for number, row in enumerate(draft["contributions"]):
        if row["amount"] is not None and (not kinds or row["kind"] in kinds):
            yield number, row


def disbursed_over_committed(draft: Draft, _known: Known) -> Found:
    """More was paid out in a currency than was committed in it."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for _number, row in _rows(draft):
        sums[row["kind"], row["currency"]] += row["amount"]
    for currency in [currency for kind, currency in sums if kind == "commitment" and currency]:
        committed = sums["commitment", currency]
        paid, kind = max((sums.get((kind, currency), Decimal(0)), kind) for kind in PAID)
        if paid > committed:
            said = "disbursed" if kind == "disbursement" else "spent"
            detail = f"{figure(committed)} {currency} were committed, yet {figure(paid)} {currency} {said}."
            yield "contributions", f"{detail} Check the amounts, or add the commitment that is missing."


def no_amount(draft: Draft, _known: Known) -> Found:
    """No amount is given: the project is listed, but counts with no money."""
    if not draft["contributions"]:
        yield "contributions", "No amount is given: the project is listed, but counts with no money."


def placeholder_amount(draft: Draft, _known: Known) -> Found:
    """The amount looks like a placeholder."""
    for number, row in _rows(draft):
        digits = f"{row['amount']:f}".rstrip("0").rstrip(".") if "." in f"{row['amount']:f}" else ""
        nines = len(digits) >= NINES and set(digits) == {"9"}
        if row["amount"] in PLACEHOLDERS or nines:
            detail = f"{figure(row['amount'])} looks like a placeholder."
            yield f"contributions/{number}/amount", detail


def no_value_date(draft: Draft, _known: Known) -> Found:
    """The amount has no value date, so it is converted at the rate of the project's start."""
    for number, row in _rows(draft):
        if row["value_date"] is None and row["currency"] not in (None, "USD"):
            detail = f"{figure(row['amount'])} {row['currency']} has no value date to be converted at."
            yield f"contributions/{number}/value_date", detail


def value_date_ahead(draft: Draft, known: Known) -> Found:
    """The value date is in the future."""
    for number, row in _rows(draft, "commitment", *PAID):
        day = row["value_date"]
        if day and day > known.today:
            yield f"contributions/{number}/value_date", f"The value date, {words(day)}, is in the future."


def spent_before_start(draft: Draft, _known: Known) -> Found:
    """Money was paid out more than three months before the project began."""
    start = begins(draft)
    for number, row in _rows(draft, *PAID):
        day = row["value_date"]
        if start and day and day < start - QUARTER:
            detail = f"It was paid out on {words(day)}, before the start, {words(start)}."
            yield f"contributions/{number}/value_date", detail


def spent_long_after_end(draft: Draft, _known: Known) -> Found:
    """Money was paid out more than two years after the project ended."""
    end = ends(draft)
    for number, row in _rows(draft, *PAID):
        day = row["value_date"]
        if end and day and day > end + 2 * YEAR:
            detail = f"It was paid out on {words(day)}, long after the end, {words(end)}."
            yield f"contributions/{number}/value_date", detail


def cancelled_but_paid(draft: Draft, _known: Known) -> Found:
    """The project is cancelled, yet money was paid out after its end."""
    end = draft["end_actual"]
    if draft["status"] != "cancelled" or end is None:
        return
    for number, row in _rows(draft, *PAID):
        day = row["value_date"]
        if day and day > end + timedelta(days=1):
            detail = f"The project was cancelled on {words(end)}, yet money was paid out on {words(day)}."
            yield f"contributions/{number}/value_date", detail


def completed_without_payment(draft: Draft, _known: Known) -> Found:
    """The project is completed and money was committed, yet nothing is recorded as paid out."""
    kinds = {row["kind"] for _number, row in _rows(draft)}
    if draft["status"] == "completed" and "commitment" in kinds and not kinds.intersection(PAID):
        yield "contributions", "The project is completed, yet nothing is recorded as disbursed or spent."


def paid_without_commitment(draft: Draft, _known: Known) -> Found:
    """Money was paid out, yet nothing is recorded as committed."""
    kinds = {row["kind"] for _number, row in _rows(draft)}
    if kinds.intersection(PAID) and "commitment" not in kinds:
        yield "contributions", "Money was paid out, yet nothing is recorded as committed."


def payer_not_named(draft: Draft, _known: Known) -> Found:
    """Nobody is named as giving the amount."""
    for number, row in _rows(draft):
        if not (row["organization"] or row["name"]):
            detail = f"Nobody is named as giving {figure(row['amount'])} {row['currency'] or ''}".rstrip()
            yield f"contributions/{number}/organization", f"{detail}."


def twin_contribution(draft: Draft, _known: Known) -> Found:
    """Two contributions are the same in every answer."""
    seen: set[tuple[Any, ...]] = set()
    for number, row in _rows(draft):
        whole = tuple(sorted((key, str(value)) for key, value in row.items()))
        if whole in seen:
            detail = (
                f"{figure(row['amount'])} {row['currency']} stands twice with the same payer, kind and date."
            )
            yield f"contributions/{number}/amount", detail
        seen.add(whole)


def budget_unusual(_draft: Draft, known: Known) -> Found:
    """The budget is far from what is usual for its kind of help or sector."""
    if known.usd is None:
        return
    for usual in known.usual:
        if usual.records >= FEW and _far(known.usd, usual):
            half = f"half of them lie between {_round(usual.low)} and {_round(usual.high)}"
            detail = (
                f"The budget is {_round(known.usd)} US dollars. The {usual.records} records of {usual.what}"
            )
            yield "contributions", f"{detail} have a median of {_round(usual.median)}, and {half}."
            return


def _far(usd: Decimal, usual: Usual) -> bool:
    """Beyond the quartiles by more than FAR times their own distance, in orders of size (Tukey's outer fence)."""
    width = max(usual.high / usual.low, WIDEST) ** FAR
    return usd > usual.high * width or usd < usual.low / width


def _round(amount: Decimal) -> str:
    """An amount in words of a sentence: 1.2 million, 340 thousand, 950."""
    for size, name in ((10**9, " billion"), (10**6, " million"), (10**3, " thousand")):
        if amount >= size:
            return f"{amount / size:.1f}{name}"
    return f"{amount:.0f}"


RULES = (
    no_amount,
    placeholder_amount,
    no_value_date,
    value_date_ahead,
    spent_before_start,
    spent_long_after_end,
    cancelled_but_paid,
    completed_without_payment,
    paid_without_commitment,
    payer_not_named,
    twin_contribution,
    budget_unusual,
)
