"""Submissions as the API tells them: in a list, whole, and one that was just made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adam.domain import differences
from adam.queries import submissions as questions
from adam.schemas.readable import readable
from adam.services import additions, warnings
from adam.services.claims import Claim
from adam.services.work import Work

OWN = (
    "id",
    "reference",
    "partner",
    "source_ref",
    "project_id",
    "adds_to",
    "state",
    "title",
    "origin",
    "version",
)
TIMES = ("created_at", "updated_at", "submitted_at", "decided_at")
SAYS = ("pointer", "code", "detail")
SAID = ("id", "author", "move", "pointer", "text", "answers")
Beside = tuple[Sequence[Any], Sequence[Any], Sequence[warnings.Shown]]
"""The problems, the comments and the warnings of a submission."""


def brief(submission: Any) -> dict[str, Any]:
    """A submission in a list: without its document."""
    return {name: getattr(submission, name) for name in OWN} | {
        name: _moment(getattr(submission, name)) for name in TIMES
    }


def whole(w: Work, submission: Any) -> dict[str, Any]:
    """The whole representation of a submission."""
    found = questions.problems(w.session, submission.id)
    said = questions.comments(w.session, submission.id)
    warned = warnings.of_submission(w, submission, readable(submission.document))
    return _whole(w, submission, (found, said, warned))


def entered(w: Work, submission: Any, claim: Claim) -> dict[str, Any]:
    """The same of one that this work has entered: nobody has said anything of it, and nothing is to mend."""
    if claim.answers:
        return whole(w, submission)
    return _whole(w, submission, ((), (), warnings.of_claim(w, claim, ())))


def _whole(w: Work, submission: Any, beside: Beside) -> dict[str, Any]:
    found, said, seen = beside
    return brief(submission) | {
        "project": submission.document,
        "changes": _changes(w, submission),
        "problems": rows(found, SAYS),
        "warnings": warned(seen),
        "comments": [
            row | {"at": _moment(item.at)} for row, item in zip(rows(said, SAID), said, strict=True)
        ],
    }


def warned(found: Sequence[warnings.Shown]) -> list[dict[str, Any]]:
    """Warnings, each with its reason where one stands."""
    return [
        row | {"answer": _reason(item.answer)} for row, item in zip(rows(found, SAYS), found, strict=True)
    ]


def _reason(reason: warnings.Reason | None) -> dict[str, Any] | None:
    return {"reason": reason.text, "author": reason.author, "at": _moment(reason.at)} if reason else None


def _changes(w: Work, submission: Any) -> dict[str, Any]:
    """Field → before and after, of an update that waits against its record, or of an addition."""
    if submission.state == "validated":
        return {}
    project = additions.record_of(w, submission.adds_to or submission.project_id)
    if project is None:
        return {}
    before = project.added.get(submission.partner, {}) if submission.adds_to else project.document
    return {
        one.field: {"before": one.before, "after": one.after}
        for one in differences.changes(before, submission.document)
    }


def rows(items: Sequence[Any], names: Sequence[str]) -> list[dict[str, Any]]:
    """These attributes of every item."""
    return [{name: getattr(item, name) for name in names} for item in items]


def _moment(value: Any) -> str | None:
    return value.isoformat() if value else None
