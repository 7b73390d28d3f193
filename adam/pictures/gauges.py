"""Small measures: how much of a hundred is allocated, how certain a finding is."""

from __future__ import annotations

from decimal import Decimal
from math import floor

from adam.pictures import svg

Number = Decimal | float | int


def gauge(value: Number, label: str, of: Number = 100) -> str:
    """A bar of `value` out of `of`; what exceeds it is drawn in the colour of faults. `label` is its spoken text."""
    share = max(float(value) / float(of), 0.0) if of else 0.0
    whole = 220 / max(share, 1.0)
    drawn = [svg.element("rect", width=220, height=10)]
    if share > 0:
        drawn.append(svg.element("rect", class_="on", width=min(share, 1.0) * whole, height=10))
    if share > 1:
        drawn.append(svg.element("rect", class_="over", x=whole, width=220 - whole, height=10))
    return svg.element(
        "svg",
        *drawn,
        class_="gauge",
        viewBox="0 0 220 10",
        preserveAspectRatio="none",
        role="img",
        aria_label=label,
    )


def certainty(score: float) -> str:
    """Five boxes, filled to the nearest fifth, and the score itself with two decimals (0 ≤ score ≤ 1)."""
    filled = floor(score * 5 + 0.5)
    boxes = [
        svg.element(
            "rect", class_="on" if place < filled else None, x=0.5 + 9 * place, y=1, width=7, height=10
        )
        for place in range(5)
    ]
    drawing = svg.element("svg", *boxes, viewBox="0 0 44 12", aria_hidden="true")
    return f'<span class="cert">{drawing}{score:.2f}</span>'
