"""The pages of recommendations: the compendium, one with its projects, and the form."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from adam.domain.recommendations import LIVE, STATUSES, overdue
from adam.errors import Invalid
from adam.queries import history, meetings
from adam.queries import recommendations as questions
from adam.services import recommendations
from adam.services.work import Work
from adam.web import choices, filters, pager, steps
from adam.web.labels import label

Values = dict[str, Any]
REQUIRED = {
    "title": _l("Say in a line what is recommended."),
    "pillar": _l("Choose the pillar under which it stands."),
}


def listed(w: Work) -> str:
    """The compendium by pillar, with its filters."""
    asked = _asked(w)
    query = questions.listed(w.actor, asked)
    rows = questions.page(w.session, query, pager.window())
    linked = questions.projects(w.session, w.actor, [row.id for row in rows])
    names = meetings.names(w.session)
    items = [row_of(w, row, linked[row.id], names) for row in rows]
    return render_template(
        "recommendations/list.html",
        groups=[
            {"code": code, "title": w.vocabulary.pillar(code), "rows": list(found)}
            for code, found in groupby(items, key=lambda item: item["pillar"])
        ],
        chips=_chips(w),
        filters=_filters(w, names),
        hidden={"status": asked.status[0]} if asked.status else {},
        pager=pager.links(len(rows), questions.total(w.session, query)),
        may_enter=w.actor.coordinates,
    )


def row_of(w: Work, row: Any, linked: list[Any], names: dict[str, str]) -> Values:
    """A recommendation in a list."""
    return {
        "url": f"/recommendations/{row.id}",
        "reference": row.reference,
        "title": row.title,
        "pillar": row.pillar,
        "status": row.status,
        "meeting": names.get(row.meeting_id or ""),
        "partners": [filters.partner_name(one.partner) for one in row.partners],
        "countries": [filters.country_name(one.country) for one in row.countries],
        "due": row.due,
        "overdue": overdue(row.status, row.due, w.today),
        "projects": len(linked),
    }


def page(w: Work, recommendation_id: str, error: str | None = None) -> str:
    """One recommendation. Raises NotFound."""
    row = questions.one(w.session, w.actor, recommendation_id)
    linked = questions.projects(w.session, w.actor, [row.id])[row.id]
    names = meetings.names(w.session)
    return render_template(
        "recommendations/show.html",
        item=row_of(w, row, linked, names)
        | {"text": row.text, "outcome": row.outcome, "source": row.source, "author": row.author}
        | {"meeting_url": f"/meetings/{row.meeting_id}" if row.meeting_id else None}
        | {"pillar_name": w.vocabulary.pillar(row.pillar), "commitment": row.commitment}
        | {"commitment_name": _commitment(w, row.commitment), "created_at": row.created_at}
        | {"help": w.vocabulary.assistance_type(row.assistance_type) if row.assistance_type else None},
        projects=[_project(w, row.id, link, project) for link, project in linked],
        may={"edit": w.actor.coordinates, "link": w.actor.coordinates or bool(w.actor.writes_for)},
        own=bool(w.actor.writes_for) and not w.actor.coordinates,
        error=error,
        given=request.form.get("project", "") if error else "",
        # Not for everybody: a step may tell of a link with a record that is hidden from its reader.
        history=steps.said(history.of(w.session, "recommendation", row.id)) if w.actor.coordinates else [],
    )


def _commitment(w: Work, code: str | None) -> str | None:
    row = w.vocabulary.commitments.get(code or "")
    return row.title if row else None


def _project(w: Work, recommendation_id: str, link: Any, project: Any) -> Values:
    mine = w.actor.coordinates or project.owner == w.actor.writes_for
    return {
        "url": f"/projects/{project.id}",
        "reference": project.reference,
        "title": project.title,
        "owner": filters.partner_name(project.owner),
        "status": project.status,
        "period": filters.period(project.begins, project.ends),
        "by": link.author,
        "at": link.at,
        "unlink": f"/recommendations/{recommendation_id}/projects/{project.id}/unlink" if mine else None,
    }


def values_of(w: Work, recommendation_id: str) -> Values:
    """What stands, for the form."""
    row = questions.one(w.session, w.actor, recommendation_id)
    return recommendations.document(row) | {"version": row.version, "reference": row.reference}


def form(w: Work, values: Values, wrong: dict[str, list[str]], key: str | None = None) -> str:
    """The form of a new recommendation, or of one that stands."""
    words = w.vocabulary
    commitments = [
        choices.choice(row.code, f"{row.code} {row.title}", f"{row.pillar}. {words.pillar(row.pillar)}")
        for row in words.commitments.values()
    ]
    lists = {
        "pillars": [choices.choice(code, f"{code}. {row.title}") for code, row in words.pillars.items()],
        "commitments": commitments,
        "types": choices.named(words.assistance_types),
        "countries": choices.countries(g.vocabulary),
        "partners": [choices.choice(code, row.name) for code, row in words.partners.items()],
        "meetings": [choices.choice(one, title) for one, title in meetings.names(w.session).items()],
        "statuses": choices.labelled(STATUSES, "recommendation"),
    }
    summary = [{"href": f"#{name}", "text": text} for name, texts in wrong.items() for text in texts]
    return render_template(
        "recommendations/form.html", choices=lists, values=values, errors=wrong, summary=summary, key=key
    )


def errors(error: Invalid) -> dict[str, list[str]]:
    """Field of the form → sentences."""
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        name = problem.pointer.removeprefix("#/").split("/")[0]
        text = str(REQUIRED[name]) if problem.code == "required" and name in REQUIRED else problem.detail
        found.setdefault(name, []).append(text)
    return found


def of_project(w: Work, project: Any) -> Values | None:
    """For the page of a project: what it carries out, and what may be linked. None for the public."""
    if not w.actor.signed_in:
        return None
    query = questions.listed(w.actor, questions.Filters(project=project.id))
    rows = questions.page(w.session, query, (0, pager.SIZE))
    may = w.actor.coordinates or w.actor.writes_for == project.owner
    known = {row.id for row in rows}
    open_ones = questions.listed(w.actor, questions.Filters(status=LIVE)) if may else None
    listed_ones = questions.page(w.session, open_ones, (0, 300)) if open_ones is not None else ()
    options = [
        choices.choice(row.id, f"{row.reference} {row.title}", _("Pillar %(code)s", code=row.pillar))
        for row in listed_ones
        if row.id not in known
    ]
    return {
        "rows": [
            {
                "url": f"/recommendations/{row.id}",
                "title": row.title,
                "reference": row.reference,
                "status": row.status,
            }
            for row in rows
        ],
        "options": options,
        "action": f"/recommendations/of-project/{project.id}",
    }


def _asked(w: Work) -> questions.Filters:
    """The filters of this address; what no filter knows is passed over."""
    words = w.vocabulary
    known = {
        "pillar": words.pillars,
        "status": STATUSES,
        "country": words.countries,
        "partner": words.partners,
    }
    lists: dict[str, Any] = {
        name: tuple(code for code in request.args.getlist(name) if code in codes)
        for name, codes in known.items()
    }
    late = w.today if request.args.get("status") == "overdue" else None
    meeting, text = request.args.get("meeting") or None, request.args.get("q", "").replace("\x00", "")[:200]
    return questions.Filters(**lists, meeting=meeting, overdue_on=late, text=text)


def _chips(w: Work) -> list[Values]:
    """All, by status, and what is overdue; counted over the whole compendium."""
    whole = questions.listed(w.actor, questions.Filters())
    counts = questions.by_status(w.session, whole)
    late = questions.total(w.session, questions.listed(w.actor, questions.Filters(overdue_on=w.today)))
    current = request.args.get("status")
    found = [(None, _("All"), sum(counts.values())), ("overdue", _("Overdue"), late)]
    found += [(code, label(code, "recommendation"), counts.get(code, 0)) for code in STATUSES]
    return [
        {"label": text, "url": pager.url(status=code, page=None), "count": number, "current": code == current}
        for code, text, number in found
    ]


def _filters(w: Work, names: dict[str, str]) -> list[Values]:
    words = w.vocabulary
    given = request.args.get
    lists = (
        (
            "pillar",
            _("Pillar"),
            [choices.choice(code, f"{code}. {row.title}") for code, row in words.pillars.items()],
        ),
        ("country", _("Country"), choices.countries(g.vocabulary)),
        (
            "partner",
            _("Addressed to"),
            [choices.choice(code, row.name) for code, row in words.partners.items()],
        ),
        ("meeting", _("Meeting"), [choices.choice(key, title) for key, title in names.items()]),
    )
    text = {"name": "q", "label": _("Words"), "type": "search", "value": given("q", "")}
    return [
        text,
        *(
            {"name": name, "label": title, "options": options, "value": given(name, ""), "all": _("all")}
            for name, title, options in lists
        ),
    ]
