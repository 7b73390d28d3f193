"""Pillars of the Vienna Declaration: what is done under each of their commitments, and where."""

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
from adam.services import coverage, grids
from adam.services.work import Work
from adam.web import matrices, profiles
from adam.web.profiles import Part, Profile

blueprint = Blueprint("pillars", __name__)
ROWS = 20


@blueprint.get("/pillars")
@guards.anyone
def listed() -> str:
    """The four pillars, each with its commitments."""
    with work(read_only=True) as w:
        picture = coverage.picture(w, ScopeSchema().load({}))
        return render_template(
            "places/pillars.html",
            rows=[_row(w, picture, code) for code in w.vocabulary.pillars],
            money=w.actor.signed_in,
        )


def _row(w: Work, picture: coverage.Picture, code: str) -> Part:
    here = [key for key in picture.cells if key[1] == code]
    return {
        "code": code,
        "title": w.vocabulary.pillars[code].title,
        "countries": sum(1 for key in here if key[0] and len(picture.cells[key].projects)),
        "commitments": [
            (one, row.title) for one, row in w.vocabulary.commitments.items() if row.pillar == code
        ],
    } | picture.together(here)


@blueprint.get("/pillars/<pillar_code>")
@guards.anyone
def show(pillar_code: str) -> str:
    """One pillar."""
    code = pillar_code
    with work(read_only=True) as w:
        if code not in w.vocabulary.pillars:
            abort(404)
        picture = coverage.picture(w, ScopeSchema().load({"pillars": [code]}), grids.COMMITMENT)
        shown = Profile(w, Filters(pillar=(code,)), picture.total)
        donors = profiles.lines(shown, "donor")
        matrix = _matrix(w, picture)
        here = [key for key in picture.cells if (key[1] or "").partition(grids.APART)[0] == code]
        return render_template(
            "places/show.html",
            title=_("Pillar %(code)s", code=code),
            crumbs=[{"label": _("Pillars"), "url": "/pillars"}],
            reference=None,
            lede=w.vocabulary.pillar(code),
            figures=profiles.figures(shown, picture.together(here)["donors"]),
            matrix=matrix,
            caption=_("Donors and projects by country and commitment"),
            matrix_note=_left(matrix),
            breakdowns=_breakdowns(shown, donors, code),
            projects=profiles.table(shown),
            people=profiles.people(shown),
            donor_people=profiles.donors_people(shown, donors),
            questions=profiles.open_questions(
                shown, FindingFilters(pillar=(code,)), f"/findings?pillar={code}"
            ),
            needs=needs.stated(w.session, pillar=code),
            notes=profiles.notes(shown),
            also=[{"label": _("Run a report"), "url": f"/reports/new?pillar={code}"}]
            if w.actor.signed_in
            else [],
        )


def _matrix(w: Work, picture: coverage.Picture) -> dict[str, Any] | None:
    """Countries × commitments, the busiest countries; none where nothing is recorded."""
    table = coverage.table(w, picture)
    keep = [at for at, column in enumerate(table["columns"]) if column["pillar"]]
    for row in table["rows"]:
        row["cells"] = [row["cells"][at] for at in keep]
    table["columns"] = [table["columns"][at] for at in keep]
    table["rows"] = [
        row for row in table["rows"] if row["country"] and any(c["projects"] for c in row["cells"])
    ]
    shown = matrices.shown(table, _to_projects, w.actor.signed_in)
    for row in shown["rows"]:
        row["url"] = f"/countries/{row['country']}"
    for column in shown["columns"]:
        pillar, _apart, commitment = column["code"].partition(grids.APART)
        column["code"] = commitment or _("%(code)s, no commitment", code=pillar)
    return matrices.busiest(shown, ROWS) | {"all": len(shown["rows"])} if shown["rows"] else None


def _to_projects(cell: Part) -> str | None:
    pillar, _apart, commitment = (cell["pillar"] or "").partition(grids.APART)
    named = f"commitment={commitment}" if commitment else f"pillar={pillar}"
    return f"/projects?country={cell['country']}&{named}" if cell["country"] else None


def _left(matrix: Part | None) -> str | None:
    left = matrix["all"] - len(matrix["rows"]) if matrix else 0
    more = ngettext(
        "One country with fewer projects is not shown.",
        "%(num)s countries with fewer projects are not shown.",
        left,
    )
    return more if left else None


def _breakdowns(shown: Profile, donors: list[Any], code: str) -> list[Part]:
    commitments = [
        line
        for line in profiles.lines(shown, "commitment")
        if not line.key or line.key.startswith(f"{code}.")
    ]
    parts = (
        (_("Commitments"), commitments, lambda line: shown.address(commitment=line.key)),
        (_("Where"), profiles.lines(shown, "country"), lambda line: f"/countries/{line.key}"),
        (_("Who pays"), donors, profiles.of_body(shown, "funding")),
        (_("Who does it"), profiles.lines(shown, "implementer"), profiles.of_body(shown, "implementing")),
        (_("When: by year of the money"), profiles.lines(shown, "year"), lambda line: None),
    )
    found = (profiles.breakdown(shown, title, listed, link) for title, listed, link in parts)
    return [one for one in found if one]
