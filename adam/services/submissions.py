"""Verbs of a submission's life: save, change, submit, withdraw, validate, return, reject."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from adam.domain import lifecycle
from adam.errors import Conflict, Forbidden, Invalid, Problem
from adam.models.projects import Project
from adam.models.submissions import Submission, SubmissionComment
from adam.queries import submissions as questions
from adam.queries import visibility
from adam.services import (
    additions,
    alike,
    counters,
    facts,
    messages,
    projects,
    proposing,
    screening,
    submission_rows,
)
from adam.services import submission_access as access
from adam.services.claims import Claim
from adam.services.work import Work

# The moves of coordinators that the partner is told, by the kind of the message.
TOLD = {"return": "returned", "reject": "rejected", "validate": "validated"}

OWNER = "owner"
"""The move of a comment that the owner of a record makes on an addition to it."""


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to "what would happen": every problem, proposed pillars, records that look alike, and remarks."""

    problems: list[Problem]
    proposals: list[Any] = field(default_factory=list)
    lookalikes: list[Any] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


def check(w: Work, claim: Claim) -> Check:
    """A dry run that stores nothing: problems of shape and fact, proposed pillars, look-alikes the actor may see."""
    found = problems(w, claim)
    if claim.draft is None:
        return Check(found, [] if claim.adds_to else proposing.propose(w, claim.document))
    if claim.adds_to:
        return Check(found, remarks=_remarks(w, claim))
    looked_up = alike.lookalikes(w, claim.draft, claim.project_id)
    return Check(found, proposing.propose(w, claim.draft), looked_up)


def problems(w: Work, claim: Claim, itself: str | None = None) -> list[Problem]:
    """All that is wrong with a submission: shape, fact, key, record; `itself` is the one that it is already.

    Raises Forbidden without a partner.
    """
    partner = access.partner_of(w)
    found = list(claim.problems)
    if claim.draft is not None:
        found.extend(facts.problems(w, claim.draft))
    return found + _standing(w, partner, claim, itself)


def save(w: Work, claim: Claim) -> Submission:
    """Keep a new draft, with its problems if it has any. The same `once` gives the draft it made before.

    Raises Forbidden without a partner to write for, Invalid when `source_ref` is taken or `project_id` isn't ours,
    Conflict when the same `once` comes with other answers after it was submitted.
    """
    partner = access.partner_of(w)
    counters.lock(w.session, "submission")
    if claim.once:
        again = questions.of_once(w.session, claim.once)
        if again is not None and again.partner == partner:
            return _once_more(w, again, claim)
    _refuse_taken(w, partner, claim)
    submission = Submission(
        reference=counters.reference(w.session, "submission"),
        partner=partner,
        source_ref=claim.source_ref,
        project_id=claim.project_id,
        adds_to=claim.adds_to,
        state=lifecycle.DRAFT,
        author_id=w.actor.account,
        origin=claim.origin,
        once=claim.once,
        created_at=w.now,
        version=1,
        **submission_rows.content_of(w, claim),
    )
    w.session.add(submission)
    w.session.flush()
    submission_rows.keep_problems(w, submission, claim)
    w.record(
        "submission.saved", submission_rows.key_of(submission), None, submission_rows.state_of(submission)
    )
    return submission


def _once_more(w: Work, submission: Submission, claim: Claim) -> Submission:
    """What this form made before: the same answers change nothing, others change it as long as it may be edited."""
    if submission.digest == submission_rows.content_of(w, claim)["digest"]:
        return submission
    if not lifecycle.may_edit(submission.state):
        raise Conflict(
            f"This form was submitted already, as {submission.reference}, and your answers differ from it. "
            "Nothing of yours was stored this time: submit again to enter them as another project, or take "
            f"{submission.reference} back and change it.",
            "once",
        )
    return change(w, submission.id, claim)


def change(w: Work, submission_id: str, claim: Claim, version: int | None = None) -> Submission:
    """Replace the document of a draft or a returned submission; the same document again changes nothing.

    Raises Stale when `version` is not the current one, unless the page that claims this wrote the current one itself.
    """
    submission = access.own(w, submission_id, version, claim.once)
    content = submission_rows.content_of(w, claim)
    same = content["digest"] == submission.digest and claim.source_ref == submission.source_ref
    if same and claim.once and claim.once == submission.hand:
        # The second request of one click, or a draft sent again as it is.
        return submission
    if not lifecycle.may_edit(submission.state):
        raise Conflict(
            f"This submission is {submission.state}; only drafts and returned ones can be changed.", "state"
        )
    if claim.source_ref != submission.source_ref:
        counters.lock(w.session, "submission")
        _refuse_taken(w, submission.partner, claim)
    submission_rows.keep_problems(w, submission, claim)
    if same:
        return submission
    before = submission_rows.state_of(submission)
    submission.source_ref = claim.source_ref
    for name, value in content.items():
        setattr(submission, name, value)
    submission.version += 1
    submission_rows.record_change(w, submission, before, claim.typing)
    w.session.flush()
    return submission


def remove(w: Work, submission_id: str, version: int | None = None) -> None:
    """Delete a draft; anything that was submitted once is withdrawn instead."""
    submission = access.own(w, submission_id, version)
    if submission.state != lifecycle.DRAFT:
        raise Conflict("Only a draft can be deleted; withdraw this submission instead.", "state")
    w.record(
        "submission.deleted", submission_rows.key_of(submission), submission_rows.state_of(submission), None
    )
    w.session.delete(submission)
    w.session.flush()


def submit(w: Work, submission_id: str, version: int | None = None) -> Submission:
    """Hand a draft to the coordinators. Raises Invalid with all that is still to mend."""
    submission = access.own(w, submission_id, version)
    lifecycle.after(submission.state, "submit")
    left = [
        Problem(row.pointer, row.code, row.detail) for row in questions.problems(w.session, submission_id)
    ]
    if not left:
        left = facts.problems(w, submission_rows.draft_of(submission))
    if not left and submission.adds_to:
        left = additions.problems(w, submission.partner, submission_rows.claim_of(submission), submission.id)
    if left:
        raise Invalid(left)
    submission.submitted_at = w.now
    return _move(w, submission, "submit")


def withdraw(w: Work, submission_id: str, version: int | None = None) -> Submission:
    """Take a submission back before it is decided."""
    submission = access.own(w, submission_id, version)
    return _move(w, submission, "withdraw")


def validate(w: Work, submission_id: str, version: int | None = None) -> Submission:
    """Accept a submission: it becomes a record, or changes the one it updates, and is compared with all others."""
    submission = access.for_decision(w, submission_id, version)
    lifecycle.after(submission.state, "validate")
    draft = submission_rows.draft_of(submission)
    left = facts.problems(w, draft)
    if left:
        raise Invalid(left)
    if submission.adds_to:
        record_id = additions.accept(w, submission)
    else:
        entry = projects.Entry(draft, submission.partner, submission.project_id)
        record_id = submission.project_id = projects.record(w, [entry])[0]
    submission.decided_at = w.now
    w.session.flush()
    screening.screen_one(w, record_id)
    return _move(w, submission, "validate")


def return_to_partner(
    w: Work, submission_id: str, comment: dict[str, Any], version: int | None = None
) -> Submission:
    """Send a submission back with a comment that says what to mend."""
    return _decide(w, submission_id, ("return", comment), version)


def reject(w: Work, submission_id: str, comment: dict[str, Any], version: int | None = None) -> Submission:
    """Refuse a submission for good, with a comment that says why."""
    return _decide(w, submission_id, ("reject", comment), version)


def _decide(w: Work, submission_id: str, move: tuple[str, dict[str, Any]], version: int | None) -> Submission:
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
    return _move(w, submission, name, comment["comment"])


def remark(w: Work, submission_id: str, comment: dict[str, Any]) -> Submission:
    """A word of the partner whose record an addition adds to, for the coordinator and for the partner that adds."""
    submission = access.locked(w, submission_id)
    if w.actor.writes_for is None or access.owner_of(w, submission) != w.actor.writes_for:
        raise Forbidden("Only a focal point of the partner whose record this adds to says a word to it.")
    if submission.state != lifecycle.SUBMITTED:
        raise Conflict(f"This addition is {submission.state}: it is decided already.", "state")
    said = SubmissionComment(
        submission_id=submission.id,
        author=w.actor.label,
        at=w.now,
        move=OWNER,
        pointer=None,
        text=comment["comment"],
    )
    w.session.add(said)
    w.record("submission.remarked", submission_rows.key_of(submission), None, dict(comment))
    w.session.flush()
    return submission


def _remarks(w: Work, claim: Claim) -> list[Problem]:
    project = additions.record_of(w, claim.adds_to)
    if project is None or claim.draft is None:
        return []
    return additions.effect(w, access.partner_of(w), project, claim.draft).remarks


def _move(w: Work, submission: Submission, name: str, comment: str | None = None) -> Submission:
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


def _tell(w: Work, submission: Submission, move: str, comment: str | None) -> None:
    """Tell the partner what was decided, and the owner of a record that somebody adds to it."""
    subject = submission_rows.key_of(submission)
    if move in TOLD:
        said = {"comment": comment, "by": w.actor.label} if comment else {}
        messages.tell_partner(w, submission.partner, TOLD[name], submission_rows.key_of(submission), **said)
    return submission


def _partner(w: Work) -> str:
    if w.actor.writes_for is None:
        raise Forbidden("Only a focal point writes submissions, for its own partner.")
    return w.actor.writes_for


def _locked(w: Work, submission_id: str, version: int | None, hand: str | None = None) -> Submission:
    """The submission, held until the work ends, so that two people can't move it at once."""
    query = select(Submission).where(Submission.id == submission_id, visibility.submissions(w.actor))
    submission = w.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if submission is None:
        raise NotFound("There is no such submission.")
    if version is not None and version != submission.version and (hand is None or hand != submission.hand):
        raise Stale()
    return submission


def _own(w: Work, submission_id: str, version: int | None, hand: str | None = None) -> Submission:
    submission = _locked(w, submission_id, version, hand)
    if submission.partner != w.actor.writes_for:
        raise Forbidden("Only a focal point of the partner that wrote this may do that.")
    return submission


def _for_decision(w: Work, submission_id: str, version: int | None) -> Submission:
    submission = _locked(w, submission_id, version)
    if not w.actor.coordinates:
        raise Forbidden("Only a coordinator may decide on a submission.")
    if w.actor.partner is not None and w.actor.partner == submission.partner:
        raise Forbidden("A coordinator never decides on a submission of their own partner.")
    return submission


def _refuse_taken(w: Work, partner: str, claim: Claim) -> None:
    found = _standing(w, partner, claim)
    if found:
        raise Invalid(found)


def _standing(w: Work, partner: str, claim: Claim, itself: str | None = None) -> list[Problem]:
    """Whether the key is free, the record that is updated the partner's own, and one it adds to open to it."""
    found = additions.problems(w, partner, claim, itself) if claim.adds_to else []
    of_key = questions.of_key(w.session, partner, claim.source_ref) if claim.source_ref else None
    if of_key is not None and of_key.id != itself:
        sentence = (
            f"Your key {claim.source_ref} stands on another submission already: change that one instead."
        )
        found.append(Problem("#/source_ref", "source_ref_taken", sentence))
    if claim.project_id is None:
        return found
    owner = w.session.scalar(
        select(Project.owner).where(Project.id == claim.project_id, visibility.projects(w.actor))
    )
    if owner != partner:
        sentence = "Only a record that your partner reports can be updated: check its id."
        found.append(Problem("#/project_id", "unknown_project", sentence))
    return found
