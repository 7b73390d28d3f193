"""Proposes pillar assignments from sector codes and words; nothing is assigned until somebody confirms it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from adam.domain import proposals
from adam.services.work import Work


def propose(w: Work, document: dict[str, Any]) -> list[proposals.Proposal]:
    """The assignments that the words and sectors of a document suggest, strongest first, each with its reason."""
    stands = {(row.get("pillar"), row.get("commitment")) for row in document.get("pillars") or () if row}
    found = proposals.propose(document, w.rules.proposals)
    return [item for item in found if (item.pillar, item.commitment) not in stands]


def with_proposals(w: Work, draft: dict[str, Any]) -> dict[str, Any]:
    """The draft with proposed assignments where it has none at all; IATI knows no pillars."""
    if draft["pillars"]:
        return draft
    items = proposals.as_assignments(propose(w, draft))
    return draft | {
        "pillars": [item | {"share": Decimal(item["share"]) if item["share"] else None} for item in items]
    }
