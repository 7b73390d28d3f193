"""Kinds of findings, verdicts on them, and what each word means (DOMAIN.md, "Duplicate, overlap, complement, gap")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

RECORD_KINDS = ("record_duplicate", "same_money", "component", "continuation")
ASSISTANCE_KINDS = ("duplicate_assistance", "overlap")
CELL_KINDS = ("fragmentation", "gap", "coming_gap")
PAIR_KINDS = RECORD_KINDS + ASSISTANCE_KINDS
KINDS = PAIR_KINDS + CELL_KINDS
VERDICTS = (
    *RECORD_KINDS[:2],
    "co_financed",
    *RECORD_KINDS[2:],
    *ASSISTANCE_KINDS,
    "complementary",
    "unrelated",
)
LINKING = ("same_money", "co_financed", "component", "continuation")
"""Verdicts that relate two records which both stand."""
CASE_VERDICTS = ASSISTANCE_KINDS
"""Verdicts that open one case for both partners."""

NAMES = {
    "record_duplicate": "Record duplicate",
    "same_money": "Same money",
    "co_financed": "Co-financed",
    "component": "Component",
    "continuation": "Continuation",
    "duplicate_assistance": "Duplicate assistance",
    "overlap": "Overlap",
    "complementary": "Complementary",
    "fragmentation": "Fragmentation",
    "gap": "Gap",
    "coming_gap": "Coming gap",
    "unrelated": "Unrelated",
}
REMEDIES = {
    "record_duplicate": "Merge the two records and keep both identifiers.",
    "same_money": "Link the two records, count the money once and credit both.",
    "co_financed": "Keep one record with a contribution of each funder.",
    "component": "Link part and whole, and count the budget at one level.",
    "continuation": "Link the later record as the successor of the earlier one.",
    "duplicate_assistance": "Open one case for both focal points.",
    "overlap": "Ask both focal points to coordinate.",
    "complementary": "Recorded; it comes back when a deciding field changes.",
    "fragmentation": "Propose a lead donor.",
    "gap": "Put it to donors.",
    "coming_gap": "Ask the donors of the cell about a follow-up.",
    "unrelated": "Nothing to do; it comes back when a deciding field changes.",
}
EFFECTS = {
    "record_duplicate": "Merged into one record that keeps both identifiers and both partners. Can be undone.",
    "same_money": "Counted once from now on; payer and doer both stand.",
    "co_financed": "One activity with several funders: each contribution counts.",
    "component": "Part and whole are counted at one level from now on; parts of one programme each count.",
    "continuation": "One follows the other; both count.",
    "duplicate_assistance": "Two projects doing one job: opens one case for both focal points.",
    "overlap": "To be coordinated: opens one case for both focal points.",
    "complementary": "Say who does what: leaves the queue until a deciding field changes.",
    "unrelated": "Leaves the queue until a deciding field changes.",
}
"""What a verdict does from the moment it is given."""

OPEN, DECIDED, REOPENED, GONE, STATED = "open", "decided", "reopened", "gone", "stated"
"""Stated: the reporter itself says how the two belong together, so there is nothing to ask."""
STATES = (OPEN, DECIDED, REOPENED, GONE, STATED)

DECIDING_FIELDS = (
    "title",
    "organizations",
    "countries",
    "pillars",
    "assistance_types",
    "beneficiaries",
    "start_planned",
    "end_planned",
    "start_actual",
    "end_actual",
    "status",
    "contributions",
    "identifiers",
)
"""A judgement stands until one of these changes on either record (DESIGN.md, "Verdict apart from score")."""


def siblings(evidence: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a component claim says that both are parts of one programme, and neither is the whole of the other."""
    return any(reason["feature"] == "whole" and reason["level"] == "close" for reason in evidence)


def steps(evidence: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What each piece of evidence that weighs something adds, in natural log-odds, what weighs most first."""
    weighed = sorted((one for one in evidence if one.get("score")), key=lambda one: -abs(float(one["score"])))
    return [{name: one[name] for name in ("feature", "level", "score")} for one in weighed]


def queue(kind: str) -> str:
    """`record` for questions about records, `coordination` for questions about assistance."""
    return "record" if kind in RECORD_KINDS else "coordination"
