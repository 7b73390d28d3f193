"""The timeline of a report: the projects of its busiest cell, where they collide, and when the last one ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from adam.queries import comparing
from adam.queries.comparing import Facts
from adam.services import coverage
from adam.services.cells import donor
from adam.services.columns import LATEST
from adam.services.coverage import Picture
from adam.services.work import Work

MOST = 12


def busiest(w: Work, shown: Picture, overlaps: Counter[tuple[str, str]]) -> dict[str, Any] | None:
    """The cell with the most overlaps (with the most projects where there are none), as bars in time; or None."""
    cell = _cell(shown, overlaps)
    if cell is None:
        return None
    numbers = _in_time(shown, cell)
    ends = [int(shown.total.columns.own["ends"][number]) for number in numbers]
    drawn = [shown.total.columns.ids[number] for number in numbers[:MOST]]
    facts = comparing.facts(w.session, drawn) if drawn else {}
    known = LATEST not in ends and bool(ends)
    return of(w, cell, facts.values()) | {
        "more": max(0, len(numbers) - MOST),
        "last_end": str(date.fromordinal(max(ends))) if known else None,
    }


def of(w: Work, cell: tuple[str | None, str | None], items: Iterable[Facts]) -> dict[str, Any]:
    """The bars of these projects of a cell, the first of them in order of their starts; amounts for partners only."""
    country, pillar = cell
    inside = sorted(items, key=lambda item: (str(item.begins or item.ends), item.reference))
    return {
        "country": country,
        "country_name": w.vocabulary.country(country) if country else None,
        "pillar": pillar,
        "pillar_name": w.vocabulary.pillar(pillar) if pillar else None,
        "bars": [
            {
                "id": item.id,
                "reference": item.reference,
                "title": item.title,
                "donors": sorted({donor(w, item, row) for row in item.organizations if row[0] == "funding"}),
                "start": str(item.begins) if item.begins else None,
                "end": str(item.ends) if item.ends else None,
                "types": [w.vocabulary.assistance_type(code) for code in item.types],
                "usd": coverage.text(item.usd) if w.actor.signed_in or w.actor.system else None,
            }
            for item in inside[:MOST]
        ],
    }


def _in_time(shown: Picture, cell: tuple[str, str]) -> list[int]:
    """The numbers of the records of a cell that say when they begin or end, the first to begin first."""
    columns = shown.total.columns
    begins, ends = columns.own["begins"], columns.own["ends"]
    there = [int(number) for number in shown.cells[cell].projects]
    dated = [number for number in there if begins[number] or ends[number] != LATEST]
    return sorted(dated, key=lambda number: (int(begins[number] or ends[number]), columns.ids[number]))


def _cell(shown: Picture, overlaps: Counter[tuple[str, str]]) -> tuple[str, str] | None:
    inside = {
        (country, pillar): len(cell.projects)
        for (country, pillar), cell in shown.cells.items()
        if country in shown.countries and country and pillar
    }
    counts = overlaps or Counter(inside)
    listed = [key for key in counts if key in inside]
    return max(listed, key=lambda key: (counts[key], key)) if listed else None
