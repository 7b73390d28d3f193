"""Verbs about accepted records: write them down, confirm what was only proposed, confirm they are still right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update

from adam.domain import additions, documents
from adam.errors import Conflict, Forbidden, NotFound
from adam.models import new_id
from adam.models.project_parts import PARTS, Assignment
from adam.models.projects import Project
from adam.queries import projects as questions
from adam.services import absorbed, bulk, counters, project_rows, round_answers, searches, stating
from adam.services.work import Work


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft to be written down for `owner`; `project_id` is None for a new record.

    `document` is the draft as JSON-shape, where the caller has it already. What others added to the record stays.
    """

    draft: dict[str, Any]
    owner: str
    project_id: str | None = None
    document: dict[str, Any] | None = None


def record(w: Work, entries: Sequence[Entry]) -> list[str]:
    """Write the drafts down as accepted records and return their ids, in order. One insert per table."""
    # Before anything is looked up: two at once must not enter the same new body twice.
    counters.lock(w.session, "project")
    known = _existing(w, [entry.project_id for entry in entries if entry.project_id])
    entries, added_to = _with_absorbed(w, entries, known)
    drafts = [(entry.draft, _drafts(added_to.get(entry.project_id or "", {}))) for entry in entries]
    writer = project_rows.writer(w, drafts)
    numbers = iter(counters.take(w.session, "project", max(1, len(entries) - len(known))))
    listed: dict[Any, list[dict[str, Any]]] = {table: [] for table in PARTS}
    new, ids = [], []
    for entry, (draft, added) in zip(entries, drafts, strict=True):
        project_id = entry.project_id or new_id()
        parts, figure = writer.rows(draft, added, project_id)
        document = entry.document or documents.plain(entry.draft)
        others = added_to.get(entry.project_id or "", {})
        columns = stating.columns(w, document, others) | stating.figures(figure) | {"owner": entry.owner}
        columns["added"] = others
        if entry.project_id:
            _change(w, known[entry.project_id], columns)
        else:
            reference = counters.FORMS["project"].format(next(numbers))
            new.append(
                columns | {"id": project_id, "reference": reference, "created_at": w.now, "version": 1}
            )
            w.record("project.recorded", ("project", project_id), None, columns["document"])
        for table, values in parts.items():
            listed[table].extend(values)
        ids.append(project_id)
    bulk.add(w.session, Project, new)
    stating.replace_parts(w, list(known), listed)
    searches.refresh(w, ids)
    absorbed.refresh(w, list(known))
    return ids


def _with_absorbed(
    w: Work, entries: Sequence[Entry], known: dict[str, Project]
) -> tuple[list[Entry], dict[str, Any]]:
    """The entries with what the records that went into theirs say, and by record what others add to it."""
    said = {
        entry.project_id: entry.document or documents.plain(entry.draft)
        for entry in entries
        if entry.project_id
    }
    laid = absorbed.laid_over(w, said)
    added = {key: dict(project.added) for key, project in known.items()}
    added |= {key: found.added for key, found in laid.items()}
    whole = [
        replace(entry, draft=documents.draft_of(found.document), document=found.document)
        if (found := laid.get(entry.project_id or ""))
        else entry
        for entry in entries
    ]
    return whole, added


def hold(w: Work, *projects: Project) -> None:
    """Wait for whoever writes records, and read these as they are then: what is computed from them loses nothing."""
    counters.lock(w.session, "project")
    w.session.flush()
    for project in projects:
        w.session.refresh(project)


def add(w: Work, project: Project, partner: str, part: dict[str, Any]) -> None:
    """Let a partner's part of another's record stand as `part` says; an empty one takes it away.

    Only its own rows change, and the figures that follow; `part` is in JSON-shape.
    """
    hold(w, project)
    before = additions.part_of(project.added.get(partner, {}))
    after = additions.part_of(part)
    others = {code: kept for code, kept in project.added.items() if code != partner}
    added = others | ({partner: after} if any(after.values()) else {})
    draft = documents.draft_of(project.document)
    drafts = {code: documents.part_draft(kept) for code, kept in added.items()}
    rows, figure = project_rows.writer(w, [(draft, drafts)]).rows(draft, drafts, project.id)
    columns = stating.figures(figure) | {"added": added, "updated_at": w.now}
    columns["fingerprint"] = documents.fingerprint(project.document, added)
    states = [{"stated_by": partner} | state for state in (before, after)]
    w.record("project.added", ("project", project.id), *states)
    w.session.execute(
        update(Project).where(Project.id == project.id).values(**columns, version=Project.version + 1)
    )
    stating.replace_parts(w, [project.id], rows)
    searches.refresh(w, [project.id])
    absorbed.refresh(w, [project.id])


def _existing(w: Work, ids: list[str]) -> dict[str, Project]:
    query = select(Project).where(Project.id.in_(ids)).execution_options(populate_existing=True)
    found = w.session.scalars(query) if ids else ()
    return {project.id: project for project in found}


def _drafts(added: dict[str, Any]) -> dict[str, Any]:
    """What others added to a record, as drafts."""
    return {partner: documents.part_draft(part) for partner, part in added.items()}


def _change(w: Work, project: Project, columns: dict[str, Any]) -> None:
    w.record("project.changed", ("project", project.id), project.document, columns["document"])
    w.session.execute(
        update(Project).where(Project.id == project.id).values(**columns, version=Project.version + 1)
    )


def confirm_assignment(w: Work, project_id: str, assignment_id: int, accept: bool) -> None:
    """Confirm or refuse a proposed pillar assignment; its owner's focal point or a coordinator may."""
    project = _own(w, project_id)
    row = w.session.get(Assignment, assignment_id)
    if row is None or row.project_id != project.id:
        raise NotFound("No such assignment.")
    if not row.proposed:
        raise Conflict("This assignment was decided already.", "state")
    before = dict(project.document)
    pillars = [dict(item) for item in before["pillars"]]
    chosen = next(
        item for item in pillars if (item["pillar"], item["commitment"]) == (row.pillar, row.commitment)
    )
    if accept:
        chosen["proposed"] = False
        row.proposed = False
    else:
        pillars.remove(chosen)
        w.session.delete(row)
    _store(
        w, project, before | {"pillars": pillars}, "assignment.confirmed" if accept else "assignment.refused"
    )


def still_correct(w: Work, project_id: str) -> None:
    """The owner's focal point confirms that the record is right today."""
    project = _own(w, project_id)
    project.last_confirmed_on = w.today
    document = project.document | {"last_confirmed_on": w.today.isoformat()}
    _store(w, project, document, "project.still_correct")
    round_answers.confirmed(w, project.id)


def still_correct_all(w: Work, ids: Sequence[str]) -> int:
    """The same of several records at once; answers how many."""
    wanted = list(dict.fromkeys(ids))
    for project_id in wanted:
        still_correct(w, project_id)
    return len(wanted)


def _store(w: Work, project: Project, document: dict[str, Any], action: str) -> None:
    w.record(action, ("project", project.id), project.document, document)
    project.document = document
    project.fingerprint = documents.fingerprint(document, project.added)
    project.updated_at = w.now
    project.version += 1
    w.session.flush()
    absorbed.refresh(w, [project.id])


def _own(w: Work, project_id: str) -> Project:
    """A visible record that this actor may change; coordinators never change their own partner's."""
    project = questions.one(w.session, w.actor, project_id)
    own = w.actor.writes_for == project.owner
    coordinator = w.actor.coordinates and w.actor.partner != project.owner
    if not (own or coordinator):
        raise Forbidden("Only the partner that reports this record and the coordinators may do that.")
    hold(w, project)
    return project
