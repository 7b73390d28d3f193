"""Verbs of merging: what would stay, let one record go into another, and take it out again as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from adam.domain import merges as rules
from adam.domain.merges import PARTS, Merged, Side
from adam.errors import Conflict, NotFound, Problem
from adam.models.findings import Finding
from adam.models.merges import Merge
from adam.models.projects import Project
from adam.services import (
    absorbed,
    counters,
    mentions,
    merge_moves,
    merge_returns,
    messages,
    screening,
    searches,
)
from adam.services.merge_rows import Way
from adam.services.work import Work

Terms = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge would do: which record stays and why, which side each part comes from, and what would stand."""

    stays: Project
    absorbed: Project
    why: str
    sides: tuple[Side, Side]
    choices: dict[str, str]
    result: Merged


def problems(w: Work, finding: Finding, terms: Terms) -> list[Problem]:
    """What is wrong with how a merge is wanted: {"stays": id or reference, "parts": {part: side}}."""
    found = []
    if terms.get("stays") and _named(w, finding, terms["stays"]) is None:
        found.append(Problem("#/stays", "unknown_project", "Choose one of the two records of this finding."))
    for part, way in (terms.get("parts") or {}).items():
        if way is not None and way not in rules.choices_of(part):
            listed = " or ".join(rules.choices_of(part))
            found.append(Problem(f"#/fields/{part}", "choice", f"Choose {listed} here."))
    return found


def plan(w: Work, finding: Finding, terms: Terms) -> Plan:
    """What would stay of the two records of a finding. Raises Conflict where one is merged already."""
    a, b = (w.session.get_one(Project, key) for key in (finding.a_id, finding.b_id))
    for one in (a, b):
        if one.merged_into is not None:
            raise Conflict(f"{one.reference} is merged into another record already.", "state")
    wanted = terms.get("stays")
    chosen = _named(w, finding, wanted) if wanted else None
    if chosen is None:
        first, why = rules.stays_first(absorbed.side(a), absorbed.side(b), (a.created_at, b.created_at))
        chosen = a if first.id == a.id else b
    else:
        why = "chosen"
    other = b if chosen is a else a
    sides = absorbed.side(chosen), absorbed.side(other)
    choices = rules.choices(*sides, terms.get("parts") or {})
    return Plan(chosen, other, why, sides, choices, rules.merged(*sides, choices))


def _named(w: Work, finding: Finding, name: str) -> Project | None:
    for key in (finding.a_id, finding.b_id):
        project = w.session.get(Project, key) if key else None
        if project is not None and name in (project.id, project.reference):
            return project
    return None


def merge(w: Work, finding: Finding, terms: Terms, reason: str) -> Merge:
    """Let one record of a finding go into the other; both partners are told.

    Lists, counts, totals, screening and exports hold the one that stays from now on.
    """
    _hold(w, finding.a_id, finding.b_id)
    planned = plan(w, finding, terms)
    stays, gone = planned.stays, planned.absorbed
    earlier = absorbed.standing(w, [stays.id]).get(stays.id, [])
    own = absorbed.own_side(stays, earlier, dict(stays.document))[0] if earlier else planned.sides[0]
    made = Merge(
        finding_id=finding.id,
        stays_id=stays.id,
        absorbed_id=gone.id,
        choices=planned.choices,
        before={"document": own.document, "added": own.added},
        own=own.document,
        after=own.document,
        given={},
        moved=[],
        reason=reason,
        author=w.actor.label,
        at=w.now,
    )
    w.session.add(made)
    gone.merged_into = stays.id
    gone.version += 1
    w.session.flush()
    found = absorbed.lay(w, own, [*earlier, made])
    absorbed.put(w, stays, found, "project.merged", merged=gone.reference)
    searches.refresh(w, [stays.id])
    w.record(
        "project.absorbed", ("project", gone.id), {"merged_into": None}, {"merged_into": stays.reference}
    )
    _settle(w, made, finding)
    return made


def _hold(w: Work, *ids: str | None) -> None:
    """Nobody else writes records from now on, and these are read as they are now."""
    counters.lock(w.session, "project")
    w.session.flush()
    for key in ids:
        w.session.refresh(w.session.get_one(Project, key))


def _settle(w: Work, made: Merge, finding: Finding) -> None:
    """What hangs on the absorbed record moves on; the one that stays is compared anew, and both partners are told."""
    stays, gone = w.session.get_one(Project, made.stays_id), w.session.get_one(Project, made.absorbed_id)
    made.moved = merge_moves.onward(w, Way(gone, stays, finding.id))
    w.session.flush()
    mentions.ask_again(w, [stays.id])
    screening.screen_one(w, stays.id)
    for partner in sorted({stays.owner, gone.owner}):
        messages.tell_partner(
            w, partner, "merged", ("project", stays.id), by=w.actor.label, comment=made.reason
        )


def unmerge(w: Work, made: Merge, because: str) -> list[str]:
    """Take a record out again: both stand as they would without the merge. Answers what is kept of later changes."""
    _hold(w, made.stays_id, made.absorbed_id)
    stays, gone = w.session.get_one(Project, made.stays_id), w.session.get_one(Project, made.absorbed_id)
    listed = absorbed.standing(w, [stays.id])[stays.id]
    own, _ = absorbed.own_side(stays, listed, dict(stays.document))
    kept = _kept(w, made, own)
    made.undone_at, made.undone_by = w.now, w.actor.label
    gone.merged_into = None
    gone.version += 1
    w.session.flush()
    rest = [one for one in listed if one is not made]
    found = absorbed.lay(w, own, rest) if rest else Merged(own.document, own.added)
    absorbed.put(w, stays, found, "project.unmerged", merged=gone.reference)
    searches.refresh(w, [stays.id])
    w.record(
        "project.restored", ("project", gone.id), {"merged_into": stays.reference}, {"merged_into": None}
    )
    made.kept = kept + merge_returns.back(w, made.moved)
    w.session.flush()
    mentions.ask_again(w, [stays.id, gone.id])
    absorbed.refresh(w, [stays.id])
    for one in (stays, gone):
        # The verdict is not taken back yet: the question between the two is kept, whatever the index knows of them.
        if one.merged_into is None:
            screening.screen_one(w, one.id)
    for partner in sorted({stays.owner, gone.owner}):
        messages.tell_partner(
            w, partner, "unmerged", ("project", stays.id), by=w.actor.label, comment=because
        )
    return list(made.kept)


def _kept(w: Work, made: Merge, own: Side) -> list[str]:
    """What was changed since and stays, in words."""
    before = made.before
    changed = [
        part
        for part, names in PARTS.items()
        if any(own.document.get(name) != before["document"].get(name) for name in names)
    ]
    told = [f"Changed since the merge, and kept: {', '.join(changed)}."] if changed else []
    others = [
        by for by in sorted({*own.added, *before["added"]}) if own.added.get(by) != before["added"].get(by)
    ]
    names = ", ".join(w.vocabulary.partner(by) for by in others)
    return told + ([f"Added since the merge, and kept: what {names} states."] if others else [])


def of_finding(w: Work, finding_id: str) -> Merge | None:
    """The merge that a finding's verdict made, if it stands."""
    query = select(Merge).where(Merge.finding_id == finding_id, Merge.undone_at.is_(None))
    return w.session.scalar(query.order_by(Merge.id.desc()).limit(1))


def into(w: Work, project_id: str) -> Merge:
    """The merge by which this record went into another; raises NotFound."""
    query = select(Merge).where(Merge.absorbed_id == project_id, Merge.undone_at.is_(None))
    found = w.session.scalar(query.order_by(Merge.id.desc()).limit(1))
    if found is None:
        raise NotFound("This record is not merged into another.")
    return found
