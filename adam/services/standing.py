"""What stands already of claims that an import brings: a submission by the partner's key, a record by its reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from adam.domain import documents, lifecycle
from adam.models.project_parts import Identifier
from adam.models.projects import Project
from adam.models.submissions import Submission, SubmissionProblem
from adam.services.work import Work

REFERENCE = re.compile(r"ADAM-\d{6,12}", re.ASCII)
CHUNK = 500
KEPT_IF_UNSAID = ("last_confirmed_on", "source")
"""What a file that doesn't say it leaves as it stands."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for one claim: the submission it changes (or None), its record (or None), and their content."""

    submission: Any
    project_id: str | None
    document: dict[str, Any]

    @property
    def base(self) -> str:
        """The digest of the content, by which a later run knows that nothing changed."""
        return documents.digest(self.document)

    def carried(self, document: dict[str, Any], unsaid: Sequence[str] = ()) -> dict[str, Any]:
        """A document with what it doesn't say and this one does; `unsaid` are lists that it leaves out on purpose."""
        kept = {name: self.document.get(name) for name in KEPT_IF_UNSAID if document.get(name) is None}
        return document | kept | {name: self.document[name] for name in unsaid if name in self.document}


def find(w: Work, partner: str, keys: Sequence[str]) -> dict[str, Standing]:
    """Key → what stands: by the partner's own key, else by the reference of a record that the partner reports.

    A record that was merged into another is found by an identifier of its too: what is said of it goes there.
    """
    found = _by_key(w, partner, keys)
    references = [key for key in keys if key not in found and REFERENCE.fullmatch(key)]
    found |= _by_reference(w, partner, references) if references else {}
    left = [key for key in keys if key not in found]
    return found | (_by_identifier(w, partner, left) if left else {})


def unknown(key: str | None, found: dict[str, Standing]) -> bool:
    """Whether a key names a record that isn't there, or isn't the partner's."""
    return bool(key) and key not in found and REFERENCE.fullmatch(key or "") is not None


def _by_key(w: Work, partner: str, keys: Sequence[str]) -> dict[str, Standing]:
    found: dict[str, Standing] = {}
    for part in _parts(keys):
        query = (
            select(Submission.__table__, Project.document.label("record"))
            .outerjoin(Project, Project.id == Submission.project_id)
            .where(Submission.partner == partner, Submission.source_ref.in_(part))
        )
        found |= {row.source_ref: _standing(row) for row in w.session.execute(query)}
    return found


def _by_reference(w: Work, partner: str, references: Sequence[str]) -> dict[str, Standing]:
    found: dict[str, Standing] = {}
    for part in _parts(references):
        query = select(Project.reference, Project.id, Project.document).where(
            Project.owner == partner, Project.reference.in_(part)
        )
        for row in w.session.execute(query):
            found[row.reference] = Standing(None, row.id, row.document)
    return _with_claims(w, partner, found)


def _by_identifier(w: Work, partner: str, keys: Sequence[str]) -> dict[str, Standing]:
    """Records of the partner that were merged, by an identifier that is the key."""
    found: dict[str, Standing] = {}
    for part in _parts(keys):
        query = (
            select(Identifier.value, Project.id, Project.document)
            .join(Project, Project.id == Identifier.project_id)
            .where(Project.owner == partner, Project.merged_into.is_not(None), Identifier.value.in_(part))
        )
        for row in w.session.execute(query.order_by(Project.id.desc())):
            found[row.value] = Standing(None, row.id, row.document)
    return _with_claims(w, partner, found)


def _with_claims(w: Work, partner: str, found: dict[str, Standing]) -> dict[str, Standing]:
    """What stands with the partner's submissions about it."""
    claims = _claims(w, partner, [item.project_id for item in found.values() if item.project_id])
    return {
        key: _standing(claims[item.project_id]) if item.project_id in claims else item
        for key, item in found.items()
    }


def _claims(w: Work, partner: str, ids: Sequence[str]) -> dict[str, Any]:
    """Record → the partner's submission about it: the one that is open, else the newest."""
    closed = (lifecycle.REJECTED, lifecycle.WITHDRAWN)
    found: dict[str, Any] = {}
    for part in _parts(ids):
        query = (
            select(Submission.__table__, Project.document.label("record"))
            .join(Project, Project.id == Submission.project_id)
            .where(Submission.partner == partner, Submission.project_id.in_(part))
            .where(Submission.state.not_in(closed), Submission.adds_to.is_(None))
            .order_by((Submission.state == lifecycle.VALIDATED).desc(), Submission.created_at)
        )
        found |= {row.project_id: row for row in w.session.execute(query)}
    return found


def _standing(row: Any) -> Standing:
    """The record's content where the submission became one, else the submission's own."""
    accepted = row.state == lifecycle.VALIDATED and row.record is not None
    return Standing(row, row.project_id, row.record if accepted else row.document)


def _parts(values: Iterable[str]) -> list[list[str]]:
    listed = sorted(set(values))
    return [listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK)]


def drop_problems(w: Work, ids: Sequence[str]) -> None:
    """What drafts had to mend goes with the content that an import replaces."""
    if ids:
        w.session.execute(delete(SubmissionProblem).where(SubmissionProblem.submission_id.in_(ids)))


def draft_with(draft: dict[str, Any], document: dict[str, Any], unsaid: Sequence[str] = ()) -> dict[str, Any]:
    """The draft with what its document carried over from what stands."""
    whole = documents.draft_of(document) if unsaid else {}
    confirmed = document.get("last_confirmed_on")
    carried = {"last_confirmed_on": date.fromisoformat(confirmed) if confirmed else None}
    return draft | carried | {"source": document.get("source")} | {name: whole[name] for name in unsaid}


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Field by field what a document changes: {"field", "before", "after"}, in alphabetical order."""
    return [
        {"field": name, "before": before.get(name), "after": after.get(name)}
        for name in documents.differences(before, after)
    ]
