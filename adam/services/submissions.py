"""Verbs of a submission's life: save, change, submit, withdraw, validate, return, reject."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from adam.domain import lifecycle
from adam.errors import Conflict, Invalid, Problem
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.queries import submissions as questions
from adam.queries import visibility
from adam.services import (
    additions,
    alike,
    counters,
    facts,
    mentions,
    projects,
    proposing,
    rebasing,
    round_answers,
    screening,
    submission_rows,
    warnings,
)
from adam.services import submission_access as access
from adam.services import submission_moves as moves
from adam.services.claims import Claim
from adam.services.warnings import Shown
from adam.services.work import Work


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to "what would happen": problems, warnings, proposed pillars, records that look alike.

    `remarks` are those on the money of an addition.
    """

    problems: list[Problem]
    warnings: list[Shown] = field(default_factory=list)
    proposals: list[Any] = field(default_factory=list)
    lookalikes: alike.Lookalikes = field(default_factory=alike.Lookalikes)
    remarks: list[Problem] = field(default_factory=list)


def check(w: Work, claim: Claim) -> Check:
    """A dry run that stores nothing: problems, warnings, proposed pillars, look-alikes that the actor may see."""
    found = problems(w, claim)
    if claim.adds_to:
        return Check(found, remarks=_remarks(w, claim))
    warned = warnings.of_claim(w, claim, found)
    if claim.draft is None:
        return Check(found, warned, proposing.propose(w, claim.document))
    looked_up = alike.lookalikes(w, claim.draft, claim.project_id)
    return Check(found, warned, proposing.propose(w, claim.draft), looked_up)


def problems(w: Work, claim: Claim, itself: str | None = None) -> list[Problem]:
    """All that is wrong with a submission: shape, fact, key, record; `itself` is the one that it is already.

    Raises Forbidden without a partner.
    """
    partner = access.partner_of(w)
    return _faults(w, claim, partner, itself) + _taken(w, partner, claim, itself)


def _faults(w: Work, claim: Claim, partner: str, itself: str | None = None) -> list[Problem]:
    """All but a key that is taken."""
    found = list(claim.problems)
    if claim.draft is not None:
        found.extend(facts.problems(w, claim.draft, claim.whose(partner)))
    return found + _standing(w, partner, claim, itself) + warnings.unmatched(w, claim)


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
        **submission_rows.new(w, partner, claim, counters.reference(w.session, "submission"))
    )
    w.session.add(submission)
    w.session.flush()
    _record(w, submission)
    submission_rows.keep_problems(w, submission, claim, new=True)
    warnings.keep(w, submission, claim)
    return submission


def enter(w: Work, claim: Claim) -> SimpleNamespace:
    """Keep a new submission in which nothing is left to mend; answers its columns, of which the session knows nothing.

    Raises Forbidden without a partner to write for, Invalid with every problem of it: the work is then over, because
    the number that it took goes back with it.
    """
    partner = access.partner_of(w)
    if claim.draft is not None:
        # Judged before others wait for the number; it stands below, with the key, which is free from then on or never.
        facts.problems(w, claim.draft, claim.whose(partner))
    reference = counters.reference(w.session, "submission")
    if _faults(w, claim, partner):
        raise Invalid(problems(w, claim))
    row = submission_rows.new(w, partner, claim, reference)
    if not submission_rows.entered(w, row):
        raise Invalid(problems(w, claim))
    submission = SimpleNamespace(**row)
    _record(w, submission)
    warnings.keep(w, submission, claim)
    return submission


def _record(w: Work, submission: Any) -> None:
    w.record(
        "submission.saved", submission_rows.key_of(submission), None, submission_rows.state_of(submission)
    )


def _once_more(w: Work, submission: Submission, claim: Claim) -> Submission:
    """What this form made before: the same answers change nothing, others change it as long as it may be edited."""
    if submission.digest == submission_rows.content_of(w, claim)["digest"]:
        return _explained(w, submission, claim)
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
        return _explained(w, submission, claim)
    if not lifecycle.may_edit(submission.state):
        raise Conflict(
            f"This submission is {submission.state}; only drafts and returned ones can be changed.", "state"
        )
    if claim.source_ref != submission.source_ref:
        counters.lock(w.session, "submission")
        _refuse_taken(w, submission.partner, claim)
    submission_rows.keep_problems(w, submission, claim)
    warnings.keep(w, submission, claim)
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


def _explained(w: Work, submission: Submission, claim: Claim) -> Submission:
    """The submission with the reasons that came with the same answers, as long as it may be edited."""
    if lifecycle.may_edit(submission.state):
        warnings.keep(w, submission, claim)
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
        left = facts.problems(w, submission_rows.draft_of(submission), submission_rows.whose(submission))
    if not left and submission.adds_to:
        left = additions.problems(w, submission.partner, submission_rows.claim_of(submission), submission.id)
    if left:
        raise Invalid(left)
    rebasing.settle(w, submission, accepting=False)
    submission.submitted_at = w.now
    round_answers.updated(w, submission.project_id, submission.id)
    return moves.take(w, submission, "submit")


def withdraw(w: Work, submission_id: str, version: int | None = None) -> Submission:
    """Take a submission back before it is decided."""
    submission = access.own(w, submission_id, version)
    return moves.take(w, submission, "withdraw")


def validate(w: Work, submission_id: str, version: int | None = None) -> Submission:
    """Accept a submission: it becomes a record, or changes the one it updates, and is compared with all others."""
    # Records before submissions, as a merge takes them: the other way round two wait for each other.
    counters.lock(w.session, "project")
    submission = access.for_decision(w, submission_id, version)
    lifecycle.after(submission.state, "validate")
    rebasing.settle(w, submission, accepting=True)
    draft = submission_rows.draft_of(submission)
    left = facts.problems(w, draft, submission_rows.whose(submission))
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
    mentions.tell_the_named(w, record_id)
    return moves.take(w, submission, "validate")


def return_to_partner(
    w: Work, submission_id: str, said: dict[str, Any], version: int | None = None
) -> Submission:
    """Send a submission back with what to mend: {"comments": [{"comment", "pointer"}]}, or one such comment."""
    return moves.decide(w, submission_id, ("return", _comments(said)), version)


def reject(w: Work, submission_id: str, said: dict[str, Any], version: int | None = None) -> Submission:
    """Refuse a submission for good, with comments that say why."""
    return moves.decide(w, submission_id, ("reject", _comments(said)), version)


def _comments(said: dict[str, Any]) -> list[dict[str, Any]]:
    return list(said["comments"]) if "comments" in said else [said]


def _remarks(w: Work, claim: Claim) -> list[Problem]:
    project = additions.record_of(w, claim.adds_to)
    if project is None or claim.draft is None:
        return []
    return additions.effect(w, access.partner_of(w), project, claim.draft).remarks


def _refuse_taken(w: Work, partner: str, claim: Claim) -> None:
    found = _standing(w, partner, claim) + _taken(w, partner, claim)
    if found:
        raise Invalid(found)


def _standing(w: Work, partner: str, claim: Claim, itself: str | None = None) -> list[Problem]:
    """Whether the record that is updated is the partner's own, and one it adds to open to it."""
    found = additions.problems(w, partner, claim, itself) if claim.adds_to else []
    if claim.project_id is None:
        return found
    owner = w.session.scalar(
        select(Project.owner).where(Project.id == claim.project_id, visibility.projects(w.actor))
    )
    if owner != partner:
        sentence = "Only a record that your partner reports can be updated: check its id."
        found.append(Problem("#/project_id", "unknown_project", sentence))
    return found


def _taken(w: Work, partner: str, claim: Claim, itself: str | None = None) -> list[Problem]:
    """Whether another submission has this key."""
    of_key = questions.of_key(w.session, partner, claim.source_ref) if claim.source_ref else None
    if of_key is None or of_key == itself:
        return []
    sentence = f"Your key {claim.source_ref} stands on another submission already: change that one instead."
    return [Problem("#/source_ref", "source_ref_taken", sentence)]
