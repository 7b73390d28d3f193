"""What is stored of a submission: its content, the problems it still has, and what history keeps of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete

from adam.domain import documents
from adam.models.submissions import Submission, SubmissionProblem
from adam.services import facts
from adam.services.claims import Claim
from adam.services.work import Work


def content_of(w: Work, claim: Claim) -> dict[str, Any]:
    """The columns that follow from the claim."""
    shaped = claim.draft is not None
    document = documents.plain(claim.draft) if shaped else documents.storable(claim.document)
    return {
        "title": str(document.get("title") or "Untitled")[:500],
        "document": document,
        "digest": documents.digest(document),
        "updated_at": w.now,
    }


def keep_problems(w: Work, submission: Submission, claim: Claim) -> None:
    """Replace the problems of a kept draft by those that its claim has now."""
    w.session.execute(delete(SubmissionProblem).where(SubmissionProblem.submission_id == submission.id))
    found = list(claim.problems)
    if claim.draft is not None:
        found.extend(facts.problems(w, claim.draft))
    for problem in found:
        w.session.add(
            SubmissionProblem(
                submission_id=submission.id,
                pointer=documents.storable(problem.pointer[:500]),
                code=problem.code,
                detail=documents.storable(problem.detail),
            )
        )
    w.session.flush()


def key_of(submission: Submission) -> tuple[str, str]:
    """How history names it."""
    return ("submission", submission.id)


def state_of(submission: Submission) -> dict[str, Any]:
    """What history keeps of a submission."""
    return {
        "reference": submission.reference,
        "partner": submission.partner,
        "state": submission.state,
        "source_ref": submission.source_ref,
        "version": submission.version,
        "document": submission.document,
    }
