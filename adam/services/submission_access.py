"""Who may touch a submission: its partner, the coordinators of others, the owner of the record it adds to."""

from __future__ import annotations

from sqlalchemy import select

from adam.errors import Forbidden, NotFound, Stale
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.queries import visibility
from adam.services.work import Work


def partner_of(w: Work) -> str:
    """The partner for which the actor writes; raises Forbidden."""
    if w.actor.writes_for is None:
        raise Forbidden("Only a focal point writes submissions, for its own partner.")
    return w.actor.writes_for


def locked(w: Work, submission_id: str, version: int | None = None, hand: str | None = None) -> Submission:
    """The submission, held until the work ends, so that two people can't move it at once.

    Raises Stale where `version` isn't the current one, unless the page with the key `hand` wrote that itself.
    """
    query = select(Submission).where(Submission.id == submission_id, visibility.submissions(w.actor))
    submission = w.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if submission is None:
        raise NotFound("There is no such submission.")
    if version is not None and version != submission.version and (hand is None or hand != submission.hand):
        raise Stale()
    return submission


def own(w: Work, submission_id: str, version: int | None = None, hand: str | None = None) -> Submission:
    """One of the actor's own partner."""
    submission = locked(w, submission_id, version, hand)
    if submission.partner != w.actor.writes_for:
        raise Forbidden("Only a focal point of the partner that wrote this may do that.")
    return submission


def for_decision(w: Work, submission_id: str, version: int | None = None) -> Submission:
    """One that this coordinator may decide on: neither of their own partner nor about its record."""
    submission = locked(w, submission_id, version)
    if not w.actor.coordinates:
        raise Forbidden("Only a coordinator may decide on a submission.")
    if w.actor.partner is not None and w.actor.partner == submission.partner:
        raise Forbidden("A coordinator never decides on a submission of their own partner.")
    if w.actor.partner is not None and w.actor.partner == owner_of(w, submission):
        raise Forbidden("A coordinator never decides on what is added to a record of their own partner.")
    return submission


def owner_of(w: Work, submission: Submission) -> str | None:
    """The partner whose record an addition adds to; None for any other submission."""
    if submission.adds_to is None:
        return None
    return w.session.scalar(select(Project.owner).where(Project.id == submission.adds_to))
