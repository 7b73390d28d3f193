"""Countries: who helps where, with one page for each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.http import guards
from adam.http.work import work
from adam.queries import needs
from adam.queries.finding_filters import Filters as FindingFilters
from adam.queries.projects import Filters
from adam.schemas.scopes import ScopeSchema
from adam.services import coverage
from adam.services.work import Work
from adam.web import filters, matrices, profiles
from adam.web.profiles import Part, Profile

blueprint = Blueprint("countries", __name__)


@blueprint.get("/countries")
@guards.anyone
def listed() -> str:
    """Every country with records that this reader may see, priority countries first; the others by name alone."""
    with work(read_only=True) as w:
        picture = coverage.picture(w, ScopeSchema().load({}))
        rows = [_row(w, picture, code) for code in picture.countries]
        others = [code for code in w.vocabulary.countries if code not in picture.countries]
        rows.sort(key=lambda row: (not row["priority"], row["name"]))
        return render_template(
            "places/countries.html",
            lede=ngettext("One country has records.", "%(num)s countries have records.", len(rows)),
            rows=rows,
            money=w.actor.signed_in,
            others=sorted(others, key=filters.country_name),
        )


def _row(w: Work, picture: coverage.Picture, code: str) -> Part:
    known = w.vocabulary.countries.get(code)
    cells = [picture.cells.get((code, pillar)) for pillar in picture.pillars]
    return {
        "code": code,
        "name": filters.country_name(code),
        "region": known.region if known else "",
        "priority": bool(known and known.priority),
        "states": [cell.state if cell else "empty" for cell in cells],
    } | picture.together((code, pillar) for pillar in (*picture.pillars, None))


@blueprint.get("/countries/<country_code>")
@guards.anyone
def show(country_code: str) -> str:
    """One country."""
    code = country_code
    with work(read_only=True) as w:
        if code not in w.vocabulary.countries:
            abort(404)
        picture = coverage.picture(w, ScopeSchema().load({"countries": [code]}))
        shown = Profile(w, Filters(country=(code,)), picture.total)
        donors = profiles.lines(shown, "donor")
        together = picture.together((code, pillar) for pillar in (*picture.pillars, None))
        return render_template(
            "places/show.html",
            title=filters.country_name(code),
            crumbs=[{"label": _("Countries"), "url": "/countries"}],
            reference=code,
            lede=_lede(w, shown, code),
            figures=profiles.figures(shown, together["donors"]),
            matrix=_matrix(w, picture),
            caption=_("Donors and projects by pillar"),
            breakdowns=_breakdowns(shown, donors),
            projects=profiles.table(shown),
            people=profiles.people(shown),
            donor_people=profiles.donors_people(shown, donors),
            questions=profiles.open_questions(
                shown, FindingFilters(country=(code,)), f"/findings?country={code}"
            ),
            needs=needs.stated(w.session, country=code),
            notes=profiles.notes(shown),
            also=_also(w, code),
        )


def _lede(w: Work, shown: Profile, code: str) -> str:
    known = w.vocabulary.countries[code]
    place = ", ".join(
        filter(None, (known.subregion or known.region, _("priority country") if known.priority else ""))
    )
    if not len(shown.counted):
        return _("%(place)s. No assistance is recorded that you may see.", place=place)
    return _("%(place)s. Who helps here, with what, until when.", place=place)


def _matrix(w: Work, picture: coverage.Picture) -> dict[str, Any]:
    """One row: the country's pillars."""
    table = coverage.table(w, picture)
    table["rows"] = [row for row in table["rows"] if row["country"] in picture.countries]
    return matrices.shown(table, matrices.to_projects({}), w.actor.signed_in)


def _breakdowns(shown: Profile, donors: list[Any]) -> list[Part]:
    spoken = shown.w.vocabulary
    doers = profiles.lines(shown, "implementer")
    parts = (
        (_("Who pays"), donors, profiles.of_body(shown, "funding")),
        (_("Who does it"), doers, profiles.of_body(shown, "implementing")),
        (
            _("For what: commitments"),
            profiles.lines(shown, "commitment"),
            lambda line: shown.address(commitment=line.key) if line.key in spoken.commitments else None,
        ),
        (
            _("With what kind of help"),
            profiles.lines(shown, "assistance_type"),
            lambda line: shown.address(assistance_type=line.key),
        ),
        (_("When: by year of the money"), profiles.lines(shown, "year"), lambda line: None),
    )
    found = (profiles.breakdown(shown, title, listed, link) for title, listed, link in parts)
    return [one for one in found if one]


def _also(w: Work, code: str) -> list[Part]:
    """The partner of the same code, and the report of the country for those who run reports."""
    found = []
    if code in w.vocabulary.partners:
        found.append({"label": _("As a partner"), "url": f"/partners/{code}"})
    if w.actor.signed_in:
        found.append({"label": _("Totals"), "url": f"/totals?country={code}&by=donor"})
        found.append({"label": _("Run a report"), "url": f"/reports/new?country={code}"})
    return found
