"""The timeline of a stored report: the projects of its busiest cell as bars, and the same as a table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from adam.http import languages
from adam.pictures.timelines import Span
from adam.web import filters

Figures = dict[str, Any]
MOST_BARS = 12
MARGIN = timedelta(days=120)


def shown(figures: Figures) -> list[Figures]:
    """The busiest cell in time, where it has bars with days."""
    return of(figures.get("timeline"), _("The busiest cell of this report."))


def of(cell: Figures | None, note: str | None) -> list[Figures]:
    """The projects of a cell in time, where they give days; `note` is said below the title."""
    bars = cell["bars"][:MOST_BARS] if cell else []
    days = [date.fromisoformat(bar[end]) for bar in bars for end in ("start", "end") if bar[end]]
    if not cell or not days:
        return []
    place = _(
        "%(country)s, pillar %(pillar)s", country=filters.country_name(cell["country"]), pillar=cell["pillar"]
    )
    span = Span(
        bars=[_bar(bar) for bar in bars],
        start=min(days) - MARGIN,
        end=max(days) + MARGIN,
        clashes=_clashes(bars),
        cliff=_cliff(cell),
        direction=languages.direction(),
    )
    said = _(
        "%(number)s projects in %(place)s; the table below holds the same", number=len(bars), place=place
    )
    return [
        {
            "title": _("In time: %(place)s", place=place),
            "note": " ".join(filter(None, (note, _more(cell)))),
            "span": span,
            "said": said,
            "rows": [_line(bar) for bar in bars],
        }
    ]


def _more(cell: Figures) -> str | None:
    if not cell["more"]:
        return None
    return ngettext("One more project is not drawn.", "%(num)s more projects are not drawn.", cell["more"])


def _cliff(cell: Figures) -> Figures | None:
    """The day after which nobody is left, where every project gives its end."""
    if not cell.get("last_end"):
        return None
    last = date.fromisoformat(cell["last_end"])
    return {"date": last, "label": _("nobody after %(day)s", day=filters.day(last))}


def _bar(bar: Figures) -> Figures:
    return {
        "label": bar["title"],
        "note": ", ".join([bar["reference"], *bar["donors"]]),
        "start": _day(bar["start"]),
        "end": _day(bar["end"]),
        "text": filters.plain(filters.millions(bar["usd"], "USD")) if bar["usd"] else "",
        "strong": False,
    }


def _line(bar: Figures) -> Figures:
    return {
        "label": f"{bar['reference']} {bar['title']}",
        "who": ", ".join(bar["donors"]),
        "start": _day(bar["start"]),
        "end": _day(bar["end"]),
        "text": ", ".join(bar["types"]),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _clashes(bars: list[Figures]) -> list[Figures]:
    """The time in which at least two of the projects give the same kind of help."""
    found = []
    for at, one in enumerate(bars):
        for other in bars[at + 1 :]:
            if (
                set(one["types"]) & set(other["types"])
                and one["start"]
                and other["start"]
                and one["end"]
                and other["end"]
            ):
                start, end = max(one["start"], other["start"]), min(one["end"], other["end"])
                if start <= end:
                    found.append((date.fromisoformat(start), date.fromisoformat(end)))
    merged: list[tuple[date, date]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [{"start": start, "end": end, "label": ""} for start, end in merged]
