"""The matrix: countries × pillars as shaded cells, each with its shape and its figures, so that grey says as much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adam.pictures import svg
from adam.pictures.tilemaps import STATES, dots

LEFT, TOP, WIDTH, HEIGHT = 200.0, 56.0, 136.0, 48.0


def matrix(columns: Sequence[str], rows: Sequence[Mapping], title: str) -> str:
    """Rows of {label, cells: as many as columns of {state, need, ends, donors: text, note: the line below it}}.

    `state` is "empty", "single", "covered" or "crowded"; a double line below says that it ends soon.
    """
    drawn = [svg.titled(title)]
    for place, name in enumerate(columns):
        code, _, words = name.partition("\n")
        middle = LEFT + WIDTH * (place + 0.5)
        drawn.append(svg.text(middle, 22, code, class_="tb", text_anchor="middle"))
        drawn.append(
            svg.text(middle, 42, svg.shortened(words, WIDTH - 6, 6.6), class_="t0", text_anchor="middle")
        )
    for place, row in enumerate(rows):
        drawn.append(_row(row, TOP + HEIGHT * place))
    width, height = LEFT + WIDTH * len(columns) + 2, TOP + HEIGHT * len(rows) + 4
    view = f"0 0 {svg.number(width)} {svg.number(height)}"
    return svg.element("svg", *drawn, class_="pic wide", viewBox=view, role="img")


def _row(row: Mapping, top: float) -> str:
    name = svg.shortened(str(row["label"]), LEFT - 16)
    cells = [_cell(cell, LEFT + WIDTH * place, top) for place, cell in enumerate(row["cells"])]
    return svg.text(LEFT - 10, top + 28, name, class_="tb", text_anchor="end") + "".join(cells)


def _cell(cell: Mapping, left: float, top: float) -> str:
    state = str(cell["state"])
    level = STATES.index(state)
    ground = "m0n" if level == 0 and cell.get("need") else f"m{level}"
    moved = f"translate({svg.number(left + 10)} {svg.number(top + 13)})"
    drawn = [
        svg.element("rect", class_=ground, x=left + 2, y=top + 2, width=WIDTH - 4, height=HEIGHT - 4, rx=2),
        svg.element("g", *dots(state), class_=f"pips p{level}", transform=moved),
        svg.text(left + 36, top + 21, cell["donors"], class_=f"tb on{level}"),
        svg.text(left + 36, top + 37, cell["note"], class_=f"on{level}"),
    ]
    if cell.get("ends") and level:
        for below in (8, 5):
            y = top + HEIGHT - below
            drawn.append(svg.element("line", class_="endline", x1=left + 6, x2=left + WIDTH - 6, y1=y, y2=y))
    return svg.element("g", *drawn)
