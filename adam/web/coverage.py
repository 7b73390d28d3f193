"""Who helps where, and where nobody does: the matrix, the map, and what needs a decision."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.http import guards
from adam.http.work import work
from adam.queries import findings as questions
from adam.schemas.scopes import ScopeSchema
from adam.services import coverage
from adam.services.coverage import Picture
from adam.services.work import Work
from adam.web import choices, filters, finding_rows, matrices

blueprint = Blueprint("coverage", __name__)
PRIORITY, EVERYWHERE = "priority", "all"
TILES = {
    "KZ": (1, 0),
    "TM": (0, 1),
    "UZ": (1, 1),
    "KG": (2, 1),
    "IR": (0, 2),
    "AF": (1, 2),
    "TJ": (2, 2),
    "PK": (1, 3),
}
"""Places of West and Central Asia on the tile map: column and row."""
CELLS = ("gap", "coming_gap", "fragmentation")
MOST = 8
FIRST_YEAR = 1990


@blueprint.get("/coverage")
@guards.anyone
def show() -> str:
    """The coverage of a region in a year or at all times, as this reader may see it."""
    with work(read_only=True) as w:
        region, year = _region(w), _year(w)
        picture = coverage.picture(w, _scope(w, region, year))
        money = w.actor.signed_in
        table = coverage.table(w, picture)
        matrices.totals(table, picture, money)
        found = _findings(w)
        _mark(table, found)
        period = {"from": f"{year}-01-01", "to": f"{year}-12-31"} if year else {}
        matrix = matrices.shown(table, matrices.to_projects(period), money)
        return render_template(
            "coverage.html",
            title=_("Coverage, %(region)s", region=_name(region)),
            lede=_lede(picture, year),
            filters=_filters(w, region, year),
            year=None,
            matrix=matrix,
            caption=_("Donors and projects by country and pillar, %(when)s", when=year or _("all years")),
            tiles=_tiles(table) if region == PRIORITY else [],
            evenness=_evenness(picture),
            decisions=_decisions(w, picture, found) if w.actor.sees_all_records else [],
            notes=_notes(picture, table, money),
        )


def _region(w: Work) -> str:
    given = request.args.get("region", PRIORITY)
    known = {row.region for row in w.vocabulary.countries.values()}
    return given if given in known or given == EVERYWHERE else PRIORITY


def _year(w: Work) -> int | None:
    given = request.args.get("year", "")
    year = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else 0
    return year if FIRST_YEAR <= year <= w.today.year + 10 else None


def _scope(w: Work, region: str, year: int | None) -> dict[str, Any]:
    countries = [code for code, row in w.vocabulary.countries.items() if _within(row, region)]
    scope: dict[str, Any] = ScopeSchema().load({"countries": countries if region != EVERYWHERE else []})
    organization = request.args.get("organization", "")
    if organization in w.vocabulary.partners:
        scope["organizations"] = [organization]
    if year:
        scope |= ScopeSchema(only=("date_from", "date_to")).load(
            {"from": f"{year}-01-01", "to": f"{year}-12-31"}
        )
    return scope


def _within(row: Any, region: str) -> bool:
    return row.priority if region == PRIORITY else row.region == region


def _name(region: str) -> str:
    names = {PRIORITY: _("priority countries"), EVERYWHERE: _("all countries")}
    return names.get(region, region)


def _lede(picture: Picture, year: int | None) -> str:
    number = len(picture)
    counted = ngettext("One record", "%(num)s records", number)
    if year:
        return _("%(counted)s active in %(year)s, as far as you may see.", counted=counted, year=year)
    return _("%(counted)s of all years, as far as you may see.", counted=counted)


def _filters(w: Work, region: str, year: int | None) -> list[dict[str, Any]]:
    regions = sorted({row.region for row in w.vocabulary.countries.values()})
    listed = [
        choices.choice(PRIORITY, _("Priority countries")),
        *(choices.choice(name, name) for name in regions),
    ]
    years = [choices.choice(str(number), str(number)) for number in range(w.today.year + 3, 2002, -1)]
    partners = [choices.choice(code, row.name) for code, row in g.vocabulary.partners.items()]
    return [
        _select("region", _("Where"), [*listed, choices.choice(EVERYWHERE, _("All countries"))], region),
        _select("year", _("When"), years, str(year or "")) | {"all": _("All years")},
        _select("organization", _("Whose"), partners, request.args.get("organization", ""))
        | {"all": _("All partners")},
    ]


def _select(name: str, label: str, options: list[Any], value: str) -> dict[str, Any]:
    return {"name": name, "label": label, "options": options, "value": value, "all": None}


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


def _tiles(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "code": row["country"],
            "name": filters.country_name(row["country"]),
            "x": TILES[row["country"]][0],
            "y": TILES[row["country"]][1],
            "core": row["country"] == "AF",
            "cells": row["cells"][:4],
        }
        for row in table["rows"]
        if row["country"] in TILES
    ]


def _evenness(picture: Picture) -> list[dict[str, Any]]:
    """How many cells have nobody, one donor, several, too many."""
    keys = [(country, pillar) for country in picture.countries for pillar in picture.pillars]
    states = [picture.cells[key].state if key in picture.cells else "empty" for key in keys]
    names = {
        "empty": _("Cells without anybody"),
        "single": _("With one donor, or none named"),
        "covered": _("With two or three"),
        "crowded": _("With more than three"),
    }
    of = _("of %(number)s cells", number=len(keys))
    return [
        {"label": name, "value": filters.number(states.count(code)), "note": of}
        for code, name in names.items()
    ]


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
    counted = _("Counted once: %(usd)s US dollars.", usd=filters.plain(filters.millions(total.grand)))
    notes = [counted]
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
