"""What a coverage page is asked: where, whose, how fine, when; from the address, and to the form that changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import g, request
from flask_babel import gettext as _

from adam.schemas.scopes import ScopeSchema
from adam.services import grids
from adam.services.counting import LIVING
from adam.services.work import Work
from adam.web import choices, filters

PRIORITY, EVERYWHERE, ALL = "priority", "all", "all"
FIRST_YEAR = 1990
DEPTHS = (grids.PILLAR, grids.COMMITMENT, grids.TYPE)
KEPT = ("region", "organization", "by", "base", "from", "to", "year", "when")
"""The names in the address that belong to the scope and not to what is opened in it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: `scope` is what services take; `year` is None for a period or for all times."""

    scope: dict[str, Any]
    region: str
    by: str
    year: int | None
    period: tuple[date | None, date | None] | None
    base: int | None
    cell: tuple[str, str] | None

    @property
    def when(self) -> str:
        """The time in words."""
        if self.period:
            return filters.period(*self.period)
        return str(self.year) if self.year else _("all years")


def asked(w: Work) -> Asked:
    """The question in the address; what can't be read is left out."""
    region, organization = _region(w), request.args.get("organization", "")
    period, year = _period(), None
    if period is None and request.args.get("when") != ALL:
        year = number("exact") or number("year") or w.today.year
    by = request.args.get("by", "")
    scope: dict[str, Any] = ScopeSchema().load({"countries": _countries(w, region)})
    scope["organizations"] = [organization] if organization in w.vocabulary.partners else []
    start, end = period or ((date(year, 1, 1), date(year, 12, 31)) if year else (None, None))
    scope |= {"date_from": start, "date_to": end}
    depth = by if by in DEPTHS else grids.PILLAR
    return Asked(scope, region, depth, year, period, number("base"), _cell(w))


def number(name: str) -> int | None:
    """A year in the address, within what records can say."""
    given = request.args.get(name, "").strip()
    year = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else 0
    return year if FIRST_YEAR <= year <= 2100 else None


def _period() -> tuple[date | None, date | None] | None:
    days = (_day("from"), _day("to"))
    if not any(days):
        return None
    start, end = days
    return (end, start) if start and end and end < start else days


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, "").strip())
    except ValueError:
        return None


def _region(w: Work) -> str:
    given = request.args.get("region", PRIORITY)
    known = {row.region for row in w.vocabulary.countries.values()}
    return given if given in known or given == EVERYWHERE else PRIORITY


def _countries(w: Work, region: str) -> list[str]:
    if region == EVERYWHERE:
        return []
    rows = w.vocabulary.countries.items()
    return [code for code, row in rows if (row.priority if region == PRIORITY else row.region == region)]


def _cell(w: Work) -> tuple[str, str] | None:
    """The cell that is opened: "AF.I"."""
    country, _dot, pillar = request.args.get("cell", "").partition(".")
    there = country in w.vocabulary.countries and pillar in w.vocabulary.pillars
    return (country, pillar) if there else None


def name(region: str) -> str:
    """What a region is called."""
    return {PRIORITY: _("priority countries"), EVERYWHERE: _("all countries")}.get(region, region)


def address(path: str = "/coverage", anchor: str = "", **changed: Any) -> str:
    """This question at a path with other answers; None takes one away."""
    if {"year", "when", "from", "to"} & set(changed):
        changed = dict.fromkeys(("exact", "year", "when", "from", "to")) | changed
    kept = {key: request.args.get(key) for key in (*KEPT, "exact", "cell")}
    found = {key: value for key, value in (kept | changed).items() if value}
    return f"{path}?{urlencode(found)}{anchor}" if found else f"{path}{anchor}"


def opening(question: Asked) -> Callable[[dict[str, Any]], str | None]:
    """A cell leads to what is behind it, on this page."""

    def link(cell: dict[str, Any]) -> str | None:
        pillar = (cell["pillar"] or "").partition(grids.APART)[0]
        if not cell["country"] or not pillar:
            return None
        return address(anchor="#cell", cell=f"{cell['country']}.{pillar}")

    return link


def projects_url(question: Asked, cell: tuple[str, str]) -> str:
    """The records of a cell in the list of projects."""
    start, end = question.scope["date_from"], question.scope["date_to"]
    pairs = [("country", cell[0]), ("pillar", cell[1])]
    pairs += [(key, day.isoformat()) for key, day in (("from", start), ("to", end)) if day]
    pairs += [("organization", code) for code in question.scope["organizations"]]
    return f"/projects?{urlencode([*pairs, *(('status', code) for code in LIVING)])}"


def form(w: Work, question: Asked) -> list[dict[str, Any]]:
    """The fields of the form: selects and, without options, days."""
    regions = sorted({row.region for row in w.vocabulary.countries.values()})
    listed = [
        choices.choice(PRIORITY, _("Priority countries")),
        *(choices.choice(one, one) for one in regions),
    ]
    depths = {
        grids.PILLAR: _("Pillars"),
        grids.COMMITMENT: _("Commitments"),
        grids.TYPE: _("Kinds of help"),
    }
    partners = [choices.choice(code, row.name) for code, row in g.vocabulary.partners.items()]
    years = [choices.choice(str(year), str(year)) for year in range(w.today.year, 2002, -1)]
    return [
        _select(
            "region",
            _("Where"),
            ([*listed, choices.choice(EVERYWHERE, _("All countries"))], None),
            question.region,
        ),
        _select(
            "by",
            _("Open to"),
            ([choices.choice(code, text) for code, text in depths.items()], None),
            question.by,
        ),
        _select(
            "organization", _("Whose"), (partners, _("All partners")), request.args.get("organization", "")
        ),
        _select("base", _("Compare with"), (years, _("No baseline")), str(question.base or "")),
    ]


def _select(name: str, label: str, options: tuple[list[Any], str | None], value: str) -> dict[str, Any]:
    return {"name": name, "label": label, "options": options[0], "value": value, "all": options[1]}
