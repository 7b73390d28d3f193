"""The pictures of a stored report, drawn from its figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from adam.domain.papers import Picture, grouped, millions
from adam.pictures.bars import bars
from adam.pictures.timelines import Span, timeline

Figures = dict[str, Any]
MARGIN = timedelta(days=120)


def in_time(cell: Figures) -> Picture | None:
    """The projects of a cell as bars in time, where they collide hatched; None where none of them has a day."""
    days = [day for bar in cell["bars"] for day in (_day(bar["start"]), _day(bar["end"])) if day]
    if not days:
        return None
    span = Span(
        bars=[_bar(bar) for bar in cell["bars"]],
        start=min(days) - MARGIN,
        end=max(days) + MARGIN,
        clashes=[{"start": start, "end": end, "label": ""} for start, end in clashes(cell["bars"])],
    )
    place = f"{cell['country_name']}, pillar {cell['pillar']}"
    said = f"{len(cell['bars'])} projects in {place}. Hatched: more than one gives the same kind of help."
    return Picture(timeline(span, said), said)


def money(rows: Sequence[tuple[str, Decimal]], said: str) -> Picture | None:
    """Amounts side by side, by name; None where there are none."""
    shown = [
        {"label": name, "value": usd, "text": f"{grouped(usd / 1_000_000, 1)} m"} for name, usd in rows if usd
    ]
    return Picture(bars(shown, said), said) if shown else None


def clashes(found: Sequence[Figures]) -> list[tuple[date, date]]:
    """The times in which at least two of the projects give the same kind of help, put together where they touch."""
    times = sorted(
        shared
        for at, one in enumerate(found)
        for other in found[at + 1 :]
        if set(one["types"]) & set(other["types"]) and (shared := _shared(one, other))
    )
    merged: list[tuple[date, date]] = []
    for start, end in times:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _shared(one: Figures, other: Figures) -> tuple[date, date] | None:
    """The days that both have, where both say when they begin and end."""
    days = [_day(bar[end]) for bar in (one, other) for end in ("start", "end")]
    if not all(days):
        return None
    starts, ends = [day for day in days[::2] if day], [day for day in days[1::2] if day]
    return (max(starts), min(ends)) if max(starts) <= min(ends) else None


def _bar(bar: Figures) -> Figures:
    return {
        "label": bar["title"],
        "note": ", ".join([bar["reference"], *bar["donors"]]),
        "start": _day(bar["start"]),
        "end": _day(bar["end"]),
        "text": millions(Decimal(bar["usd"])) if bar["usd"] else "",
        "strong": False,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
