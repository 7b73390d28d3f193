"""Projects in time: who is at work when, where they collide, and after which day nobody is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zlib import crc32

from adam.pictures import svg

WIDTH, LEFT, RIGHT, TOP, ROW = 960.0, 250.0, 880.0, 26.0, 42.0


@dataclass(frozen=True, slots=True)
class Span:
    """What a timeline shows.

    bars: {label, note: who, start: date or None, end: date or None, text: words in the bar, strong: bool}; a bar
    without a start or an end runs to the edge with a dashed end.
    clashes: {start: date, end: date, label}, hatched behind the bars. cliff: {date, label} or None.
    start and end are the edges; direction is that of the page ("ltr" or "rtl").
    """

    bars: Sequence[Mapping]
    start: date
    end: date
    clashes: Sequence[Mapping] = field(default_factory=tuple)
    cliff: Mapping | None = None
    direction: str = "ltr"

    def x(self, day: date | None, otherwise: date) -> float:
        """Where a day stands, held within the edges and mirrored in pages read from right to left."""
        bounded = min(max(day or otherwise, self.start), self.end)
        part = (bounded - self.start).days / max((self.end - self.start).days, 1)
        return self.flip(LEFT + (RIGHT - LEFT) * part)

    def flip(self, x: float) -> float:
        """The same place in the page's own direction."""
        return WIDTH - x if self.direction == "rtl" else x

    @property
    def before(self) -> str:
        """The text-anchor of what stands before the axis."""
        return "start" if self.direction == "rtl" else "end"

    @property
    def after(self) -> str:
        """The text-anchor of what stands inside a bar or after it."""
        return "end" if self.direction == "rtl" else "start"


def timeline(span: Span, title: str) -> str:
    """The bars one under another over a scale of years, clashes hatched, the cliff as a dashed line."""
    bottom = TOP + ROW * len(span.bars) + 6
    pattern = f"h{crc32(title.encode()):08x}"
    drawn = [svg.titled(title), _pattern(pattern)]
    drawn += [_clash(span, clash, bottom, pattern) for clash in span.clashes]
    drawn += [_year(span, year, bottom) for year in _years(span)]
    ends = (span.flip(LEFT), span.flip(RIGHT))
    drawn.append(svg.element("line", class_="axis", x1=min(ends), x2=max(ends), y1=bottom, y2=bottom))
    drawn += [_bar(span, bar, TOP + 9 + ROW * place) for place, bar in enumerate(span.bars)]
    if span.cliff:
        drawn.append(_cliff(span, span.cliff, bottom))
    view = f"0 0 {svg.number(WIDTH)} {svg.number(bottom + (44 if span.cliff else 26))}"
    return svg.element("svg", *drawn, class_="pic wide", viewBox=view, role="img")


def _pattern(name: str) -> str:
    ground = svg.element("rect", class_="clash", width=7, height=7)
    stroke = svg.element("line", class_="hatch", x1=0, y1=0, x2=0, y2=7)
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return svg.element("defs", svg.element("pattern", ground, stroke, id=name, width=7, height=7, **turned))


def _years(span: Span) -> list[int]:
    """The years that get a line: the firsts of January within the edges, at most about twelve of them."""
    first = span.start.year + (span.start > date(span.start.year, 1, 1))
    years = list(range(first, span.end.year + 1))
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000, 10000) if len(years) / step <= 12)
    return [year for year in years if year % step == 0] if step > 1 else years


def _year(span: Span, year: int, bottom: float) -> str:
    x = span.x(date(year, 1, 1), span.start)
    line = svg.element("line", class_="grid0", x1=x, x2=x, y1=TOP, y2=bottom)
    return line + svg.text(x, bottom + 18, year, class_="t0", text_anchor="middle")


def _clash(span: Span, clash: Mapping, bottom: float, pattern: str) -> str:
    ends = sorted((span.x(clash["start"], span.start), span.x(clash["end"], span.end)))
    width, height = max(ends[1] - ends[0], 2), bottom - TOP - 4
    ground = svg.element("rect", x=ends[0], y=TOP, width=width, height=height, fill=f"url(#{pattern})")
    label = svg.text(sum(ends) / 2, TOP - 8, clash.get("label") or "", class_="t0 saf", text_anchor="middle")
    return ground + label


def _bar(span: Span, bar: Mapping, top: float) -> str:
    """Name and who before the axis; the bar; its words inside, or after it where they don't fit."""
    ends = sorted((span.x(bar.get("start"), span.start), span.x(bar.get("end"), span.end)))
    ends[1] = max(ends[1], ends[0] + 3)
    edge = span.flip(LEFT - 12)
    name = svg.shortened(str(bar["label"]), LEFT - 20, 7.4)
    who = svg.shortened(str(bar.get("note") or ""), LEFT - 20)
    colour = "barA" if bar.get("strong", True) else "barB"
    return svg.element(
        "g",
        svg.titled(str(bar["label"])),
        svg.text(edge, top + 11, name, class_="tb", text_anchor=span.before),
        svg.text(edge, top + 26, who, class_="t0", text_anchor=span.before),
        svg.element("rect", class_=colour, x=ends[0], y=top, width=ends[1] - ends[0], height=24, rx=2),
        *_open_ends(span, bar, top),
        _words(span, bar, (ends[0], ends[1]), top),
    )


def _open_ends(span: Span, bar: Mapping, top: float) -> list[str]:
    """A dashed line at each edge that stands for a day nobody gave."""
    edges = ((span.start, bar.get("start")), (span.end, bar.get("end")))
    places = [span.x(edge, edge) for edge, day in edges if day is None]
    return [svg.element("line", class_="cut", x1=x, x2=x, y1=top - 3, y2=top + 27) for x in places]


def _words(span: Span, bar: Mapping, ends: tuple[float, float], top: float) -> str:
    """The words of a bar, where there is room for them; the table below the picture has them anyway."""
    words, rtl = str(bar.get("text") or ""), span.direction == "rtl"
    needed = 7 * len(words)
    inside, outside = (ends[1] - 8, ends[0] - 6) if rtl else (ends[0] + 8, ends[1] + 6)
    if not words or (needed + 16 > ends[1] - ends[0] and needed > (outside if rtl else WIDTH - outside)):
        return ""
    if needed + 16 <= ends[1] - ends[0]:
        name = "on" if bar.get("strong", True) else "on2"
        return svg.text(inside, top + 16, words, class_=name, text_anchor=span.after)
    return svg.text(outside, top + 16, words, class_="t0", text_anchor=span.after)


def _cliff(span: Span, cliff: Mapping, bottom: float) -> str:
    """The dashed line, its words under the years and on the side that has room for them."""
    x = span.x(cliff["date"], span.end)
    words = str(cliff.get("label") or "")
    room = WIDTH - x if span.direction == "ltr" else x
    onward = (7 * len(words) < room) == (span.direction == "ltr")
    shift, anchor = (6, "start") if onward else (-6, "end")
    line = svg.element("line", class_="cliff", x1=x, x2=x, y1=TOP - 4, y2=bottom + 24)
    return line + svg.text(x + shift, bottom + 36, words, class_="t0 red", text_anchor=anchor)
