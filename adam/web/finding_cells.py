"""The page of a finding about a cell: who helps there and with how much, until when, and what was asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.http import languages
from adam.pictures.timelines import Span
from adam.queries import finding_cells, projects
from adam.services.work import Work
from adam.web import filters, finding_people

MOST = 30
MOST_BARS = 12
MARGIN = timedelta(days=120)


def about(w: Work, item: Any) -> dict[str, Any]:
    """What templates/findings/cell.html asks for beside what every finding's page has."""
    query = finding_cells.living(w.actor, item)
    found = projects.page(w.session, query, "start", (0, MOST))
    payers = finding_cells.payers(w.session, w.actor, item)
    owners = [one.partner for one in payers if one.partner] + [project.owner for project in found]
    own = [item.country] if item.country in w.vocabulary.partners else []
    return {
        "place": _place(item),
        "donors": [_donor(w, one) for one in payers],
        "projects": [_project(w, project) for project in found],
        "total": projects.count(w.session, query) if len(found) == MOST else len(found),
        "in_time": _in_time(w, found),
        "needs": [_need(one) for one in finding_cells.needs(w.session, item)],
        "people": finding_people.answering(w, own + owners),
        "more_url": _more(item),
    }


def _place(item: Any) -> list[dict[str, str]]:
    rows = [
        {"label": _("Country"), "value": filters.country_name(item.country)},
        {"label": _("Pillar"), "value": filters.pillar_name(item.pillar)},
    ]
    if item.assistance_type:
        rows.append({"label": _("Kind of help"), "value": g.vocabulary.assistance_type(item.assistance_type)})
    return rows


def _donor(w: Work, one: finding_cells.Payer) -> dict[str, Any]:
    name = w.vocabulary.partner(one.partner) if one.partner else one.name
    return {"name": name, "projects": one.projects, "usd": one.usd}


def _project(w: Work, project: Any) -> dict[str, Any]:
    return {
        "title": project.title,
        "reference": project.reference,
        "url": f"/projects/{project.id}",
        "owner": w.vocabulary.partner(project.owner),
        "when": filters.period(project.begins, project.ends),
        "usd": project.usd,
    }


def _need(one: Any) -> dict[str, Any]:
    return {"text": one.statement, "source": one.source, "when": one.recorded_on}


def _more(item: Any) -> str:
    kind = f"&assistance_type={item.assistance_type}" if item.assistance_type else ""
    return f"/projects?country={item.country}&pillar={item.pillar}{kind}"


def _in_time(w: Work, found: Any) -> dict[str, Any] | None:
    """The projects as bars, and the day after which nobody is left."""
    dated = sorted((one for one in found if one.begins or one.ends), key=lambda one: one.begins or one.ends)
    bars = dated[:MOST_BARS]
    days = [day for one in bars for day in (one.begins, one.ends) if day]
    if not days:
        return None
    last = max((one.ends for one in found if one.ends), default=None)
    ended = last if last and all(one.ends for one in found) else None
    span = Span(
        bars=[_bar(w, one) for one in bars],
        start=min(days) - MARGIN,
        end=max(days) + MARGIN,
        cliff={"date": ended, "label": _("nobody after %(day)s", day=filters.day(ended))} if ended else None,
        direction=languages.direction(),
    )
    said = ngettext("1 project in time", "%(num)s projects in time", len(bars))
    return {"span": span, "said": said}


def _bar(w: Work, one: Any) -> dict[str, Any]:
    return {
        "label": one.title,
        "note": f"{one.reference}, {w.vocabulary.partner(one.owner)}",
        "start": one.begins,
        "end": one.ends,
        "text": filters.plain(filters.millions(one.usd, "USD")) if one.usd else "",
        "strong": False,
    }
