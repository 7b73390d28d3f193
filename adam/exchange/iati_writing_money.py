"""The contributions of a record as IATI transactions."""

from __future__ import annotations

from typing import Any

from lxml import etree

from adam.exchange import iati_dialect as at
from adam.exchange.iati_elements import body, child, stated
from adam.exchange.iati_records import Directory, Record

STARTS = ("start_actual", "start_planned")


def transactions(found: etree._Element, record: Record, directory: Directory) -> None:
    """One transaction for each contribution, incoming where another than the reporting partner pays.

    IATI demands a date: an amount without one stands at the project's start, or at the day it was recorded, marked.
    """
    document = record.document
    start = next((document[name] for name in STARTS if document[name]), record.recorded_on.isoformat())
    for row in document["contributions"]:
        element = child(found, "transaction")
        stated(element, row)
        kind = child(element, "transaction-type")
        day = row["value_date"] or start
        child(element, "transaction-date", **{"iso-date": day})
        told = {"currency": row["currency"], "value-date": day}
        value = child(element, "value", **told)
        value.text = row["amount"]
        if row["value_date"] is None:
            value.set(at.STANDS_IN, "true")
        kind.set("code", _type(row, _provider(element, row, directory), record))
        if row["receiver_activity"] is not None:
            child(element, "receiver-org", **{"receiver-activity-id": row["receiver_activity"]})


def _provider(element: etree._Element, row: dict[str, Any], directory: Directory) -> str | None:
    """Write who pays, and give the partner that it belongs to."""
    if row["organization"] is None and row["name"] is None and row["provider_activity"] is None:
        return None
    provider = child(element, "provider-org")
    if row["provider_activity"] is not None:
        provider.set("provider-activity-id", row["provider_activity"])
    known = body(provider, row, directory)
    return known.partner if known else None


def _type(row: dict[str, Any], payer: str | None, record: Record) -> str:
    named = row["organization"] is not None or row["name"] is not None
    another = named and payer != record.owner
    incoming = at.INCOMING.get(row["kind"]) if another else None
    return incoming or at.OUTGOING[row["kind"]]
