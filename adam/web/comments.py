"""What was said about a submission: the thread, what was asked last, and where in the form it belongs."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _

from adam.domain import lifecycle
from adam.queries import submissions as questions
from adam.services import submission_moves as moves
from adam.services.work import Work
from adam.web import form_errors

Comment = dict[str, Any]
LONGEST = 5000


def of(w: Work, submission_id: str) -> list[Comment]:
    """What was said about a submission, newest first."""
    return [
        {
            "id": row.id,
            "by": row.author,
            "when": row.at,
            "text": row.text,
            "move": lifecycle.PAST_TENSE.get(row.move or "", row.move),
            "pointer": row.pointer,
            "field": field_of(row.pointer),
            "answers": row.answers,
            "said": request.form.get(f"reply_{row.id}", ""),
        }
        for row in reversed(questions.comments(w.session, submission_id))
    ]


def field_of(pointer: str | None) -> str | None:
    """The name of the field that a pointer is about; None for a comment in general."""
    if not pointer or not pointer.startswith("#/project/"):
        return None
    return form_errors.part(pointer.split("/")[2])


def asked(said: list[Comment]) -> list[Comment]:
    """What the coordinator asked when the submission came back last, in the order in which it was written."""
    returned = [item for item in said if item["move"] == "returned"]
    return [item for item in reversed(returned) if item["when"] == returned[0]["when"]]


def at_fields(listed: list[Comment], places: dict[str, str]) -> form_errors.Errors:
    """Field of the form → what is asked there."""
    found: form_errors.Errors = {}
    for item in listed:
        if item["field"]:
            key = form_errors.key_of(item["pointer"], places)
            found.setdefault(key, []).append(_("The coordinator asks: %(text)s", text=item["text"]))
    return found


def thread(said: list[Comment]) -> list[Comment]:
    """The comments, newest first, each with the replies to it."""
    replies: dict[int, list[Comment]] = {}
    for item in reversed(said):
        if item["answers"]:
            replies.setdefault(item["answers"], []).append(item)
    return [item | {"replies": replies.get(item["id"], [])} for item in said if not item["answers"]]


def keep_replies(w: Work, submission_id: str) -> None:
    """Keep what this form answers to comments; what was said already is not said twice."""
    rows = questions.comments(w.session, submission_id)
    known = {(row.answers, row.text) for row in rows if row.answers}
    for row in rows:
        text = (
            request.form.get(f"reply_{row.id}", "")
            .replace("\r\n", "\n")
            .replace("\x00", "")
            .strip()[:LONGEST]
        )
        if row.move == "return" and text and (row.id, text) not in known:
            moves.reply(w, submission_id, {"comment": text, "answers": row.id})
