"""Bars: one measure compared between a few named rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adam.pictures import svg

LEFT, RIGHT, ROW = 250.0, 760.0, 30.0


def bars(rows: Sequence[Mapping], title: str, direction: str = "ltr") -> str:
    """Rows of {label, value: a number of at least 0, text: the figure as shown, weak: drawn lighter}.

    The longest bar fills the width; `direction` is that of the page.
    """
    longest = max((float(row["value"]) for row in rows), default=0) or 1.0
    drawn = [svg.titled(title)]
    for place, row in enumerate(rows):
        width = (RIGHT - LEFT) * max(float(row["value"]), 0) / longest
        drawn.append(_bar(row, 6 + ROW * place, width, direction))
    axis, height = _flip(LEFT, direction), ROW * len(rows) + 6
    drawn.append(svg.element("line", class_="axis", x1=axis, x2=axis, y1=0, y2=height))
    return svg.element("svg", *drawn, class_="pic wide", viewBox=f"0 0 860 {svg.number(height)}", role="img")


def _flip(x: float, direction: str) -> float:
    return 860 - x if direction == "rtl" else x


def _bar(row: Mapping, top: float, width: float, direction: str) -> str:
    before, after = ("start", "end") if direction == "rtl" else ("end", "start")
    label = svg.shortened(str(row["label"]), LEFT - 20)
    first = min(_flip(LEFT, direction), _flip(LEFT + width, direction))
    colour = "barB" if row.get("weak") else "barA"
    return (
        svg.text(_flip(LEFT - 12, direction), top + 15, label, text_anchor=before)
        + svg.element("rect", class_=colour, x=first, y=top, width=width, height=20)
        + svg.text(
            *(_flip(LEFT + width + 8, direction), top + 15, row.get("text") or ""),
            class_="t0",
            text_anchor=after,
        )
    )
