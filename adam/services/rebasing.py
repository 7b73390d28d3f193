"""Updates of records that changed since the update was begun: what nobody else touched merges, the rest is decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from adam.domain import differences, documents, periods
from adam.errors import Conflict, Invalid, Problem
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.services import submission_access as access
from adam.services import submission_rows
from adam.services.work import Work


@dataclass(frozen=True, slots=True)
class Rebased:
    """An update on the record as it is now: its document, what came from the record, and what both sides changed."""

    document: dict[str, Any]
    merged: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


def rebased(submission: Submission, project: Project | None) -> Rebased:
    """The update with the record's later changes in the fields that it leaves as they were when it was begun."""
    base, document = submission.base, submission.document
    if project is None or base is None or submission.project_id is None:
        return Rebased(document)
    theirs = _fields(base, project.document)
    ours = _fields(base, document)
    merged = sorted(theirs - ours)
    both = {one.field for one in differences.changes(project.document, document)} & theirs & ours
    whole = document | {name: project.document.get(name) for name in merged}
    return Rebased(whole, merged, sorted(both, key=differences.ORDER.index))


def _fields(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    found = {change.field for change in differences.changes(before, after)}
    # A start of the one beside an end of the other could contradict it: the days are one answer.
    return found | set(periods.FIELDS) if found & set(periods.FIELDS) else found


def of(w: Work, submission: Submission) -> Rebased:
    """The same for what is stored now."""
    key = submission.project_id
    return rebased(submission, w.session.get(Project, key) if key else None)


def problems(found: Rebased) -> list[Problem]:
    """One problem at each field that is to be decided before the update can be handed in."""
    sentence = "The record was changed here since you began this update: keep yours, or enter theirs."
    return [Problem(f"#/project/{name}", "changed_meanwhile", sentence) for name in found.open]


def keep_ours(w: Work, submission_id: str, version: int | None = None) -> Submission:
    """The partner decides that its answers stand where both sides changed; what it left alone follows the record.

    Raises Conflict where there is nothing to decide.
    """
    submission = access.own(w, submission_id, version)
    project = w.session.get(Project, submission.project_id) if submission.project_id else None
    found = rebased(submission, project)
    if project is None or not (found.open or found.merged):
        raise Conflict("The record has not changed since you began this update.", "state")
    before = submission_rows.state_of(submission)
    submission.document, submission.base = found.document, dict(project.document)
    submission.digest = documents.digest(found.document)
    submission.updated_at = w.now
    submission.version += 1
    w.record(
        "submission.changed", submission_rows.key_of(submission), before, submission_rows.state_of(submission)
    )
    w.session.flush()
    return submission


def settle(w: Work, submission: Submission, *, accepting: bool) -> None:
    """Merge before an update is handed in or accepted; raises Invalid or Conflict where something is to be decided."""
    found = of(w, submission)
    if found.open and accepting:
        names = ", ".join(found.open)
        raise Conflict(
            f"The record was changed since this update was begun, in the same fields ({names}): return it, so that "
            "its partner decides.",
            "state",
        )
    if found.open:
        raise Invalid(problems(found))
    if found.merged:
        submission.document = found.document
        submission.digest = documents.digest(found.document)
        submission.title = str(found.document.get("title") or submission.title)[:500]
