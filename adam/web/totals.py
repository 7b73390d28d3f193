"""Totals that explain themselves: the money of any records by one grouping, and the records behind each part."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from adam.exchange import tables
from adam.http import guards, languages
from adam.http.work import work
from adam.pictures import bars as drawing
from adam.services import total_records, totals
from adam.services.total_records import Part
from adam.web import choices, filters, pager, picture_files, project_filters, total_rows

blueprint = Blueprint("totals", __name__)
BY = {
    "country": _l("Country"),
    "pillar": _l("Pillar"),
    "commitment": _l("Commitment"),
    "donor": _l("Donor"),
    "implementer": _l("Implementer"),
    "year": _l("Year of the money"),
    "assistance_type": _l("Kind of help"),
    "status": _l("Status"),
}
DRAWN = 15
LINES = 50
HEAD = ("by", "code", "name", "records", "counted_usd", "left_out_usd", "share_percent")


@blueprint.get("/totals")
@guards.signed_in
def show() -> str:
    """The total of the records that pass the filters, by one grouping, and its ledger."""
    by = _by()
    with work(read_only=True) as w:
        asked = project_filters.asked()
        table = totals.table(w, asked, by)
    lines = [total_rows.line(by, line) for line in table["items"]]
    start, size = pager.window(LINES)
    return render_template(
        "totals/show.html",
        lede=_lede(table),
        filters=_form(asked, by),
        chips=project_filters.chips(),
        by_name=str(BY[by]),
        total=table["total"],
        lines=lines[start : start + size],
        pager=pager.links(len(lines[start : start + size]), len(lines), LINES),
        ledger=total_rows.ledger(table["ledger"]),
        notes=total_rows.notes(table["ledger"], by),
        bars=_bars(lines),
        caption=_caption(by),
        downloads=_downloads(),
    )


@blueprint.get("/totals.csv")
@guards.signed_in
def csv() -> Response:
    """The same as a table: the lines, their sum, and the ledger."""
    by = _by()
    with work(read_only=True) as w:
        table = totals.table(w, project_filters.asked(), by)
    out = StringIO()
    tables.write_csv(out, HEAD, total_rows.csv(by, table))
    return picture_files.sent(out.getvalue(), f"adam-totals-by-{by}.csv", "text/csv; charset=utf-8")


@blueprint.get("/totals.svg")
@guards.signed_in
def picture() -> Response:
    """The largest lines as bars, in a file of its own."""
    by = _by()
    with work(read_only=True) as w:
        table = totals.table(w, project_filters.asked(), by)
        day = w.today
    lines = [total_rows.line(by, line) for line in table["items"]]
    drawn = drawing.bars(_bars(lines), _caption(by), languages.direction())
    return picture_files.drawn(drawn, _caption(by), picture_files.note(day, Decimal(table["total"])))


@blueprint.get("/totals/records")
@guards.signed_in
def records() -> str:
    """The records behind one part of a total."""
    part = _part()
    with work(read_only=True) as w:
        rows, number = total_records.page(w, project_filters.asked(), part, pager.window())
        name = total_rows.part_name(w, part)
    return render_template(
        "totals/records.html",
        title=name,
        lede=ngettext("One record.", "%(num)s records.", number),
        back=f"/totals?{urlencode(_kept())}",
        rows=rows,
        pager=pager.links(len(rows), number),
    )


def _by() -> str:
    given = request.args.get("by", "country")
    return given if given in BY else "country"


def _part() -> Part:
    name = request.args.get("part", total_records.COUNTED)
    if name not in total_records.PARTS:
        raise NotFound
    return Part(name, _by(), request.args.get("line") or None)


def _kept() -> list[tuple[str, str]]:
    """The address without what opens a part."""
    return [
        (key, value)
        for key, value in request.args.items(multi=True)
        if key not in ("part", "line", "page") and value
    ]


def _form(asked: Any, by: str) -> list[dict[str, Any]]:
    first = {
        "name": "by",
        "label": _("Money by"),
        "options": [choices.choice(code, str(name)) for code, name in BY.items()],
        "value": by,
        "all": None,
    }
    return [first, *(field for field in project_filters.form(asked) if field["name"] != "sort")]


def _lede(table: dict[str, Any]) -> str:
    book = table["ledger"]
    return ngettext(
        "%(usd)s US dollars counted once, of one record that you may see.",
        "%(usd)s US dollars counted once, of %(num)s records that you may see.",
        book["records"],
        usd=filters.number(Decimal(table["total"]), 2),
    )


def _caption(by: str) -> str:
    return _("Money by %(grouping)s, US dollars, counted once", grouping=str(BY[by]).lower())


def _bars(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The largest lines with what isn't divided last; the table below has them all."""
    chosen = sorted(lines, key=lambda line: -line["usd"])[:DRAWN]
    return [
        {
            "label": line["name"],
            "value": line["usd"],
            "text": filters.plain(filters.millions(line["usd"])),
            "weak": line["key"] is None,
        }
        for line in lines
        if line in chosen and line["usd"] > 0
    ]


def _downloads() -> list[dict[str, str]]:
    asked = urlencode(_kept())
    return [
        {"label": label, "url": f"/totals.{form}?{asked}" if asked else f"/totals.{form}"}
        for label, form in ((_("Table as CSV"), "csv"), (_("Picture as SVG"), "svg"))
    ]
