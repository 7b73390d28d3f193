"""How a submission moves: from state to state, with what was said and who is told."""

from __future__ import annotations

from typing import Any

from adam.domain import lifecycle
from adam.models.submissions import Submission, SubmissionComment
from adam.services import messages, submission_rows
from adam.services import submission_access as access
from adam.services.work import Work

TOLD = {"return": "returned", "reject": "rejected", "validate": "validated"}
"""The moves of coordinators that the partner is told, by the kind of the message."""


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


def decide(w: Work, submission_id: str, move: tuple[str, dict[str, Any]], version: int | None) -> Submission:
    """Return or reject a submission with a comment; raises Forbidden for whoever may not decide on it."""
    submission = access.for_decision(w, submission_id, version)
    name, comment = move
    lifecycle.after(submission.state, name)
    said = SubmissionComment(
        submission_id=submission.id,
        author=w.actor.label,
        at=w.now,
        move=name,
        pointer=comment.get("pointer"),
        text=comment["comment"],
    )
    w.session.add(said)
    submission.decided_at = w.now
    return take(w, submission, name, comment["comment"])


def _tell(w: Work, submission: Submission, move: str, comment: str | None) -> None:
    """Tell the partner what was decided, and the owner of a record that somebody adds to it."""
    subject = submission_rows.key_of(submission)
    if move in TOLD:
        said = {"comment": comment, "by": w.actor.label} if comment else {}
        messages.tell_partner(w, submission.partner, TOLD[move], subject, **said)
    owner = access.owner_of(w, submission) if move in ("submit", "validate") else None
    if owner is not None:
        messages.tell_partner(w, owner, "addition", subject, partner=submission.partner)
