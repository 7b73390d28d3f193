"""What somebody looks for, over everything that they may see: records first, and what else goes by these words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from flask import Blueprint, g, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain import excerpts
from adam.domain.searches import Term, terms, words
from adam.http import guards
from adam.http.work import actor, work
from adam.queries import directory, findings, meetings
from adam.queries import projects as questions
from adam.queries import recommendations as compendium
from adam.queries import submissions as claims
from adam.services import reports
from adam.services.work import Work
from adam.web import filters, finding_rows, pager, person_rows, project_filters, projects
from adam.web.labels import label

blueprint = Blueprint("searches", __name__)
MOST = 8
"""So many of a kind stand beside the records."""
Item = dict[str, Any]


@blueprint.get("/search")
@guards.anyone
def show() -> str:
    """Records that hold all the words and pass the filters, best first, and what else is called so."""
    asked = project_filters.asked()
    with work(read_only=True) as w:
        listed = projects.found(w, asked) if asked.text else None
        groups = _beside(w, asked.text) if asked.text and pager.number() == 1 else []
    if listed:
        projects.note(listed)
    return render_template(
        "searches/show.html",
        text=asked.text,
        lede=_lede(listed["total"], asked) if listed else None,
        filters=project_filters.form(asked),
        groups=groups,
        projects=listed["rows"] if listed else None,
        pager=listed["pager"] if listed else None,
        unsearchable=bool(asked.text) and not terms(asked.text),
    )


def _lede(total: int, asked: questions.Filters) -> str:
    if total > questions.COUNTED:
        counted = _("More than %(number)s records", number=filters.number(questions.COUNTED))
    else:
        counted = ngettext("One record", "%(num)s records", total)
    return _("%(counted)s that you may see hold “%(text)s”.", counted=counted, text=asked.text)


def _beside(w: Work, text: str) -> list[Item]:
    """What else the words name: places, pillars, partners, bodies, people, what meetings said, findings, and papers."""
    sought = terms(text)
    if not sought:
        return []
    kinds = (
        (_("Countries"), _countries(w, text, sought)),
        (_("Pillars"), _pillars(w, text, sought)),
        (_("Partners"), _partners(w, text, sought)),
        (_("Organizations"), _organizations(w, text)),
        (_("Focal points"), _people(w, text)),
        (_("Recommendations"), _recommendations(w, sought)),
        (_("Meetings"), _meetings(w, sought)),
        (_("Findings"), _findings(w, text)),
        (_("Reports"), _reports(w, sought, text)),
        (_("Submissions"), _submissions(w, text)),
    )
    return [{"title": title, "items": items} for title, items in kinds if items]


def _item(title: str, url: str, note: str = "") -> Item:
    return {"title": title, "url": url, "note": note}


def _fits(sought: Iterable[Term], *names: str) -> bool:
    """Whether any of the names holds all that is looked for."""
    return any(all(any(map(term.fits, _words(name))) for term in sought) for name in names)


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, taken apart once: each search asks all names of the vocabulary in every language."""
    return tuple(words(name))


def _countries(w: Work, text: str, sought: list[Term]) -> list[Item]:
    named = w.vocabulary.country_names.values()
    found = [
        code
        for code, row in w.vocabulary.countries.items()
        if text.upper() in (code, row.iso3)
        or _fits(sought, row.name, *(names[code] for names in named if code in names))
    ]
    return [_item(filters.country_name(code), f"/countries/{code}", code) for code in found[:MOST]]


def _pillars(w: Work, text: str, sought: list[Term]) -> list[Item]:
    spoken = w.vocabulary
    found = [
        _item(filters.pillar_name(code), f"/pillars/{code}")
        for code, row in spoken.pillars.items()
        if text.upper() == code or _fits(sought, row.title, row.short_title, f"Pillar {code}")
    ]
    return (
        found
        + [
            _item(f"{code} {row.title}", f"/projects?commitment={code}")
            for code, row in spoken.commitments.items()
            if text.upper() == code or _fits(sought, row.title)
        ][: MOST - len(found)]
    )


def _partners(w: Work, text: str, sought: list[Term]) -> list[Item]:
    names = w.vocabulary.country_names.values()
    found = [
        code
        for code, row in w.vocabulary.partners.items()
        if text.upper() == code.upper()
        or _fits(sought, row.name, *(known[code] for known in names if code in known))
    ]
    return [_item(g.vocabulary.partner(code), f"/partners/{code}", code) for code in found[:MOST]]


def _organizations(w: Work, text: str) -> list[Item]:
    query = directory.named(w.actor, text).limit(MOST)
    return [
        _item(row.name, f"/projects?organization={row.code or row.id}", row.code or "")
        for row in w.session.scalars(query)
        if row.code not in w.vocabulary.partners
    ]


def _people(w: Work, text: str) -> list[Item]:
    if not w.actor.signed_in:
        return []
    query = directory.called(text, w.today).limit(MOST)
    people = [
        person_rows.row(w, one) for one in directory.shown_focal_points(w.session, w.session.scalars(query))
    ]
    return [_item(one["name"], one["url"], one["partner"]) for one in people]


def _recommendations(w: Work, sought: list[Term]) -> list[Item]:
    """Recommendations whose words say it, with the place where they do."""
    if not w.actor.signed_in:
        return []
    return [
        _item(
            row.title, f"/recommendations/{row.id}", f"{row.reference}, {label(row.status, 'recommendation')}"
        )
        | _excerpt(sought, row.text, row.outcome)
        for row in compendium.holding(w.session, w.actor, sought)[:MOST]
    ]


def _meetings(w: Work, sought: list[Term]) -> list[Item]:
    """Meetings whose names or conclusions say it, with the place where they do."""
    if not w.actor.signed_in:
        return []
    return [
        _item(row.title, f"/meetings/{row.id}", row.reference) | _excerpt(sought, row.summary)
        for row in meetings.holding(w.session, w.actor, sought)[:MOST]
    ]


def _excerpt(sought: list[Term], *texts: str | None) -> Item:
    places = (excerpts.excerpt(text, sought) for text in texts if text)
    return {"excerpt": next(filter(None, places), None)}


def _findings(w: Work, text: str) -> list[Item]:
    """The finding of this reference, and how many hold the words."""
    if not (w.actor.sees_all_records or w.actor.writes_for):
        return []
    found = findings.referred(w.session, w.actor, text)
    return [_item(row["title"], row["url"], row["reference"]) for row in finding_rows.rows(w, found)]


def _reports(w: Work, sought: list[Term], text: str) -> list[Item]:
    """Of the newest reports that this actor may read, those whose title holds the words."""
    if not w.actor.signed_in:
        return []
    found = [
        row
        for row in reports.listed(w, (0, 200))
        if row.reference == text.upper() or _fits(sought, row.title or "")
    ]
    return [_item(row.title, f"/reports/{row.id}", row.reference) for row in found[:MOST]]


def _submissions(w: Work, text: str) -> list[Item]:
    """Submissions by their reference, or by the partner's own key."""
    if not actor().signed_in:
        return []
    found = claims.referred(w.session, w.actor, text)
    return [
        _item(row.title, f"/submissions/{row.id}", f"{row.reference}, {label(row.state, 'state')}")
        for row in found[:MOST]
    ]
