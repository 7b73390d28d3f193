"""Proposes pillar assignments from sector codes and words; nothing is assigned until somebody confirms it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from adam.domain import proposals
from adam.models.history import HistoryEntry
from adam.models.project_parts import Assignment
from adam.services.work import Work

Key = tuple[str, str | None]
REFUSED = "assignment.refused"


@dataclass(slots=True)
class Decided:
    """What people have said about a record's assignments: those they confirmed, and the proposals they refused."""

    confirmed: list[dict[str, Any]] = field(default_factory=list)
    refused: set[Key] = field(default_factory=set)


UNDECIDED = Decided()


def propose(w: Work, document: dict[str, Any]) -> list[proposals.Proposal]:
    """The assignments that the words and sectors of a document suggest, strongest first, each with its reason."""
    stands = {(row.get("pillar"), row.get("commitment")) for row in document.get("pillars") or () if row}
    found = proposals.propose(document, w.rules.proposals)
    return [item for item in found if (item.pillar, item.commitment) not in stands]


def with_proposals(w: Work, draft: dict[str, Any], before: Decided = UNDECIDED) -> dict[str, Any]:
    """The draft with what was confirmed before and with proposals, where it names no pillar; IATI knows none."""
    if draft["pillars"]:
        return draft
    known = draft | {"pillars": before.confirmed}
    new = [item for item in propose(w, known) if (item.pillar, item.commitment) not in before.refused]
    items = proposals.as_assignments(new)
    proposed = [item | {"share": Decimal(item["share"]) if item["share"] else None} for item in items]
    if before.confirmed:
        proposed = [item | {"share": None} for item in proposed]
    return draft | {"pillars": [*before.confirmed, *proposed]}


def decided(w: Work, ids: list[str]) -> dict[str, Decided]:
    """What was confirmed and refused on these records, by id; two questions to the database."""
    found = {key: Decided() for key in ids}
    if not ids:
        return found
    confirmed = select(Assignment).where(Assignment.project_id.in_(ids), Assignment.proposed.is_(False))
    for row in w.session.scalars(confirmed.order_by(Assignment.id)):
        item = {"pillar": row.pillar, "commitment": row.commitment, "share": row.share}
        found[row.project_id].confirmed.append(item | {"rationale": row.rationale, "proposed": False})
    refused = select(HistoryEntry.entity_id, HistoryEntry.before, HistoryEntry.after).where(
        HistoryEntry.entity == "project", HistoryEntry.entity_id.in_(ids), HistoryEntry.action == REFUSED
    )
    for entity_id, before, after in w.session.execute(refused):
        found[entity_id].refused |= _keys(before) - _keys(after)
    return found


def _keys(document: dict[str, Any] | None) -> set[Key]:
    return {(row["pillar"], row["commitment"]) for row in (document or {}).get("pillars", ())}
