"""Records that went into another: what they say is laid over the one that stays, and follows when either changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from typing import Any

from sqlalchemy import select

from adam.domain import additions, merges
from adam.domain.merges import Document, Merged, Parts, Side
from adam.models.merges import Merge
from adam.models.projects import Project
from adam.queries import visibility
from adam.services import stating
from adam.services.work import Work


def side(project: Project) -> Side:
    """A record as one side of a merge."""
    return Side(project.id, project.owner, dict(project.document), dict(project.added))


def standing(w: Work, ids: Collection[str]) -> dict[str, list[Merge]]:
    """Record → what went into it and was not taken out again, the earliest first."""
    query = select(Merge).where(Merge.stays_id.in_(list(ids)), Merge.undone_at.is_(None)).order_by(Merge.id)
    found: dict[str, list[Merge]] = defaultdict(list)
    for row in w.session.scalars(query) if ids else ():
        found[row.stays_id].append(row)
    return found


def laid_over(w: Work, said: Mapping[str, Document]) -> dict[str, Merged]:
    """Of these records, those that took others in: what stands once their owner says these documents."""
    found = {}
    for project_id, listed in standing(w, list(said)).items():
        project = w.session.get_one(Project, project_id)
        own, _ = own_side(project, listed, said[project_id])
        found[project_id] = lay(w, own, listed)
    return found


def own_side(project: Project, listed: Sequence[Merge], said: Document) -> tuple[Side, set[str]]:
    """The staying record without what was carried over, and the parts that its owner changed since.

    What others took back of the rows that came from an absorbed record stays away, and where the owner has a new word
    for a part that was carried over, that counts from now on.
    """
    rows: dict[str, list[Any]] = defaultdict(list)
    given: Parts = {}
    for one in listed:
        for part, more in one.given["rows"].items():
            rows[part] += more
        for by, parts in one.given["added"].items():
            for part, more in parts.items():
                given.setdefault(by, {}).setdefault(part, []).extend(more)
    document, changed = merges.apart(said, listed[-1].after, listed[0].own, rows)
    added, dropped = merges.added_apart(dict(project.added), given)
    for one in listed:
        one.choices = {
            part: merges.STAYS if way == merges.OTHER and part in changed else way
            for part, way in one.choices.items()
        }
        one.given = one.given | {"dropped": _more(one.given.get("dropped") or {}, dropped)}
    return Side(project.id, project.owner, document, added), changed


def _more(before: Parts, dropped: Parts) -> Parts:
    found = deepcopy(before)
    for by, parts in dropped.items():
        for part, rows in parts.items():
            found.setdefault(by, {}).setdefault(part, []).extend(rows)
    return found


def lay(w: Work, own: Side, listed: Sequence[Merge]) -> Merged:
    """What stands on top of the owner's own word, one absorbed record after the other; kept in their merges."""
    side_now, found = own, Merged(own.document, own.added)
    for one in listed:
        dropped = one.given.get("dropped") or {}
        absorbed = side(w.session.get_one(Project, one.absorbed_id))
        found = merges.merged(side_now, absorbed, one.choices, dropped)
        one.given = found.given | {"dropped": dropped}
        side_now = Side(own.id, own.owner, found.document, found.added)
    for one in listed:
        one.own, one.after = own.document, found.document
    w.session.flush()
    return found


def names(w: Work, project_id: str) -> list[dict[str, str]]:
    """The records that went into this one and are there for the actor: reference and partner."""
    query = select(Project.reference, Project.owner).where(
        Project.merged_into == project_id, visibility.projects(w.actor)
    )
    return [
        {"reference": row.reference, "owner": w.vocabulary.partner(row.owner)}
        for row in w.session.execute(query.order_by(Project.reference))
    ]


def refresh(w: Work, ids: Collection[str]) -> list[str]:
    """After these records changed: where one is absorbed, the one that stays says so too. Answers which those are."""
    query = select(Merge.stays_id).where(Merge.absorbed_id.in_(list(ids)), Merge.undone_at.is_(None))
    touched = sorted(set(w.session.scalars(query))) if ids else []
    for project_id in touched:
        rewrite(w, project_id)
    return touched + refresh(w, touched) if touched else []


def rewrite(w: Work, project_id: str) -> None:
    """Write a record that took others in anew, from what all of them say now."""
    listed = standing(w, [project_id]).get(project_id, [])
    project = w.session.get_one(Project, project_id)
    if listed:
        own, _ = own_side(project, listed, dict(project.document))
        put(w, project, lay(w, own, listed), "project.changed")


def put(w: Work, project: Project, found: Merged, action: str, **more: Any) -> None:
    """Store what stands, with its history; nothing where nothing differs."""
    before = documents_of(project)
    after = {"document": found.document, "added": found.added}
    if before == after and not more:
        return
    w.record(
        action, ("project", project.id), _shown(before), _shown(after) | {k: v for k, v in more.items() if v}
    )
    stating.state(w, project, found.document, found.added)


def documents_of(project: Project) -> dict[str, Any]:
    """What a record says, all together."""
    return {"document": dict(project.document), "added": dict(project.added)}


def _shown(state: dict[str, Any]) -> dict[str, Any]:
    """The state as history keeps it: the document as everybody reads it."""
    return additions.merged(state["document"], state["added"])


def leads_to(w: Work, project: Project) -> Project:
    """The record that stands for this one."""
    while project.merged_into is not None:
        project = w.session.get_one(Project, project.merged_into)
    return project
