"""Findings as rows of lists: the question, the two records, where, and what is at stake."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from adam.domain import excerpts
from adam.domain.findings import siblings
from adam.queries import projects, submissions
from adam.services.work import Work
from adam.web import filters, finding_queues, finding_states

QUESTIONS = {
    "record_duplicate": _l("Is it one activity? %(a)s and %(b)s"),
    "same_money": _l("Is it the same money? %(a)s and %(b)s"),
    "component": _l("Is one a part of the other? %(a)s and %(b)s"),
    "continuation": _l("Does one follow on the other? %(a)s and %(b)s"),
    "duplicate_assistance": _l("Do two projects do one job? %(a)s and %(b)s"),
    "overlap": _l("Do they work in the same field? %(a)s and %(b)s"),
}
BESIDE = _l("Are both parts of one programme? %(a)s and %(b)s")
CELLS = {
    "fragmentation": _l("More than three donors: %(cell)s"),
    "gap": _l("A need without assistance: %(cell)s"),
    "coming_gap": _l("The last project ends soon: %(cell)s"),
}
SHORT = 70


def rows(w: Work, found: Sequence[Any]) -> list[dict[str, Any]]:
    """Each finding for findings/list.html and for the desk."""
    known, standing = records(w, found), finding_states.of(w, found)
    return [row(w, item, known) | {"standing": standing.get(item.id)} for item in found]


def records(w: Work, found: Sequence[Any]) -> dict[str, Any]:
    """The records of findings by id, as far as this actor may see them."""
    return records_of(w, {key for item in found for key in (item.a_id, item.b_id) if key})


def records_of(w: Work, ids: Collection[str]) -> dict[str, Any]:
    """Those of these records that this actor may see, by id."""
    return projects.named(w.session, w.actor, sorted(ids))


def row(w: Work, item: Any, known: dict[str, Any]) -> dict[str, Any]:
    """One finding."""
    a, b = known.get(item.a_id or ""), known.get(item.b_id or "")
    return {
        "id": item.id,
        "reference": item.reference,
        "url": finding_queues.address(f"/findings/{item.id}"),
        "pick": item.id,
        "kind": item.kind,
        "state": item.state,
        "title": title(item, a, b),
        "a": name(a),
        "references": [side.reference for side in (a, b) if side],
        "reason": reason(item),
        "countries": shared(a, b) if a and b else [item.country] if item.country else [],
        "where": cell(item) if item.country else None,
        "stake": {"amount": item.stake, "currency": "USD"} if item.stake is not None else None,
        "score": None if item.country else float(item.score),
        "waiting": waiting(item.first_seen, w.now),
    }


def title(item: Any, a: Any, b: Any) -> str:
    """The question that a finding asks."""
    if item.kind in CELLS:
        return str(CELLS[item.kind]) % {"cell": cell(item)}
    beside = item.kind == "component" and siblings(item.evidence)
    first, second = (name(a), name(b)) if a is None or b is None else _apart(a, b)
    return str(BESIDE if beside else QUESTIONS[item.kind]) % {"a": first, "b": second}


def _apart(a: Any, b: Any) -> list[str]:
    """The names of two records, which differ where their titles do; one title is said once, with who reports it."""
    if a.title.casefold().split() != b.title.casefold().split():
        return [f"“{text}”" for text in excerpts.apart(a.title, b.title, SHORT)]
    said, owners = name(a), [filters.partner_name(side.owner) for side in (a, b)]
    if a.owner == b.owner:
        twice = {"title": said, "partner": owners[0], "reference": a.reference}
        return [_("%(title)s, reported twice by %(partner)s: %(reference)s", **twice), b.reference]
    first = _("%(title)s, reported by %(partner)s", title=said, partner=owners[0])
    return [first, _("by %(partner)s", partner=owners[1])]


def name(project: Any) -> str:
    """A record by its title, shortened, in quotation marks."""
    if project is None:
        return _("a record that is not there for you")
    return f"“{excerpts.beginning(project.title, SHORT)}”"


def cell(item: Any) -> str:
    """Country, pillar and kind of help of a finding about a cell."""
    parts = [filters.country_name(item.country), _("pillar %(code)s", code=item.pillar)]
    if item.assistance_type:
        parts.append(g.vocabulary.assistance_type(item.assistance_type))
    return ", ".join(parts)


def reason(item: Any) -> str:
    """The strongest piece of evidence in one sentence."""
    if not item.evidence:
        return item.stake_reason or ""
    best = max(item.evidence, key=lambda one: one.get("score", 0))
    return str(best.get("sentence", ""))


ANSWERS = {"same": _l("the same"), "related": _l("related"), "different": _l("different")}


def said(w: Work, a: Any, b: Any) -> list[dict[str, Any]]:
    """What partners answered about the two when they were asked whether theirs is recorded already."""
    if a is None or b is None:
        return []
    found = submissions.said_of_each_other(w.session, w.actor, a, b)
    return [
        {
            "partner": w.vocabulary.partner(partner),
            "answer": str(ANSWERS[row.move]),
            "text": row.text,
            "by": row.author,
            "when": row.at,
        }
        for row, partner in found
        if row.move in ANSWERS
    ]


def shared(a: Any, b: Any) -> list[str]:
    """The countries of both records; of either, where they share none."""
    lists = [[one["country"] for one in project.document["countries"]] for project in (a, b)]
    both = [code for code in lists[0] if code in lists[1]]
    return both or list(dict.fromkeys(lists[0] + lists[1]))


def waiting(since: datetime, now: datetime) -> str:
    """How long something has been open."""
    days = (now - since).days
    return ngettext("1 day", "%(num)s days", days) if days > 0 else _("since today")
