"""The page of one partner: what it pays for, does and reports, what others say of it, and who answers for it."""

from __future__ import annotations

from typing import Any

from flask import abort, g, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain import lifecycle
from adam.queries import freshness, submissions
from adam.queries import projects as records
from adam.queries.finding_filters import Filters as FindingFilters
from adam.queries.projects import Filters
from adam.services import coverage, waiting
from adam.services.totals import Line
from adam.services.work import Work
from adam.web import filters, matrices, profiles
from adam.web.profiles import Part, Profile

PAYING, DOING = ("funding", "extending"), ("implementing", "accountable")
ROWS = 15


def page(w: Work, code: str) -> str:
    """The page; 404 where there is no such partner."""
    if code not in w.vocabulary.partners:
        abort(404)
    picture = coverage.picture(w, coverage_scope(code))
    shown = Profile(w, Filters(organization=(code,)), picture.total)
    matrix = _matrix(w, code, picture)
    return render_template(
        "places/show.html",
        title=g.vocabulary.partner(code),
        crumbs=[{"label": _("Partners"), "url": "/partners"}],
        reference=code,
        lede=_lede(w, code),
        figures=_figures(shown, code),
        facts=_facts(w, code),
        matrix=matrix,
        caption=_("Where it pays or works, by pillar: all donors and projects of these records"),
        matrix_note=None,
        breakdowns=_breakdowns(shown),
        projects=profiles.table(shown),
        people=profiles.people(shown, (code,)),
        donor_people=[],
        questions=profiles.open_questions(shown, FindingFilters(owner=(code,)), f"/findings?owner={code}"),
        needs=[],
        notes=profiles.notes(shown),
        also=_also(w, code),
    )


def _lede(w: Work, code: str) -> str:
    kind = _("Country") if w.vocabulary.partners[code].kind == "country" else _("Organization")
    since = next((row["since"] for row in profiles.memberships(w, code) if row["since"]), None)
    if since:
        return _("%(kind)s, partner since %(day)s.", kind=kind, day=filters.day(since))
    return _("%(kind)s. Since when it is a partner is not given.", kind=kind)


def _figures(shown: Profile, code: str) -> list[Part]:
    """What it is named in, in which role, and what it reports itself."""
    w = shown.w
    found = [
        {
            "label": _("Projects that name it"),
            "value": filters.number(len(shown.counted)),
            "url": shown.address(),
        }
    ]
    for name, roles in ((_("Pays for"), PAYING), (_("Carries out"), DOING)):
        number = profiles.many(shown, role=roles)
        url = shown.address(role=roles) if number else None
        found.append({"label": name, "value": filters.number(number), "url": url})
    own = Profile(w, Filters(owner=(code,)), shown.counted)
    number = profiles.many(own)
    url = own.address() if number else None
    found.append({"label": _("Reports"), "value": filters.number(number), "url": url})
    if shown.money:
        paid = next((line.usd for line in profiles.lines(shown, "donor") if line.key == code), None)
        if paid:
            found.append(
                {"label": _("Money it gives"), "value": filters.plain(filters.millions(paid, "USD"))}
            )
    return found


def _facts(w: Work, code: str) -> list[Part]:
    """How fresh what it reports is, and what waits."""
    own = records.ids(w.actor, Filters(owner=(code,)))
    rows = waiting.kept(w, ("fresh", code), lambda: freshness.by_partner(w.session, own, w.today))
    if not rows:
        return [{"label": _("Records of its own"), "value": _("none")}]
    row = rows[0]
    found = [
        {"label": _("Running records"), "value": filters.number(row.running)},
        {
            "label": _("Confirmed within a year"),
            "value": filters.number(row.confirmed),
            "note": ngettext("of one", "of %(num)s", row.running),
        },
        {
            "label": _("Stale"),
            "value": filters.number(row.stale),
            "note": _("neither confirmed nor changed for a year"),
        },
    ]
    if w.actor.coordinates or w.actor.writes_for == code:
        number = submissions.count(w.session, submissions.listed(w.actor, (lifecycle.SUBMITTED,), code))
        found.append({"label": _("Waits to be validated"), "value": filters.number(number)})
    return found


def _matrix(w: Work, code: str, picture: coverage.Picture) -> dict[str, Any] | None:
    """Countries × pillars of the records that name it, the busiest countries."""
    table = coverage.table(w, picture)
    table["rows"] = [row for row in table["rows"] if any(cell["projects"] for cell in row["cells"])]
    if not table["rows"]:
        return None

    def link(cell: Part) -> str | None:
        if not cell["country"] or not cell["pillar"]:
            return None
        return f"/projects?organization={code}&country={cell['country']}&pillar={cell['pillar']}"

    shown = matrices.shown(table, link, w.actor.signed_in)
    for row in shown["rows"]:
        row["url"] = f"/countries/{row['country']}" if row["country"] else None
    return matrices.busiest(shown, ROWS)


def coverage_scope(code: str) -> dict[str, Any]:
    """The scope of the records that name a partner or an agency of its."""
    none: dict[str, Any] = {"countries": [], "pillars": [], "date_from": None, "date_to": None}
    return none | {"organizations": [code]}


def _breakdowns(shown: Profile) -> list[Part]:
    def country(line: Line) -> str | None:
        return f"/countries/{line.key}"

    parts = (
        (_("Where"), profiles.lines(shown, "country"), country),
        (_("With whom: who pays"), profiles.lines(shown, "donor"), profiles.of_body(shown, "funding")),
        (
            _("With whom: who does it"),
            profiles.lines(shown, "implementer"),
            profiles.of_body(shown, "implementing"),
        ),
        (_("When: by year of the money"), profiles.lines(shown, "year"), lambda line: None),
    )
    found = (profiles.breakdown(shown, title, listed, link) for title, listed, link in parts)
    return [one for one in found if one]


def _also(w: Work, code: str) -> list[Part]:
    found = (
        [{"label": _("As a country"), "url": f"/countries/{code}"}] if code in w.vocabulary.countries else []
    )
    if w.actor.writes_for == code:
        found.append({"label": _("What others say of us"), "url": "/mentions"})
    if w.actor.signed_in:
        found.append({"label": _("Totals"), "url": f"/totals?organization={code}"})
        found.append({"label": _("Run a report"), "url": f"/reports/new?organization={code}"})
    return found
