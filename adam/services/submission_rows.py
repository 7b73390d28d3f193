"""What is stored of a submission: its content, the problems it still has, and what history keeps of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from adam.domain import additions, documents, lifecycle
from adam.domain.visibility import CONFIDENTIAL
from adam.models import new_id
from adam.models.projects import Project
from adam.models.submissions import Submission, SubmissionProblem
from adam.queries.prepared import Prepared
from adam.services import additions as additions_of
from adam.services import facts
from adam.services.claims import Claim, Whose
from adam.services.work import Work


def content_of(w: Work, claim: Claim) -> dict[str, Any]:
    """The columns that follow from the claim."""
    shaped = claim.draft is not None
    document = documents.plain(claim.draft) if shaped else documents.storable(claim.document)
    title = document.get("title")
    if claim.adds_to:
        document = additions.part_of(document) if shaped else document
        project = additions_of.record_of(w, claim.adds_to)
        title = project.title if project and project.visibility != CONFIDENTIAL else additions.UNNAMED
    return {
        "title": str(title or "Untitled")[:500],
        "document": document,
        "digest": documents.digest(document),
        "hand": claim.once,
        "updated_at": w.now,
    }


def new(w: Work, partner: str, claim: Claim, reference: str) -> dict[str, Any]:
    """All columns of a new submission of a partner, under this reference."""
    return {
        "id": new_id(),
        "reference": reference,
        "partner": partner,
        "source_ref": claim.source_ref,
        "project_id": claim.project_id,
        "adds_to": claim.adds_to,
        "base": base_of(w, claim),
        "state": lifecycle.DRAFT,
        "author_id": w.actor.account,
        "origin": claim.origin,
        "once": claim.once,
        "created_at": w.now,
        "submitted_at": None,
        "decided_at": None,
        "version": 1,
        **content_of(w, claim),
    }


_TABLE = Submission.metadata.tables[Submission.__tablename__]
_ALL = _TABLE.c
_GIVEN = {column.key: bindparam(column.key, type_=column.type) for column in _ALL}
_SAME_KEY = select(_ALL.id).where(_ALL.partner == _GIVEN["partner"], _ALL.source_ref == _GIVEN["source_ref"])
_ENTER = Prepared(
    insert(_TABLE)
    .from_select(list(_GIVEN), select(*_GIVEN.values()).where(~_SAME_KEY.exists()))
    .returning(_ALL.id)
)


def entered(w: Work, row: dict[str, Any]) -> bool:
    """Enter a new submission; False where its key is taken. Nobody else can take it while we hold the counter."""
    return _ENTER.first(w.session, **row) is not None


def base_of(w: Work, claim: Claim) -> dict[str, Any] | None:
    """The document of the record that an update changes, as it is when the update is begun."""
    if claim.project_id is None:
        return None
    return w.session.scalar(select(Project.document).where(Project.id == claim.project_id))


def draft_of(submission: Submission) -> dict[str, Any]:
    """The draft of a submission that has passed the schema."""
    if submission.adds_to:
        return documents.part_draft(submission.document)
    return documents.draft_of(submission.document)


def claim_of(submission: Submission) -> Claim:
    """What a submission that has passed the schema claims."""
    return Claim(
        submission.document,
        draft_of(submission),
        source_ref=submission.source_ref,
        project_id=submission.project_id,
        adds_to=submission.adds_to,
        origin=submission.origin,
    )


def keep_problems(w: Work, submission: Submission, claim: Claim, *, new: bool = False) -> None:
    """Replace the problems of a kept draft by those that its claim has now; a `new` one has none to replace."""
    if not new:
        w.session.execute(delete(SubmissionProblem).where(SubmissionProblem.submission_id == submission.id))
    found = list(claim.problems)
    if claim.draft is not None:
        found.extend(facts.problems(w, claim.draft, whose(submission, claim.origin)))
    if claim.adds_to:
        found.extend(additions_of.problems(w, submission.partner, claim, submission.id))
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


def whose(submission: Submission, origin: str | None = None) -> Whose:
    """Whose a submission is; `origin` where it comes in another way than at first."""
    return Whose(
        submission.partner,
        origin or submission.origin,
        submission.project_id,
        submission.source_ref,
        whole=submission.adds_to is None,
    )


def key_of(submission: Any) -> tuple[str, str]:
    """How history names it."""
    return ("submission", submission.id)


def record_change(w: Work, submission: Submission, before: dict[str, Any], typing: bool) -> None:
    """Write to the history what became of a submission; what is kept every few seconds as its differences alone."""
    key, after = key_of(submission), state_of(submission)
    if typing:
        w.record("submission.kept", key, *_differing(before, after))
    else:
        w.record("submission.changed", key, before, after)


def _differing(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two states with those fields of the document alone that differ."""
    old, new = before["document"], after["document"]
    names = [name for name in documents.differences(old, new) if old.get(name) or new.get(name)]
    return (
        before | {"document": {name: old.get(name) for name in names}},
        after | {"document": {name: new.get(name) for name in names}},
    )


def state_of(submission: Any) -> dict[str, Any]:
    """What history keeps of a submission."""
    return {
        "reference": submission.reference,
        "partner": submission.partner,
        "state": submission.state,
        "source_ref": submission.source_ref,
        "version": submission.version,
        "document": submission.document,
    }
