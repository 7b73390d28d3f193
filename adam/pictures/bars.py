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
    rtl = direction == "rtl"

    def flip(x: float) -> float:
        return 860 - x if rtl else x

    drawn = [svg.titled(title)]
    for place, row in enumerate(rows):
        top = 6 + ROW * place
        width = (RIGHT - LEFT) * max(float(row["value"]), 0) / longest
        name = "barB" if row.get("weak") else "barA"
        first, last = flip(LEFT - 12), flip(LEFT + width + 8)
        label = svg.shortened(str(row["label"]), LEFT - 20)
        drawn.append(svg.text(first, top + 15, label, text_anchor="start" if rtl else "end"))
        drawn.append(svg.element("rect", class_=name, x=min(flip(LEFT), flip(LEFT + width)), y=top, width=width, height=20))
        drawn.append(svg.text(last, top + 15, row.get("text") or "", class_="t0", text_anchor="end" if rtl else "start"))
    drawn.append(svg.element("line", class_="axis", x1=flip(LEFT), x2=flip(LEFT), y1=0, y2=ROW * len(rows) + 6))
    view = f"0 0 860 {svg.number(ROW * len(rows) + 6)}"
    return svg.element("svg", *drawn, class_="pic wide", viewBox=view, role="img")
