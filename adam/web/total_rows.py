"""The lines and the ledger of a total as rows of a page and of a file, each with the way to its records."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from adam.services import totals
from adam.services.total_records import CANCELLED, COUNTED, LINE, Part
from adam.services.work import Work
from adam.web import filters
from adam.web.labels import label

REST = {
    "country": _l("Not allocated to a country"),
    "pillar": _l("Not assigned to a pillar"),
    "commitment": _l("Not assigned to a commitment"),
    "donor": _l("Donor not stated"),
    "implementer": _l("Not allocated to an implementer"),
    "year": _l("Year not stated"),
    "assistance_type": _l("Not allocated to a kind of help"),
    "status": _l("Status not stated"),
}
PARTS = {
    COUNTED: _l("Counted records"),
    "left_out": _l("Left out: counted with another record"),
    "record_duplicate": _l("Left out: written down twice"),
    "same_money": _l("Left out: the same money"),
    "component": _l("Left out: part and whole"),
    "without_amount": _l("Records that give no amount"),
    "not_converted": _l("Records whose amounts can't be converted"),
    "partly_converted": _l("Records counted with a part of their amounts"),
    CANCELLED: _l("Cancelled records"),
}


def line(by: str, item: dict[str, Any]) -> dict[str, Any]:
    """One line; names of codes in the reader's language."""
    key = item["key"]
    return {
        "key": key,
        "name": str(REST[by]) if key is None else _name(by, key, item["name"]),
        "records": item["records"],
        "usd": Decimal(item["usd"]),
        "left_out": Decimal(item["left_out_usd"]),
        "share": item["share"],
        "url": opening(LINE, by=by, line=key or ""),
    }


def _name(by: str, key: str, name: str) -> str:
    if by == "country":
        return filters.country_name(key)
    if by == "status":
        return label(key, "state")
    return f"{key} {name}" if by in ("pillar", "commitment") and not name.startswith(key) else name


def opening(part: str, **more: str) -> str:
    """The address of the records behind a part, under the filters of this page."""
    changed = {"part", "page", *more}
    kept = [(key, value) for key, value in request.args.items(multi=True) if value and key not in changed]
    return f"/totals/records?{urlencode([*kept, ('part', part), *more.items()])}"


def part_name(w: Work, part: Part) -> str:
    """What a part of a total is called."""
    if part.name != LINE:
        return str(PARTS[part.name])
    if part.key is None:
        return str(REST[part.by])
    return _name(part.by, part.key, totals.names(w, part.by, [part.key])[part.key])


def ledger(book: dict[str, Any]) -> list[dict[str, Any]]:
    """From what is reported to what is counted: {label, note, amount, kind, url}."""
    rows: list[dict[str, Any]] = [
        {
            "label": _("Reported in all"),
            "note": ngettext("one record", "%(num)s records", book["records"]),
            "amount": Decimal(book["reported"]),
        }
    ]
    rows += [
        {
            "label": str(PARTS[left["kind"]]),
            "note": ngettext("one record", "%(num)s records", left["records"]),
            "amount": -Decimal(left["usd"]),
            "kind": "less",
            "url": opening(left["kind"]),
        }
        for left in book["left_out"]
        if left["records"]
    ]
    counted = {"label": _("Counted once"), "amount": Decimal(book["counted"]), "kind": "sum"}
    return [*rows, counted | {"url": opening(COUNTED)}]


SILENT: tuple[tuple[str, Any, Any], ...] = (
    ("without_amount", _l("One record gives no amount."), _l("%(num)s records give no amount.")),
    (
        "not_converted",
        _l("One record gives amounts for which no rate is known; it counts as nothing."),
        _l("%(num)s records give amounts for which no rate is known; they count as nothing."),
    ),
    (
        "partly_converted",
        _l("One record is counted with a part of its amounts: no rate is known for the others."),
        _l("%(num)s records are counted with a part of their amounts: no rate is known for the others."),
    ),
)


def notes(book: dict[str, Any], by: str) -> list[dict[str, Any]]:
    """What a total leaves aside beyond its links: sentences, each with the way to its records."""
    found: list[dict[str, Any]] = []
    if book["cancelled"]:
        text = ngettext(
            "One cancelled record is not counted",
            "%(num)s cancelled records are not counted",
            book["cancelled"],
        )
        found.append({"text": f"{text} ({_millions(book['cancelled_usd'])}).", "url": opening(CANCELLED)})
    for name, one, many in SILENT:
        if book[name]:
            words = str(one if book[name] == 1 else many) % {"num": book[name]}
            found.append({"text": words, "url": opening(name)})
    for name, grouping in (("not_allocated", "country"), ("not_assigned", "pillar")):
        if Decimal(book[name]) and by != grouping:
            words = f"{REST[grouping]}: {_millions(book[name])}."
            found.append({"text": words, "url": opening(LINE, by=grouping, line="")})
    if Decimal(book["elsewhere"]):
        told = _(
            "The filters choose whole records: %(usd)s of their money lies in other places than those asked for.",
            usd=_millions(book["elsewhere"]),
        )
        found.append({"text": told, "url": None})
    return found


def _millions(usd: str) -> str:
    return filters.plain(filters.millions(usd, "USD"))


def csv(by: str, table: dict[str, Any]) -> Iterator[list[Any]]:
    """The lines, their sum, and the ledger below them, as rows of a file."""
    for item in table["items"]:
        sums = [Decimal(item[name]) for name in ("usd", "left_out_usd")]
        yield [by, item["key"], line(by, item)["name"], item["records"], *sums, item["share"]]
    book = table["ledger"]
    sums = [Decimal(table["total"]), Decimal(book["left_out_usd"])]
    yield ["total", None, _("Counted once"), book["records"], *sums, "100.00"]
    yield from _ledger_rows(book)


def _ledger_rows(book: dict[str, Any]) -> Iterator[list[Any]]:
    def row(code: str, name: str, records: int, *sums: Any) -> list[Any]:
        return ["ledger", code, name, records, *sums, None]

    yield row("reported", _("Reported in all"), book["records"], Decimal(book["reported"]), None)
    for left in book["left_out"]:
        yield row(left["kind"], str(PARTS[left["kind"]]), left["records"], None, Decimal(left["usd"]))
    for name, _one, _many in SILENT:
        yield row(name, str(PARTS[name]), book[name], None, None)
    if book["cancelled"] is not None:
        usd = Decimal(book["cancelled_usd"])
        yield row(CANCELLED, str(PARTS[CANCELLED]), book["cancelled"], None, usd)
