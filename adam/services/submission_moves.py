"""How a submission moves: from state to state, with what was said and who is told."""

from __future__ import annotations

from typing import Any

from adam.domain import lifecycle
from adam.errors import Conflict, Invalid, Problem
from adam.models.submissions import Submission, SubmissionComment
from adam.services import messages, submission_rows
from adam.services import submission_access as access
from adam.services.work import Work

TOLD = {"return": "returned", "reject": "rejected", "validate": "validated"}
"""The moves of coordinators that the partner is told, by the kind of the message."""
REPLY, OWNER = "reply", "owner"
"""The move of a comment that is a partner's word to a coordinator, or the owner's of a record to an addition."""


def take(w: Work, submission: Submission, name: str, comment: str | None = None) -> Submission:
    """Take the move, if it is allowed from where the submission stands; raises Conflict otherwise."""
    target = lifecycle.after(submission.state, name)
    before = submission_rows.state_of(submission)
    submission.state = target
    submission.updated_at = w.now
    submission.version += 1
    w.session.flush()
    after = submission_rows.state_of(submission) | ({"comment": comment} if comment else {})
    w.record(f"submission.{lifecycle.PAST_TENSE[name]}", submission_rows.key_of(submission), before, after)
    _tell(w, submission, name, comment)
    return submission


def decide(
    w: Work, submission_id: str, move: tuple[str, list[dict[str, Any]]], version: int | None
) -> Submission:
    """Return or reject a submission with comments; raises Forbidden for whoever may not decide on it."""
    submission = access.for_decision(w, submission_id, version)
    name, comments = move
    lifecycle.after(submission.state, name)
    for comment in comments:
        w.session.add(_comment(w, submission, name, comment))
    submission.decided_at = w.now
    return take(w, submission, name, "\n".join(comment["comment"] for comment in comments))


def reply(w: Work, submission_id: str, said: dict[str, Any]) -> SubmissionComment:
    """The partner's word to a coordinator's comment, {"comment", "answers"}; raises Invalid for another's comment."""
    submission = access.own(w, submission_id)
    if submission.state not in (*lifecycle.EDITABLE, lifecycle.SUBMITTED):
        raise Conflict(f"This submission is {submission.state}: there is nothing more to say to it.", "state")
    asked = w.session.get(SubmissionComment, said["answers"])
    if asked is None or asked.submission_id != submission.id or asked.move not in ("return", OWNER):
        sentence = "No such comment stands on this submission: take its id from there."
        raise Invalid([Problem("#/answers", "unknown_comment", sentence)])
    row = _comment(w, submission, REPLY, {"comment": said["comment"], "pointer": asked.pointer})
    row.answers = asked.id
    w.session.add(row)
    w.record("submission.replied", submission_rows.key_of(submission), None, dict(said))
    w.session.flush()
    return row


def _comment(w: Work, submission: Submission, move: str, said: dict[str, Any]) -> SubmissionComment:
    return SubmissionComment(
        submission_id=submission.id,
        author=w.actor.label,
        at=w.now,
        move=move,
        pointer=said.get("pointer"),
        text=said["comment"],
    )


def _tell(w: Work, submission: Submission, move: str, comment: str | None) -> None:
    """Tell the partner what was decided, and the owner of a record that somebody adds to it."""
    subject = submission_rows.key_of(submission)
    if move in TOLD:
        said = {"comment": comment, "by": w.actor.label} if comment else {}
        messages.tell_partner(w, submission.partner, TOLD[move], subject, **said)
    owner = access.owner_of(w, submission) if move in ("submit", "validate") else None
    if owner is not None:
        messages.tell_partner(w, owner, "addition", subject, partner=submission.partner)
