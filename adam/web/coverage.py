"""Who helps where, and where nobody does: the matrix, the map, one cell opened, and how even it is."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from adam.http import guards
from adam.http.work import work
from adam.queries import findings as questions
from adam.services import coverage
from adam.services.coverage import Picture
from adam.services.work import Work
from adam.web import (
    coverage_files,
    coverage_scopes,
    coverage_years,
    equity_rows,
    filters,
    finding_rows,
    matrices,
    opened_cells,
    tiles,
)
from adam.web.coverage_scopes import PRIORITY, Asked

blueprint = Blueprint("coverage", __name__)
CELLS = ("gap", "coming_gap", "fragmentation")
MOST = 8


@blueprint.get("/coverage")
@guards.anyone
def show() -> str:
    """The coverage of a region in a year, a period or at all times, as this reader may see it."""
    with work(read_only=True) as w:
        asked = coverage_scopes.asked(w)
        picture = coverage.picture(w, asked.scope, asked.by)
        plain = picture if asked.by == "pillar" else coverage.picture(w, asked.scope)
        before = coverage_years.baseline(w, asked)
        return render_template("coverage.html", **_context(w, asked, (picture, plain, before)))


def _context(w: Work, asked: Asked, pictures: tuple[Picture, Picture, Picture | None]) -> dict[str, Any]:
    picture, plain, before = pictures
    money = w.actor.signed_in
    table = coverage.table(w, picture)
    matrices.totals(table, picture, money)
    found = _findings(w)
    _mark(table, found)
    coverage_years.mark(table, picture, (before, money))
    return {
        "title": _("Coverage, %(region)s", region=coverage_scopes.name(asked.region)),
        "lede": _lede(picture, asked),
        "fields": coverage_scopes.form(w, asked),
        "year": coverage_years.bar(w, asked),
        "matrix": matrices.shown(table, coverage_scopes.opening(asked), money),
        "caption": _("Donors and projects by country and pillar, %(when)s", when=asked.when),
        "base": asked.base if before else None,
        "tiles": tiles.of(table) if asked.region == PRIORITY and asked.by == "pillar" else [],
        "equity": equity_rows.shown(w, plain, (before, asked.base)) if money else [],
        "states": equity_rows.states(plain),
        "opened": opened_cells.shown(w, plain, asked),
        "decisions": _decisions(w, picture, found) if w.actor.sees_all_records else [],
        "notes": _notes(picture, table, money),
        "downloads": coverage_files.links(asked, ("map",) if asked.region == PRIORITY else ()),
        "money": money,
    }


@blueprint.get("/coverage/<string:name>")
@guards.anyone
def file(name: str) -> Response:
    """A picture or a table of this coverage as a file: matrix.svg, map.svg, matrix.csv, timeline.svg, donors.svg…"""
    make = coverage_files.FILES.get(name)
    if make is None:
        raise NotFound
    with work(read_only=True) as w:
        asked = coverage_scopes.asked(w)
        return make(w, asked)


def _lede(picture: Picture, asked: Asked) -> str:
    number = len(picture)
    counted = ngettext("One record", "%(num)s records", number)
    if asked.year:
        return _("%(counted)s active in %(year)s, as far as you may see.", counted=counted, year=asked.year)
    if asked.period:
        return _("%(counted)s active %(when)s, as far as you may see.", counted=counted, when=asked.when)
    return _("%(counted)s of all years, as far as you may see.", counted=counted)


def _findings(w: Work) -> list[Any]:
    """The open findings about cells, for those who may see them."""
    query = questions.listed(w.actor, questions.Filters(kinds=CELLS))
    return list(questions.page(w.session, query, (0, 500)))


def _mark(table: dict[str, Any], found: list[Any]) -> None:
    """Mark the cells for which a need is recorded and nobody helps."""
    gaps = {(item.country, item.pillar) for item in found if item.kind == "gap"}
    for row in table["rows"]:
        for cell in row["cells"]:
            cell["need"] = (cell["country"], cell["pillar"]) in gaps


def _decisions(w: Work, picture: Picture, found: list[Any]) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    if not any(item.country in picture.countries for item in found):
        return groups
    for kind in CELLS:
        own = [item for item in found if item.kind == kind and item.country in picture.countries][:MOST]
        items = [
            {
                "title": finding_rows.cell(item),
                "url": f"/findings/{item.id}",
                "note": finding_rows.reason(item),
            }
            for item in own
        ]
        groups.append({"kind": kind, "items": items})
    return groups


def _notes(picture: Picture, table: dict[str, Any], money: bool) -> list[str]:
    """What the matrix leaves out, and why."""
    if not money:
        return [_("Amounts are for partners who are signed in.")]
    total = picture.total
    notes = [_("Counted once: %(usd)s US dollars.", usd=filters.plain(filters.millions(total.grand)))]
    if total.left_out:
        left = filters.plain(filters.millions(total.reported - total.grand))
        told = ngettext("one link", "%(num)s links", len(total.left_out))
        notes.append(_("%(usd)s left out as the same money or as parts, in %(links)s.", usd=left, links=told))
    if table["elsewhere"] not in (None, "0.00"):
        usd = filters.plain(filters.millions(table["elsewhere"]))
        notes.append(_("%(usd)s of these records stands in other countries or under no country.", usd=usd))
    if total.without_amount:
        notes.append(
            ngettext(
                "One record gives no amount.", "%(num)s records give no amount.", len(total.without_amount)
            )
        )
    return notes
