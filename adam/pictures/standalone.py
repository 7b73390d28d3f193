"""A picture as a file of its own: the same SVG with its size, its title above and its style inside."""

from __future__ import annotations

import re

from adam.pictures import svg

STYLE = """
text { font: 13px "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", Arial, sans-serif; fill: #1b2130 }
.head { font-size: 17px; font-weight: 650 } .tb { font-weight: 650 } .t0 { fill: #4d5567 }
.note, .tn { font-size: 12px }
.grid0 { stroke: #dad7cd } .axis { stroke: #757c8b } .barA { fill: #1d489a } .barB { fill: #8fb1ee; stroke: #1d489a }
.on, .on3 { fill: #fff } .on0, .on1, .on2 { fill: #10203f } .saf { fill: #7a4800 } .red { fill: #a11a2b }
.m0 { fill: #fff; stroke: #757c8b; stroke-dasharray: 3 3 }
.m0n { fill: #fcf1d8; stroke: #7a4800; stroke-width: 2.5; stroke-dasharray: 5 4 }
.m1 { fill: #dbe6fa; stroke: #757c8b } .m2 { fill: #8fb1ee; stroke: #757c8b } .m3 { fill: #1b3f86 }
.pips circle { fill: #10203f } .pips.p3 circle { fill: #f6c25c }
.pips .ring { fill: none; stroke: #4d5567; stroke-width: 1.5; stroke-dasharray: 3 2.5 }
.tile { fill: #fff; stroke: #dad7cd } .core { stroke: #7a4800; stroke-width: 2 }
.endline { stroke: #1b2130; stroke-width: 2 }
.clash { fill: #fcf1d8 } .hatch { stroke: #7a4800; stroke-width: 2 }
.cliff { stroke: #a11a2b; stroke-width: 2; stroke-dasharray: 6 4 }
.cut { stroke: #1b2130; stroke-width: 1.5; stroke-dasharray: 3 3 } .paper { fill: #fff }
"""
"""The light tokens of adam.css. Nothing is told by colour alone: shapes, dashes and figures stay in black and white."""
VIEW = re.compile(r'^<svg class="([^"]*)" viewBox="0 0 ([\d.]+) ([\d.]+)" role="img">')
HEAD, FOOT, LETTER = 34, 26, 7.6
MARGIN = 12


def standalone(picture: str, title: str, note: str) -> str:
    """The file of a picture that this floor drew: `title` stands above it, `note` below (when, by whom, which money).

    Raises ValueError for anything else.
    """
    found = VIEW.match(picture)
    if found is None:
        raise ValueError("This is no picture of ours.")
    width = max(
        float(found.group(2)) + 2 * MARGIN, LETTER * max(len(title) * 1.25, len(note) * 0.9) + 2 * MARGIN
    )
    height = float(found.group(3)) + HEAD + FOOT + MARGIN
    inner = picture[found.end() : -len("</svg>")]
    drawn = (
        svg.element("style", STYLE),
        svg.element("rect", class_="paper", width=width, height=height),
        svg.text(MARGIN, 23, title, class_="head"),
        svg.element("g", inner, transform=f"translate({MARGIN} {HEAD})"),
        svg.text(MARGIN, height - MARGIN, note, class_="note t0"),
    )
    size = {"width": width, "height": height, "viewBox": f"0 0 {svg.number(width)} {svg.number(height)}"}
    return svg.element("svg", *drawn, xmlns="http://www.w3.org/2000/svg", role="img", **size)
