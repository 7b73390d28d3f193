"""Small measures: how much of a hundred is allocated, how certain a finding is."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from math import floor

from adam.pictures import svg

Number = Decimal | float | int
BEGUN = '<svg class="gauge" viewBox="0 0 220 10" preserveAspectRatio="none" role="img" aria-label="'


def gauge(value: Number, label: str, of: Number = 100) -> str:
    """A bar of `value` out of `of`; what exceeds it is drawn in the colour of faults. `label` is its spoken text."""
    share = max(float(value) / float(of), 0.0) if of else 0.0
    whole = 220 / max(share, 1.0)
    # Written out: a page of a pillar draws seven hundred of them.
    drawn = '<rect width="220" height="10"/>'
    if share > 0:
        drawn += f'<rect class="on" width="{svg.number(min(share, 1.0) * whole)}" height="10"/>'
    if share > 1:
        drawn += f'<rect class="over" x="{svg.number(whole)}" width="{svg.number(220 - whole)}" height="10"/>'
    return f'{BEGUN}{escape(label)}">{drawn}</svg>'


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
