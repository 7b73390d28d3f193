"""Reading what is secret: allowed to those who see all records, and written to the history."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from adam.domain import lifecycle
from adam.domain.actors import ADMINISTRATOR, Actor
from adam.domain.visibility import CONFIDENTIAL
from adam.models.cases import Case
from adam.models.findings import Finding
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.queries import cases, projects, submissions
from adam.services.work import Work


def noted(actor: Actor) -> bool:
    """Whether this actor's readings may have to be recorded, so that the work must be able to write."""
    return actor.sees_all_records


def project(w: Work, project_id: str) -> Project:
    """The record, or the one into which it was merged; a confidential one of another partner is recorded as read.

    Raises NotFound.
    """
    found = projects.one(w.session, w.actor, project_id)
    if found.merged_into is not None:
        found = projects.one(w.session, w.actor, found.merged_into)
    if found.visibility == CONFIDENTIAL and noted(w.actor):
        w.record("project.read", ("project", found.id), None, None)
    return found


def submission(w: Work, submission_id: str) -> Submission:
    """The submission; a draft that an administrator opens is recorded as read. Raises NotFound.

    So is the confidential record that it became or is about: whoever opens the one reads of the other.
    """
    found = submissions.one(w.session, w.actor, submission_id)
    if found.state == lifecycle.DRAFT and w.actor.role == ADMINISTRATOR:
        w.record("submission.read", ("submission", found.id), None, None)
    about = found.adds_to or found.project_id
    if about and noted(w.actor):
        beside(w, w.session.get_one(Project, about))
    return found


def beside(w: Work, record: Project) -> None:
    """Write down that a record was read in another place than its own page, if that has to be recorded."""
    for project_id in secret(w.actor, [record]):
        w.record("project.read", ("project", project_id), None, None)


def case(w: Work, case_id: str) -> Case:
    """The case; confidential records that it is about are recorded as read. Raises NotFound."""
    found = cases.one(w.session, w.actor, case_id)
    together(w, of_findings(w, [found]))
    return found


def secret(actor: Actor, records: Iterable[Project]) -> list[str]:
    """The ids of those whose reading has to be recorded."""
    return [record.id for record in records if record.visibility == CONFIDENTIAL and noted(actor)]


def of_findings(w: Work, findings: Iterable[Finding | Case]) -> list[str]:
    """The ids of the records of these findings or cases whose reading has to be recorded."""
    ids = {key for one in findings for key in (one.a_id, one.b_id) if key}
    if not ids or not noted(w.actor):
        return []
    query = select(Project.id).where(Project.id.in_(sorted(ids)), Project.visibility == CONFIDENTIAL)
    return list(w.session.scalars(query.order_by(Project.id)))


def together(w: Work, ids: list[str]) -> None:
    """Write down that these records, if any, were read on one page of a list: one entry that names them all."""
    if ids:
        w.record("projects.read", ("projects", "list"), None, {"projects": ids})
