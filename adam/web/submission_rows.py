"""Submissions as rows of lists: the queue, a partner's own, the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from adam.domain import differences, lifecycle
from adam.domain import documents as plain
from adam.queries import submissions as questions
from adam.schemas.readable import readable
from adam.services import answers
from adam.services.money import Converter
from adam.services.money import usd_of as usd_figure
from adam.services.work import Work
from adam.web import pager, remarks
from adam.web.labels import label


def rows(w: Work, items: Sequence[Any]) -> list[dict[str, Any]]:
    """Submissions for submissions/queue.html, with as many questions for a page as for one."""
    ids = [item.id for item in items]
    about = [key for item in items if (key := item.adds_to or item.project_id)]
    kept = questions.Kept(w.session, ids)
    known = Known(
        questions.records(w.session, w.actor, about),
        questions.told(w.session, ids, answers.ANSWERS) if ids else {},
        kept,
        Converter(w),
        remarks.open_on(w, items, kept),
    )
    return [_row(w, item, known) for item in items]


@dataclass(frozen=True, slots=True)
class Known:
    """What was asked for all rows at once: records, look-alikes that were answered, problems, rates, remarks."""

    records: dict[str, Any]
    told: dict[str, int]
    kept: questions.Kept
    converter: Converter
    remarked: dict[str, int]


def _row(w: Work, item: Any, known: Known) -> dict[str, Any]:
    project = known.records.get(item.adds_to or item.project_id or "")
    standing = project is not None and item.state != lifecycle.VALIDATED
    since = item.submitted_at or item.updated_at
    return {
        "reference": item.reference,
        "url": f"/submissions/{item.id}",
        "title": item.title,
        "partner": w.vocabulary.partner(item.partner),
        "state": item.state,
        "update_of": _record(project) if standing and not item.adds_to else None,
        "adds_to": _record(project) if standing and item.adds_to else None,
        "since": since,
        "days": (w.now - since).days,
        "differs": _size(item, project) if standing else 0,
        "problems": (len(known.kept.faults(item.id)) if lifecycle.may_edit(item.state) else 0)
        + known.remarked[item.id],
        "lookalikes": known.told.get(item.id, 0),
        "usd": usd_of(known.converter, item.document),
    }


def _record(project: Any) -> dict[str, str]:
    return {"reference": project.reference, "url": f"/projects/{project.id}"}


def _size(item: Any, project: Any) -> int:
    """In how many fields an update differs from its record, or how many rows an addition changes."""
    if item.adds_to:
        found = differences.changes(project.added.get(item.partner, {}), item.document)
        return sum(len(change.rows or ()) for change in found)
    return len(differences.changes(project.document, item.document))


def draft_of(item: Any) -> dict[str, Any] | None:
    """The draft of a stored submission; None of a draft that can't be read yet."""
    try:
        return plain.part_draft(item.document) if item.adds_to else plain.draft_of(item.document)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None


def usd_of(converter: Converter, document: dict[str, Any]) -> Any:
    """The headline figure in US dollars that a document would be recorded with; None where it has none."""
    return usd_figure(converter, readable(document))


def tabs(w: Work, state: str) -> list[dict[str, Any]]:
    """One tab for each state that has something, and one for all."""
    found = [
        {
            "label": _("All"),
            "url": pager.url(state=None, page=None),
            "current": not state,
            "count": _count(w, ()),
        }
    ]
    for code in lifecycle.STATES:
        number = _count(w, (code,))
        if number or code == state:
            address = pager.url(state=code, page=None)
            found.append(
                {"label": label(code, "state"), "url": address, "current": code == state, "count": number}
            )
    return found


def _count(w: Work, states: tuple[str, ...]) -> int:
    return questions.count(w.session, questions.listed(w.actor, states, w.actor.partner))


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The fields in which an update differs from the accepted record; a key that is left out is as good as empty."""
    differ = plain.differences(readable(before), readable(after))
    return [name for name in differ if name not in ("source", "last_confirmed_on")]
