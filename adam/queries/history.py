"""Questions about the history: what was done to a record, a submission or a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.domain.documents import differences
from adam.models.history import HistoryEntry
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.queries import visibility

MOST = 50
TYPING = "submission.kept"
"""What a form that is kept while somebody writes leaves behind: many small steps, told as one."""
SIDE = {"updated_at", "version", "digest", "author"}
LOOKED_AT = 400
"""So many entries at most are told together as one page of steps."""


Document = dict[str, Any]


class Step(NamedTuple):
    """One step: when, who, what, and which fields were changed by it."""

    at: datetime
    actor: str
    action: str
    changed: list[str]
    after: dict[str, Any]


class Told(NamedTuple):
    """One entry as its reader may see it: who (with the account's id, if any) did what, the content before and after.

    A submission's document stands with its state in one piece; what relates to records that aren't there for the reader
    is left out.
    """

    at: datetime
    actor: str
    account: str | None
    action: str
    before: Document
    after: Document


class Story(NamedTuple):
    """A page of the history, newest first; `following` is the place where the earlier ones begin, or None."""

    entries: list[Told]
    following: int | None


def of_record(project_id: str) -> Select[Any]:
    """The entries of a record; who may read them is asked before."""
    return select(HistoryEntry).where(HistoryEntry.entity == "project", HistoryEntry.entity_id == project_id)


def of_submission(actor: Actor, submission: Submission) -> Select[Any]:
    """The entries of a visible submission that this actor may see."""
    own = (HistoryEntry.entity == "submission", HistoryEntry.entity_id == submission.id)
    return select(HistoryEntry).where(*own, visibility.history_of(actor, submission))


def story(session: Session, actor: Actor, query: Select[Any], window: tuple[int | None, int]) -> Story:
    """A page of these entries; `window` is (the place to go on after, or None; how many steps at most).

    What was kept while somebody wrote is one step. A few questions to the database, however much there is.
    """
    after, most = window
    columns = (HistoryEntry.id, HistoryEntry.action, HistoryEntry.actor, HistoryEntry.actor_id)
    asked = query.with_only_columns(*columns).order_by(HistoryEntry.id.desc())
    if after is not None:
        asked = asked.where(HistoryEntry.id < after)
    found = session.execute(asked.limit(LOOKED_AT + 1)).all()
    ids = _first(found[:LOOKED_AT], most)
    rows = session.scalars(
        select(HistoryEntry).where(HistoryEntry.id.in_(ids)).order_by(HistoryEntry.id.desc())
    )
    told = _sittings(visible(session, actor, list(rows), named=True))
    return Story(told, ids[-1] if len(found) > len(ids) else None)


def _first(rows: Sequence[Any], most: int) -> list[int]:
    """The ids of the first steps, each with all its entries."""
    ids: list[int] = []
    number, last = 0, None
    for row in rows:
        typing = (row.actor_id, row.actor) if row.action == TYPING else None
        number += typing is None or typing != last
        if number > most:
            break
        last = typing
        ids.append(row.id)
    return ids


def _sittings(entries: Iterable[Told]) -> list[Told]:
    """What one person wrote in one sitting as one entry, dated by its last moment."""
    found: list[Told] = []
    for entry in entries:
        later = found[-1] if found else None
        if later and entry.action == TYPING and (later[1:4] == entry[1:4]):
            before, after = later.before | entry.before, entry.after | later.after
            found[-1] = later._replace(before=before, after=after)
        else:
            found.append(entry)
    return found


def visible(
    session: Session, actor: Actor, rows: Sequence[HistoryEntry], *, named: bool = False
) -> list[Told]:
    """The entries as this actor may see them; one that changed nothing but what is hidden isn't there.

    `named` puts the references of related records in the place of their ids.
    """
    states = [(flat(row.before), flat(row.after)) for row in rows]
    seen = _there(session, actor, [state for both in states for state in both])
    found = []
    names = seen if named else {key: key for key in seen}
    for row, (before, after) in zip(rows, states, strict=True):
        open_before, open_after = _open(before, names), _open(after, names)
        if changed(open_before, open_after) or not changed(before, after):
            found.append(Told(row.at, row.actor, row.actor_id, row.action, open_before, open_after))
    return found


def number(session: Session, actor: Actor, query: Select[Any]) -> int:
    """How many of these entries are there for this actor: those that `visible` leaves out don't count either."""
    if actor.sees_all_records:
        return session.scalar(select(func.count()).select_from(query.subquery())) or 0
    return len(visible(session, actor, session.scalars(query).all()))


def steps_of_record(session: Session, actor: Actor, project_id: str, most: int) -> list[Step]:
    """The last steps of a record without what is hidden from this actor, newest first; only named, not told in full."""
    told = story(session, actor, of_record(project_id), (None, most)).entries
    return [
        Step(one.at, one.actor, one.action, changed(one.before, one.after) if one.before else [], one.after)
        for one in told
    ]


def changed(before: Document, after: Document) -> list[str]:
    """The names of what differs; what is left out is as good as empty, and numbers of versions are no content."""
    names = [name for name in differences(before, after) if name not in SIDE]
    return [name for name in names if (before.get(name) or None) != (after.get(name) or None)]


def flat(state: Document | None) -> Document:
    """A state with the fields of its document beside it."""
    kept = dict(state or {})
    return kept | dict(kept.pop("document", None) or {})


def _related(state: Document) -> list[Any]:
    rows = state.get("relations")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _there(session: Session, actor: Actor, states: Iterable[Document]) -> dict[str, str]:
    """Of the records that these states relate to, by id and reference, the references of those that are there."""
    named = {str(row["project"]) for state in states for row in _related(state) if row.get("project")}
    if not named:
        return {}
    query = select(Project.id, Project.reference).where(
        or_(Project.id.in_(named), Project.reference.in_(named)), visibility.projects(actor)
    )
    return {key: row.reference for row in session.execute(query) for key in row}


def _open(state: Document, names: dict[str, str]) -> Document:
    """A state without relations to records that aren't there, and with these names for those that are."""
    related = _related(state)
    if not related:
        return state
    kept = [row for row in related if not row.get("project") or str(row["project"]) in names]
    left = [row | {"project": names[str(row["project"])]} if row.get("project") else row for row in kept]
    return state | {"relations": left}


def of(session: Session, entity: str, entity_id: str, most: int = MOST) -> list[Step]:
    """The last steps of one thing, newest first. Whether its reader may know is asked before."""
    query = select(HistoryEntry).where(HistoryEntry.entity == entity, HistoryEntry.entity_id == entity_id)
    rows = session.scalars(query.order_by(HistoryEntry.id.desc()).limit(most * 10))
    return _together(_step(row) for row in rows)[:most]


def _together(steps: Iterable[Step]) -> list[Step]:
    """What one person wrote in one sitting as one step, dated by its last moment."""
    found: list[Step] = []
    for step in steps:
        later = found[-1] if found else None
        if later and later.action == TYPING and step.action == TYPING and later.actor == step.actor:
            found[-1] = later._replace(changed=sorted({*later.changed, *step.changed}))
        else:
            found.append(step)
    return found


def document_at(session: Session, submission_id: str, document: Document, version: int) -> Document:
    """A submission's document as it stood in an earlier version, from what it is now and what history kept since."""
    query = select(HistoryEntry).where(
        HistoryEntry.entity == "submission", HistoryEntry.entity_id == submission_id
    )
    found = dict(document)
    for row in session.scalars(query.order_by(HistoryEntry.id.desc())):
        if not row.before or not row.after or "document" not in row.before:
            continue
        if row.after.get("version", 0) <= version:
            break
        earlier = row.before["document"]
        found = found | earlier if row.action == TYPING else dict(earlier)
    return found


def recent(session: Session, actions: Sequence[str], most: int = 10) -> list[Step]:
    """The last steps of these kinds, whatever they were done to, newest first."""
    query = select(HistoryEntry).where(HistoryEntry.action.in_(actions)).order_by(HistoryEntry.id.desc())
    return [_step(row) for row in session.scalars(query.limit(most))]


def _step(row: HistoryEntry) -> Step:
    before, after = (state.get("document", state) if state else {} for state in (row.before, row.after))
    changed = (
        [name for name in differences(before, after) if name not in SIDE] if row.before and row.after else []
    )
    return Step(row.at, row.actor, row.action, changed, row.after or {})
