"""Gaps: needs that nobody answers, cells that will soon be empty, and where no assistance is recorded."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.http import guards
from adam.http.work import work
from adam.services import gaps
from adam.services.coverage import PILLARS
from adam.services.gaps import Answer, Coming, Gaps
from adam.web import coverage_scopes, filters, need_rows

blueprint = Blueprint("gaps", __name__)


@blueprint.get("/gaps")
@guards.signed_in
def show() -> str:
    """The gaps of a region today, as far as this reader may see what is there."""
    with work(read_only=True) as w:
        asked = coverage_scopes.asked(w)
        found = gaps.found(w, tuple(asked.scope["countries"]))
        open_ones = [one for one in found.needs if not one.answered]
        return render_template(
            "gaps/show.html",
            title=_("Gaps, %(region)s", region=coverage_scopes.name(asked.region)),
            lede=_lede(found),
            filters=[field for field in coverage_scopes.form(w, asked) if field["name"] == "region"],
            gaps=[_need(one) for one in open_ones],
            answered=[_need(one) for one in found.needs if one.answered],
            coming=[_coming(one) for one in found.coming],
            more=found.all_coming - len(found.coming),
            silent=_silent(found),
            may_enter=w.actor.coordinates,
        )


def _need(one: Answer) -> dict[str, Any]:
    return need_rows.recommended(one.need) if one.recommended else need_rows.row(one.need, one.answered)


def _lede(found: Gaps) -> str:
    number = sum(not one.answered for one in found.needs)
    return " ".join(
        (
            ngettext("One need without assistance.", "%(num)s needs without assistance.", number),
            ngettext(
                "One cell whose last project ends within 12 months.",
                "%(num)s cells whose last project ends within 12 months.",
                found.all_coming,
            ),
        )
    )


def _coming(one: Coming) -> dict[str, Any]:
    country, pillar, kind = one.place
    return {
        "title": ", ".join(
            [filters.country_name(country), filters.pillar_name(pillar)]
            + ([filters.assistance_name(kind)] if kind else [])
        ),
        "url": f"/coverage?region=all&cell={country}.{pillar}#cell",
        "ends": one.ends,
        "projects": [
            {"url": f"/projects/{key}", "reference": ref, "title": title} for key, ref, title in one.projects
        ],
        "donors": one.donors,
        "contacts": one.contacts,
    }


def _silent(found: Gaps) -> list[dict[str, Any]]:
    """Country by country, the pillars under which nothing runs and no need is recorded."""
    rows: dict[str, list[str]] = {}
    for country, pillar in found.silent:
        rows.setdefault(country, []).append(pillar)
    named = [{"country": filters.country_name(code), "pillars": listed} for code, listed in rows.items()]
    return sorted(named, key=lambda row: (len(row["pillars"]) < len(PILLARS), row["country"]))
