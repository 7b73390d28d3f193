"""The money of an IATI activity: its transactions, or else its budgets, as contributions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from lxml import etree

from adam.exchange.iati_source import (
    CENT,
    LARGEST,
    Body,
    Source,
    clean,
    iso_date,
    iso_or_text,
    number,
    two_places,
)

OUTGOING = {
    "2": "commitment", "C": "commitment", "12": "pledge",
    "3": "disbursement", "D": "disbursement", "4": "expenditure", "E": "expenditure",
}  # fmt: skip
INCOMING = {"11": "commitment", "13": "pledge", "1": "disbursement", "IF": "disbursement"}
NAMES = {"commitment": "2", "disbursement": "3", "expenditure": "4", "incoming funds": "1"}
ELSEWHERE = {
    "5": "interest payment", "IR": "interest payment", "6": "loan repayment", "LR": "loan repayment",
    "7": "reimbursement", "R": "reimbursement", "8": "purchase of equity", "QP": "purchase of equity",
    "9": "sale of equity", "QS": "sale of equity", "10": "credit guarantee", "CG": "credit guarantee",
}  # fmt: skip
MOST_SINGLE, MOST_FLOWS = 24, 400


class Flow(NamedTuple):
    """What amounts must have in common to be added up."""

    kind: str
    giver: Body
    provider_activity: str | None
    receiver_activity: str | None
    currency: str


@dataclass(frozen=True, slots=True)
class Payment:
    """One amount of a flow on a day; negative where the publisher corrects an earlier one."""

    flow: Flow
    amount: Decimal
    day: date | None
    incoming: bool = False


def contributions(source: Source, names: dict[str, str]) -> list[dict[str, Any]]:
    """The contributions of an activity; `names` gives the identifier of an organization known by name.

    What the reporter gives out comes first. What it receives stands only where it gives nothing of that kind,
    for the same money would else be counted on its way in and on its way out. Budgets stand only where
    nothing is committed. Corrections are added in; what comes to nothing or less is left out and noted.
    """
    payments = [found for tx in source.all("transaction") if (found := _payment(source, tx, names))]
    kept = _one_direction(source, payments)
    if not any(payment.flow.kind == "commitment" for payment in kept):
        kept += [found for element in source.all("budget") if (found := _budget(source, element))]
    elif source.all("budget"):
        source.note("budget: commitments are stated")
    return _rows(source, kept)


def _payment(source: Source, tx: etree._Element, names: dict[str, str]) -> Payment | None:
    parts = {child.tag: child for child in tx if isinstance(child.tag, str)}
    code = _code(parts.get("transaction-type"))
    kind = OUTGOING.get(code) or INCOMING.get(code)
    if kind is None:
        source.note(f"transaction: {ELSEWHERE.get(code, 'of an unknown type')}")
        return None
    stated = _value(source, parts.get("value"), "transaction")
    if stated is None:
        return None
    amount, currency, day = stated
    incoming = code in INCOMING
    provider = parts.get("provider-org")
    giver = _giver(source, provider, names)
    if not (giver.reference or giver.name or incoming):
        giver = source.reporter
    flow = Flow(kind, giver, *_activities(provider, parts.get("receiver-org")), currency)
    return Payment(flow, amount, day or iso_date(iso_or_text(parts.get("transaction-date"))), incoming)


def _code(element: etree._Element | None) -> str:
    """The type's code in capitals, or the code that its 1.0x name stands for."""
    if element is None:
        return ""
    return (element.get("code") or "").strip().upper() or NAMES.get(clean(element.text).lower(), "")


def _value(
    source: Source, element: etree._Element | None, what: str
) -> tuple[Decimal, str, date | None] | None:
    amount = number(element.text) if element is not None else None
    if element is None or amount is None:
        source.note(f"{what}: without an amount")
        return None
    currency = (element.get("currency") or "").strip().upper() or source.currency
    if not currency or len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        source.note(f"{what}: without a currency")
        return None
    return amount, currency, iso_date(element.get("value-date"))


def _giver(source: Source, provider: etree._Element | None, names: dict[str, str]) -> Body:
    body = source.body(provider)
    if body.reference is None and body.name:
        return Body(names.get(body.name.casefold()), body.name)
    return body


def _activities(
    provider: etree._Element | None, receiver: etree._Element | None
) -> tuple[str | None, str | None]:
    given = provider.get("provider-activity-id") if provider is not None else None
    taken = receiver.get("receiver-activity-id") if receiver is not None else None
    return clean(given)[:200] or None, clean(taken)[:200] or None


def _one_direction(source: Source, payments: list[Payment]) -> list[Payment]:
    outgoing = {payment.flow.kind for payment in payments if not payment.incoming}
    if "expenditure" in outgoing:
        outgoing.add("disbursement")
    kept = [payment for payment in payments if not payment.incoming or payment.flow.kind not in outgoing]
    if len(kept) < len(payments):
        source.note("transaction: incoming money beside outgoing of the same kind")
    return kept


def _budget(source: Source, element: etree._Element) -> Payment | None:
    stated = _value(source, element.find("value"), "budget")
    if stated is None:
        return None
    amount, currency, day = stated
    kind = "commitment" if element.get("status") == "2" else "pledge"
    start = iso_date(iso_or_text(element.find("period-start")))
    return Payment(Flow(kind, source.reporter, None, None, currency), amount, day or start)


def _rows(source: Source, payments: Iterable[Payment]) -> list[dict[str, Any]]:
    flows: dict[Flow, list[Payment]] = {}
    for payment in payments:
        flows.setdefault(payment.flow, []).append(payment)
    if len(flows) > MOST_FLOWS:
        flows = _merged(flows)
    rows = []
    for flow, own in flows.items():
        for day, amount in _added_up(own):
            if CENT <= amount < LARGEST:
                rows.append(_row(flow, amount, day))
            else:
                source.note(f"{flow.kind}: nets to nothing or less")
    return sorted(rows, key=lambda row: (row["kind"], row["value_date"] or ""))


def _merged(flows: dict[Flow, list[Payment]]) -> dict[Flow, list[Payment]]:
    """Too many flows for one record: those of one giver become one, whichever activities they link."""
    merged: dict[Flow, list[Payment]] = {}
    for flow, payments in flows.items():
        merged.setdefault(flow._replace(provider_activity=None, receiver_activity=None), []).extend(payments)
    return merged


def _added_up(payments: list[Payment]) -> list[tuple[date | None, Decimal]]:
    """Commitments and pledges by day, payments by year (dated at the first day of it that had one).

    Where a correction would leave a day or year without money, the whole flow becomes one amount, so that the
    total stays the publisher's own.
    """
    single = payments[0].flow.kind in ("commitment", "pledge") and len(payments) <= MOST_SINGLE
    sums: dict[Any, Decimal] = {}
    first: dict[Any, date | None] = {}
    for payment in sorted(payments, key=lambda payment: payment.day or date.max):
        key = payment.day if single or payment.day is None else payment.day.year
        sums[key] = sums.get(key, Decimal(0)) + payment.amount
        first.setdefault(key, payment.day)
    rounded = {key: amount.quantize(CENT) for key, amount in sums.items()}
    if any(amount < CENT for amount in rounded.values()) and any(payment.amount < 0 for payment in payments):
        days = [payment.day for payment in payments if payment.day and payment.amount > 0]
        return [(min(days, default=None), sum(sums.values(), Decimal(0)).quantize(CENT))]
    return [(first[key], amount) for key, amount in rounded.items() if amount]


def _row(flow: Flow, amount: Decimal, day: date | None) -> dict[str, Any]:
    return {
        "organization": flow.giver.reference,
        "name": flow.giver.name,
        "kind": flow.kind,
        "amount": two_places(amount),
        "currency": flow.currency,
        "value_date": day.isoformat() if day else None,
        "provider_activity": flow.provider_activity,
        "receiver_activity": flow.receiver_activity,
    }
