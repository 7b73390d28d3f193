"""The page of one finding: why it is asked, both records field by field, how the certainty came about, the verdict."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from adam.domain.findings import CELL_KINDS, queue
from adam.domain.visibility import fields_for
from adam.errors import AdamError, Conflict, Invalid
from adam.queries import finding_groups, finding_places, findings, history
from adam.services.work import Work
from adam.web import (
    evidence,
    finding_cells,
    finding_people,
    finding_queues,
    finding_rows,
    finding_sides,
    finding_states,
    finding_verdicts,
    steps,
)
from adam.web import finding_groups as groups

MISSING = {"verdict": _l("Choose a verdict."), "reason": _l("Give the reason in one sentence.")}
FIELDS = ("verdict", "reason", "review_on", "whole", "earlier", "division_of_labour", "due_on", "stays")
"""What the form of a verdict asks for."""
MOST_OTHERS = 6
LAST_STEPS = 6


def page(w: Work, finding_id: str, values: dict[str, str], errors: dict[str, list[str]]) -> str:
    """The page. Raises NotFound."""
    item = findings.one(w.session, w.actor, finding_id)
    known = finding_rows.records(w, [item])
    a, b = known.get(item.a_id or ""), known.get(item.b_id or "")
    shared = _shared(w, item, (a, b)) | {"values": values | {"version": str(item.version)}, "errors": errors}
    if item.kind in CELL_KINDS:
        return render_template("findings/cell.html", **shared, **finding_cells.about(w, item))
    return render_template("findings/show.html", **shared, **_pair(w, item, a, b))


def _shared(w: Work, item: Any, sides: tuple[Any, Any]) -> dict[str, Any]:
    """What the page of a pair and that of a cell both show."""
    return {
        "finding": _head(w, item, finding_rows.title(item, *sides)),
        "queue": _queue(w, item),
        "standing": finding_states.of(w, [item]).get(item.id),
        "earlier": finding_states.earlier(w, item),
        "why": evidence.reasons(item),
        "history": steps.said(history.of(w.session, "finding", item.id)),
        "verdicts": finding_verdicts.possible(w, item, sides),
        "barred": finding_verdicts.barred(w, item, sides),
        "terms": finding_verdicts.terms(w, item, sides),
        "take_back_url": _take_back(w, item, sides),
        "action_url": finding_queues.address(f"/findings/{item.id}"),
    }


def _take_back(w: Work, item: Any, sides: tuple[Any, Any]) -> str | None:
    """Where a verdict that stands may be taken back, for whoever may."""
    decides = w.actor.coordinates and w.actor.partner not in {side.owner for side in sides if side}
    return finding_queues.address(f"/findings/{item.id}/take-back") if decides else None


def _pair(w: Work, item: Any, a: Any, b: Any) -> dict[str, Any]:
    fields = finding_sides.fields(w, item, a, b) if a and b else []
    return {
        "partners_say": finding_rows.said(w, a, b),
        "a": _side(w, a),
        "b": _side(w, b),
        "fields": fields,
        "counts": finding_sides.counts(fields),
        "in_time": finding_sides.in_time(w, a, b) if a and b else None,
        "stake": _stake(item),
        "waterfall": evidence.waterfall(item.evidence, float(item.prior), float(item.score)),
        "group": _group(w, item),
        "others": finding_rows.rows(w, findings.beside(w.session, w.actor, item, MOST_OTHERS)),
        "history_a": _history(w, a),
        "history_b": _history(w, b),
        "people": finding_people.answering(w, [side.owner for side in (a, b) if side]),
    }


def version() -> int | None:
    """The version that the person has read."""
    given = request.form.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else None


def errors_of(error: AdamError) -> dict[str, list[str]]:
    """The sentences at the fields of the verdict form."""
    if isinstance(error, Conflict) or not isinstance(error, Invalid):
        return {"form": [str(error)]}
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        key = problem.pointer.removeprefix("#/")
        said = MISSING.get(key, problem.detail) if problem.code == "required" else problem.detail
        found.setdefault(key if key in FIELDS else "form", []).append(str(said))
    return found


def _filters(w: Work, item: Any) -> findings.Filters:
    """The queue that somebody works in: the one in the address, or the one where the finding belongs."""
    return finding_queues.asked(w, None if request.args.get("tab") else item.queue or queue(item.kind))


def _place(w: Work, item: Any, filters: findings.Filters) -> finding_places.Place:
    within = findings.listed if filters.group else findings.folded
    return finding_places.place(w.session, within(w.actor, filters), item)


def following(w: Work, item: Any, at: str) -> str | None:
    """The address of the next open question after one that was decided, in the queue that it left, if one is left."""
    filters = finding_queues.asked(w, None if request.args.get("tab") else at)
    for asked in (filters, finding_queues.without_group(filters)):
        within = findings.listed if asked.group else findings.folded
        query = within(w.actor, asked)
        found = finding_places.place(w.session, query, item).after or finding_places.first(w.session, query)
        if found:
            group = {"group": asked.group}
            return finding_queues.address(f"/findings/{found}", **group)
    return None


def _queue(w: Work, item: Any) -> dict[str, Any]:
    """Where it stands in the queue that somebody works in, and the way on."""
    filters = _filters(w, item)
    place = _place(w, item, filters)
    if place.number is None and item.group_key and not filters.group:
        # Another pair stands for its group: it is read among the pairs of the group.
        filters = finding_queues.in_group(filters, item.id)
        place = _place(w, item, filters)
    ways = {"previous_url": place.before, "next_url": place.after}
    return {
        "position": place.number,
        "total": place.total,
        "list_url": finding_queues.address("/findings"),
    } | {
        name: finding_queues.address(f"/findings/{key}", group=filters.group) if key else None
        for name, key in ways.items()
    }


def _group(w: Work, item: Any) -> dict[str, str] | None:
    """The group that a finding belongs to, with the way to all of it."""
    if not item.group_key:
        return None
    query = findings.listed(w.actor, finding_queues.of_group(item))
    known = finding_groups.of(w.session, query, [item.group_key]).get(item.group_key)
    if known is None or known.pairs < 2:
        return None
    return {"text": groups.said(known), "url": finding_queues.address("/findings", group=item.id)}


def _head(w: Work, item: Any, title: str) -> dict[str, Any]:
    return {
        "id": item.id,
        "reference": item.reference,
        "kind": item.kind,
        "state": item.state,
        "title": title,
        "score": None if item.kind in CELL_KINDS else float(item.score),
        "seen_on": item.last_seen,
        "rules": item.rules_version,
        "open_days": (w.now - item.first_seen).days if item.state in findings.WAITING else None,
        "queue": queue(item.kind),
    }


def _side(w: Work, project: Any) -> dict[str, Any] | None:
    if project is None:
        return None
    return {
        "id": project.id,
        "reference": project.reference,
        "url": f"/projects/{project.id}",
        "title": project.title,
        "owner": w.vocabulary.partner(project.owner),
        "state": project.status,
        "confirmed_on": project.last_confirmed_on,
        "findings_url": f"/findings?tab={finding_queues.tab()}&project={project.id}",
    }


def _stake(item: Any) -> dict[str, Any]:
    return {"amount": item.stake, "currency": "USD", "text": item.stake_reason or ""}


def _history(w: Work, project: Any) -> list[dict[str, Any]]:
    if project is None or fields_for(w.actor, project.owner) != "all":
        return []
    return steps.said(history.steps_of_record(w.session, w.actor, project.id, LAST_STEPS))


def said(item: Any, text: str) -> Markup:
    """What was just done, with the way to see it and to take it back."""
    place = f"/findings/{item.id}"
    link = Markup('<a href="{}">{}</a>')
    ways = (link.format(place, item.reference), link.format(f"{place}/take-back", _("Take it back")))
    return Markup("{} {} · {}").format(text, *ways)
