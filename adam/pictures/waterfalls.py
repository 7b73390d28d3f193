"""The waterfall: how each piece of evidence pushed a certainty up or down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

from adam.pictures import svg

LEFT, RIGHT, ROW, TOP = 190.0, 750.0, 27.0, 19.0
CERTAIN = 1e-6


def log_odds(probability: float) -> float:
    """The natural log-odds of a probability; 0 and 1 are taken as one in a million short of them."""
    bounded = min(max(probability, CERTAIN), 1 - CERTAIN)
    return log(bounded / (1 - bounded))


def _probability(odds: float) -> float:
    return 1 / (1 + exp(-odds))


def waterfall(start: tuple[str, float], steps: Sequence[Mapping], end: float, title: str) -> str:
    """From the start (its label and probability) over the steps to the end (a probability).

    A step is {label: str, weight: float, note: str or None}: its weight in natural log-odds; the note stands in place
    of the figure (say why a weight is nought). Where weights don't add up to the end, the mark stands at the end.
    """
    positions = [log_odds(start[1])]
    for step in steps:
        positions.append(positions[-1] + float(step["weight"]))
    low, high = _bounds([*positions, log_odds(end)])
    places = [_place(odds, low, high) for odds in positions]
    bottom = TOP + ROW * (len(steps) + 1)
    drawn = [
        svg.titled(title),
        _scale(low, high, bottom),
        _row(TOP, start[0], places[0:1] * 2, f"{start[1]:.2f}"),
    ]
    for row, step in enumerate(steps):
        words = step.get("note") or _signed(float(step["weight"]))
        drawn.append(_row(TOP + ROW * (row + 1), str(step["label"]), places[row : row + 2], words))
    drawn.append(_end(_place(log_odds(end), low, high), bottom, end))
    view = f"0 0 860 {svg.number(bottom + 26)}"
    return svg.element("svg", *drawn, class_="pic wide", viewBox=view, role="img")


def push(step: Mapping, low: float, high: float) -> str:
    """One step alone, for a table: from where to where it pushes, between the lowest and the highest of all steps."""
    scale = 96 / max(high - low, 0.1)
    first, last = sorted(2 + (float(step[end]) - low) * scale for end in ("from", "to"))
    name = "plus" if float(step["weight"]) > 0 else "minus"
    drawn = svg.element("rect", class_=name, x=first, y=2, width=max(last - first, 1), height=8)
    line = svg.element("line", class_="axis", x1=0, x2=100, y1=11.5, y2=11.5)
    shape = {"viewBox": "0 0 100 12", "preserveAspectRatio": "none"}
    return svg.element("svg", line, drawn, class_="push", aria_hidden="true", **shape)


def _place(odds: float, low: float, high: float) -> float:
    return LEFT + (RIGHT - LEFT) * (odds - low) / (high - low)


def _scale(low: float, high: float, bottom: float) -> str:
    """Five lines at even steps of evidence, each with the probability it stands for, and the axis."""
    drawn = [svg.element("line", class_="axis", x1=LEFT, x2=RIGHT, y1=bottom, y2=bottom)]
    for part in range(5):
        odds = low + (high - low) * part / 4
        x, words = _place(odds, low, high), f"{_probability(odds):.2f}"
        drawn.append(svg.element("line", class_="grid0", x1=x, x2=x, y1=6, y2=bottom - 8))
        drawn.append(svg.text(x, bottom + 18, words, class_="t0", text_anchor="middle"))
    return "".join(drawn)


def _bounds(positions: Sequence[float]) -> tuple[float, float]:
    """The ends of the axis: those of the positions, at least two units apart."""
    low, high = min(positions), max(positions)
    spare = max(2 - (high - low), 0) / 2
    return low - spare, high + spare


def _signed(weight: float) -> str:
    rounded = f"{abs(weight):.1f}"
    if rounded == "0.0":
        return "0"
    return f"{'+' if weight > 0 else '−'} {rounded}"


def _row(top: float, label: str, span: Sequence[float], words: str) -> str:
    """One line: the label, a filled bar to the right or an outlined one to the left, and its figure."""
    first, last = min(span), max(span)
    if last - first < 0.5:
        mark = svg.element("line", class_="axis", x1=first, x2=first, y1=top - 10, y2=top + 10)
    else:
        name = "plus" if span[1] > span[0] else "minus"
        mark = svg.element("rect", class_=name, x=first, y=top - 9, width=last - first, height=18)
    label_text = svg.text(LEFT - 10, top + 5, svg.shortened(label, LEFT - 12), text_anchor="end")
    return label_text + mark + svg.text(last + 8, top + 5, words, class_="t0")


def _end(x: float, bottom: float, end: float) -> str:
    mark = svg.element("path", class_="plus", d=f"m{svg.number(x)} {svg.number(bottom)}-6-8h12z")
    return mark + svg.text(x + 10, bottom - 3, f"{end:.2f}", class_="tb")
