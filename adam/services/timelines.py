"""The timeline of a report: the projects of its busiest cell, where they collide, and when the last one ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from adam.models.findings import Finding
from adam.services import coverage
from adam.services.cells import donor
from adam.services.overlap_items import ends_of
from adam.services.work import Work

MOST = 12


def busiest(w: Work, shown: coverage.Picture, pairs: Sequence[Finding]) -> dict[str, Any] | None:
    """The cell with the most overlaps (with the most projects where there are none), as bars in time; or None."""
    cell = _cell(shown, pairs)
    if cell is None:
        return None
    country, pillar = cell
    inside = [
        item for item in coverage.in_cell(shown.facts.values(), country, pillar) if item.begins or item.ends
    ]
    inside.sort(key=lambda item: (str(item.begins or item.ends), item.reference))
    ends = [item.ends for item in inside]
    return {
        "country": country,
        "country_name": w.vocabulary.country(country),
        "pillar": pillar,
        "pillar_name": w.vocabulary.pillar(pillar),
        "more": max(0, len(inside) - MOST),
        "last_end": str(max(end for end in ends if end)) if ends and all(ends) else None,
        "bars": [
            {
                "id": item.id,
                "reference": item.reference,
                "title": item.title,
                "donors": sorted({donor(w, item, row) for row in item.organizations if row[0] == "funding"}),
                "start": str(item.begins) if item.begins else None,
                "end": str(item.ends) if item.ends else None,
                "types": [w.vocabulary.assistance_type(code) for code in item.types],
                "usd": coverage.text(item.usd),
            }
            for item in inside[:MOST]
        ],
    }


def _cell(shown: coverage.Picture, pairs: Sequence[Finding]) -> tuple[str, str] | None:
    counts: Counter[tuple[str, str]] = Counter()
    for finding in pairs:
        a, b = shown.facts.get(finding.a_id or ""), shown.facts.get(finding.b_id or "")
        if finding.kind in ("overlap", "duplicate_assistance") and a and b:
            countries, pillars = ends_of(a, b)
            counts.update((country, pillar) for country in countries for pillar in pillars)
    inside = {
        (country, pillar): len(cell.projects)
        for (country, pillar), cell in shown.cells.items()
        if country in shown.countries and country and pillar
    }
    if not counts:
        counts.update(inside)
    listed = [key for key in counts if key in inside]
    return max(listed, key=lambda key: (counts[key], key)) if listed else None
