"""Submissions as rows of lists: the queue, a partner's own, the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from adam.domain import documents as plain
from adam.domain import lifecycle
from adam.queries import submissions as questions
from adam.schemas.readable import readable
from adam.services import additions
from adam.services.money import Converter
from adam.services.money import usd_of as usd_figure
from adam.services.work import Work
from adam.web import pager, remarks
from adam.web.labels import label


def rows(w: Work, items: Sequence[Any]) -> list[dict[str, Any]]:
    """Submissions for submissions/queue.html."""
    remarked = remarks.open_on(w, items)
    return [_row(w, item, remarked[item.id]) for item in items]


def _row(w: Work, item: Any, remarked: int) -> dict[str, Any]:
    return {
        "reference": item.reference,
        "url": f"/submissions/{item.id}",
        "title": item.title,
        "partner": w.vocabulary.partner(item.partner),
        "state": item.state,
        "update_of": _updated(w, item),
        "since": item.submitted_at or item.updated_at,
        "problems": _wrong(w, item) + remarked,
        "lookalikes": len(
            {said.pointer for said in questions.comments(w.session, item.id) if said.move == "same"}
        ),
        "usd": usd_of(w, item.document),
    }


def draft_of(item: Any) -> dict[str, Any] | None:
    """The draft of a stored submission; None of a draft that can't be read yet."""
    try:
        return plain.part_draft(item.document) if item.adds_to else plain.draft_of(item.document)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None


def _wrong(w: Work, item: Any) -> int:
    """What is still to mend."""
    return len(questions.problems(w.session, item.id)) if lifecycle.may_edit(item.state) else 0


def _updated(w: Work, item: Any) -> dict[str, str] | None:
    project = additions.record_of(w, item.adds_to or item.project_id)
    if project is None or item.state == lifecycle.VALIDATED:
        return None
    return {"reference": project.reference, "url": f"/projects/{project.id}"}


def usd_of(w: Work, document: dict[str, Any]) -> Any:
    """The headline figure in US dollars that a document would be recorded with; None where it has none."""
    return usd_figure(Converter(w), readable(document))


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
