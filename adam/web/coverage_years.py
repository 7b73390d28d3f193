"""Coverage in time: the bar of years, and what a cell was in the year it is compared with."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from adam.services import coverage, equity
from adam.services.coverage import Picture
from adam.services.work import Work
from adam.web import filters
from adam.web.coverage_scopes import ALL, Asked, address

FIRST, AHEAD, BESIDE = 2003, 5, 3


def bar(w: Work, asked: Asked) -> dict[str, Any]:
    """The slider: its year, its ends, the years beside it, and all years."""
    last = w.today.year + AHEAD
    year = min(max(asked.year or w.today.year, FIRST), last)
    around = range(max(FIRST, year - BESIDE), min(last, year + BESIDE) + 1)
    links = [{"year": one, "url": address(year=one), "current": one == asked.year} for one in around]
    period = asked.period or (None, None)
    return {
        "value": year,
        "first": FIRST,
        "last": last,
        "links": links,
        "all_url": address(when=ALL),
        "all": asked.year is None and not asked.period,
        "from": period[0],
        "to": period[1],
    }


def baseline(w: Work, asked: Asked) -> Picture | None:
    """The picture of the year to compare with."""
    if asked.base is None:
        return None
    days = {"date_from": date(asked.base, 1, 1), "date_to": date(asked.base, 12, 31)}
    return coverage.picture(w, asked.scope | days, asked.by)


def mark(table: dict[str, Any], picture: Picture, compared: tuple[Picture | None, bool]) -> None:
    """Say in each cell how it differs from the baseline."""
    before, money = compared
    if before is None:
        return
    for row in table["rows"]:
        for cell in row["cells"]:
            cell["change"] = told(equity.change(picture, before, (cell["country"], cell["pillar"])), money)


def told(change: equity.Change, money: bool) -> str:
    """A difference in words: "+ 1 donor, − 2 projects, + 0.4 m"; "as before" for none."""
    parts = []
    if change.donors:
        many = ngettext("donor", "donors", abs(change.donors))
        parts.append(f"{filters.signed(change.donors, 0)} {many}")
    if change.projects:
        many = ngettext("project", "projects", abs(change.projects))
        parts.append(f"{filters.signed(change.projects, 0)} {many}")
    if money and change.usd:
        sign = "+" if change.usd > 0 else "\N{MINUS SIGN}"
        parts.append(f"{sign} {filters.plain(filters.millions(abs(change.usd)))}")
    return ", ".join(parts) or _("as before")
