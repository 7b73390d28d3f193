"""What an event says of what it is about, as its receiver may see it now; no document stands in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from adam.domain.actors import Actor
from adam.domain.visibility import CONFIDENTIAL
from adam.domain.webhooks import BY_ROLE
from adam.models.cases import Case
from adam.models.findings import Finding
from adam.models.projects import Project
from adam.models.reports import Report
from adam.models.submissions import Submission
from adam.models.webhooks import WebhookDelivery
from adam.queries import visibility
from adam.queries import webhooks as questions
from adam.services.work import Work

Data = dict[str, Any]
SAID = ("comment", "text", "outcome_text")
"""What a step of the history calls the words that somebody said."""


def seen(w: Work, actor: Actor, row: WebhookDelivery, base: str) -> Data | None:
    """The `data` of an event; None where it is no longer for this actor to see."""
    if row.kind not in BY_ROLE.get(actor.role or "", ()):
        return None
    if w.session.scalar(questions.told(actor, row.entity, [row.entity_id])) is None:
        return None
    say = {"submission": _submission, "finding": _finding, "case": _case, "report": _report}[row.entity]
    return say(w, actor, row, base)


def _submission(w: Work, actor: Actor, row: WebhookDelivery, base: str) -> Data:
    found = w.session.get_one(Submission, row.entity_id)
    open_to_it = actor.writes_for == found.partner or not _secret(w, found)
    said = {
        "id": found.id,
        "reference": found.reference,
        "source_ref": found.source_ref,
        "partner": found.partner,
        "title": found.title if open_to_it else None,
        "state": row.details.get("state", found.state),
        "version": row.details.get("version", found.version),
        "project_id": found.project_id,
        "url": f"{base}/api/v1/submissions/{found.id}",
        "page": f"{base}/submissions/{found.id}",
    }
    return {"submission": said} | (_comment(row) if open_to_it else {})


def _secret(w: Work, found: Submission) -> bool:
    """Whether it is about a confidential record; an addition says so of none, its record does."""
    record = w.session.get(Project, found.adds_to) if found.adds_to else None
    return CONFIDENTIAL in (found.document.get("visibility"), record and record.visibility)


def _comment(row: WebhookDelivery) -> Data:
    """What somebody said; words about what is confidential stay in the house, as in e-mails."""
    comment = next((row.details[name] for name in SAID if row.details.get(name)), None)
    return {"comment": comment} if comment else {}


def _finding(w: Work, actor: Actor, row: WebhookDelivery, base: str) -> Data:
    found = w.session.get_one(Finding, row.entity_id)
    said = {
        "id": found.id,
        "reference": found.reference,
        "kind": found.kind,
        "score": float(found.score),
        "state": row.details.get("state", found.state),
        "verdict": row.details.get("verdict"),
        "projects": _projects(w, actor, found),
        "url": f"{base}/api/v1/findings/{found.id}",
        "page": f"{base}/findings/{found.id}",
    }
    return {"finding": said}


def _case(w: Work, actor: Actor, row: WebhookDelivery, base: str) -> Data:
    found = w.session.get_one(Case, row.entity_id)
    about = _projects(w, actor, found)
    said = {
        "id": found.id,
        "reference": found.reference,
        "kind": found.kind,
        "state": row.details.get("state", found.state),
        "due_on": row.details.get("due_on", found.due_on.isoformat()),
        "outcome": row.details.get("outcome"),
        "finding_id": found.finding_id,
        "projects": about,
        "url": f"{base}/api/v1/cases/{found.id}",
        "page": f"{base}/cases/{found.id}",
    }
    return {"case": said} | (_comment(row) if all(one["title"] for one in about) else {})


def _report(w: Work, _actor: Actor, row: WebhookDelivery, base: str) -> Data:
    found = w.session.get_one(Report, row.entity_id)
    said = {
        "id": found.id,
        "reference": found.reference,
        "kind": found.kind,
        "name": row.details.get("name"),
        "created_at": found.created_at.isoformat(),
        "url": f"{base}/api/v1/reports/{found.id}",
        "page": f"{base}/reports/{found.id}",
    }
    return {"report": said}


def _projects(w: Work, actor: Actor, about: Finding | Case) -> list[Data]:
    """Both records, as far as they are there for the receiver."""
    ids = [key for key in (about.a_id, about.b_id) if key]
    query = select(Project).where(Project.id.in_(ids), visibility.projects(actor)).order_by(Project.id)
    return [_project(one) for one in w.session.scalars(query)]


def _project(project: Project) -> Data:
    """What is confidential is named by its reference alone, because what is sent stays elsewhere."""
    title = None if project.visibility == CONFIDENTIAL else project.title
    return {"id": project.id, "reference": project.reference, "owner": project.owner, "title": title}
