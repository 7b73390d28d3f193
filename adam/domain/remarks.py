"""Remarks: what is allowed but worth a second look before a project is submitted or accepted."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

NO_FUNDER, NO_AMOUNT, NO_PILLAR = "no_funder", "no_amount", "no_pillar"
NO_END, NO_BENEFICIARY, OVERPAID = "no_end", "no_beneficiary", "overpaid"
CODES = (NO_FUNDER, NO_BENEFICIARY, NO_PILLAR, NO_END, NO_AMOUNT, OVERPAID)


def remarks(draft: dict[str, Any]) -> list[str]:
    """The codes of what is worth a look in a draft; nothing here stops anybody (DOMAIN.md, complaint 7)."""
    found = {
        NO_FUNDER: not any(row["role"] == "funding" for row in draft["organizations"]),
        NO_BENEFICIARY: not draft["beneficiaries"],
        NO_PILLAR: not draft["pillars"],
        NO_END: not (draft["end_planned"] or draft["end_actual"]),
        NO_AMOUNT: not draft["contributions"],
        OVERPAID: _overpaid(draft["contributions"]),
    }
    return [code for code in CODES if found[code]]


def _overpaid(contributions: list[dict[str, Any]]) -> bool:
    """Whether more was paid out than committed, in any one currency in which something was committed."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in contributions:
        if row["amount"] is not None:
            sums[row["kind"], row["currency"]] += row["amount"]
    committed = {currency: total for (kind, currency), total in sums.items() if kind == "commitment"}
    paid = ("disbursement", "expenditure")
    return any(sums[kind, currency] > total for currency, total in committed.items() for kind in paid)
