"""Submissions as rows of lists: the queue, a partner's own, the desk."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from adam.domain import documents as plain
from adam.domain import lifecycle, periods
from adam.domain.money import Amount, headline
from adam.queries import submissions as questions
from adam.services import additions
from adam.services.money import Converter
from adam.services.work import Work
from adam.web import pager, remarks
from adam.web.documents import readable
from adam.web.labels import label


def row(w: Work, item: Any) -> dict[str, Any]:
    """One submission for submissions/queue.html."""
    return {
        "reference": item.reference,
        "url": f"/submissions/{item.id}",
        "title": item.title,
        "partner": w.vocabulary.partner(item.partner),
        "state": item.state,
        "update_of": _updated(w, item),
        "since": item.submitted_at or item.updated_at,
        "problems": _to_look_at(w, item),
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


def _to_look_at(w: Work, item: Any) -> int:
    """What is still to mend, and what is worth a second look."""
    wrong = len(questions.problems(w.session, item.id)) if lifecycle.may_edit(item.state) else 0
    return wrong + (0 if item.adds_to else len(remarks.shown(item.document)))


def _updated(w: Work, item: Any) -> dict[str, str] | None:
    project = additions.record_of(w, item.adds_to or item.project_id)
    if project is None or item.state == lifecycle.VALIDATED:
        return None
    return {"reference": project.reference, "url": f"/projects/{project.id}"}


def usd_of(w: Work, document: dict[str, Any]) -> Any:
    """The headline figure in US dollars that a document would be recorded with; None where it has none."""
    draft = readable(document)
    start = periods.of_project(draft).start
    converter = Converter(w)
    whole = [item for item in draft["contributions"] if item["amount"] and item["currency"] and item["kind"]]
    amounts = [
        Amount(
            item["kind"],
            item["amount"],
            item["currency"],
            item["value_date"],
            converter.row(item, start)["usd"],
        )
        for item in whole
    ]
    return headline(amounts).usd


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
