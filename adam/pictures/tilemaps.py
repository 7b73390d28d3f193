"""The tile map: countries as tiles that keep their neighbours and say nothing about borders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adam.pictures import svg

PITCH, TILE, CELL_WIDTH, CELL_HEIGHT = 110.0, 104.0, 43.0, 36.0
LINE = 15.0
"""A line of text: under the code of a tile stands its name."""
DOTS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "empty": (),
    "single": ((9, 9, 3.2),),
    "covered": ((5, 13, 3), (13, 5, 3)),
    "crowded": ((4.5, 4.5, 2.7), (13.5, 4.5, 2.7), (9, 9, 2.7), (4.5, 13.5, 2.7), (13.5, 13.5, 2.7)),
}
STATES = tuple(DOTS)
LEAST = 3
"""Tiles that the map of shares is wide at least, so that a country alone is not blown up."""


def tilemap(tiles: Sequence[Mapping], title: str) -> str:
    """Tiles on a grid: {code, name, x: column, y: row, core: bool, cells: four of {state, need, donors}}.

    state is "empty", "single", "covered" or "crowded"; the cells are the pillars I II / III IV. Never mirrored.
    """
    width = PITCH * (max((int(tile["x"]) for tile in tiles), default=0) + 1)
    height = (PITCH + LINE) * (max((int(tile["y"]) for tile in tiles), default=0) + 1)
    drawn = [svg.titled(title), *(_tile(tile) for tile in tiles)]
    view = f"0 0 {svg.number(width)} {svg.number(height)}"
    return svg.element("svg", *drawn, class_="pic map", viewBox=view, role="img")


def shares(tiles: Sequence[Mapping], title: str) -> str:
    """Tiles filled from below by a share: {code, name, x, y, share: percent or None, text: what is written}.

    A tile without `text` only shows where the others lie. Never mirrored.
    """
    width = PITCH * max([LEAST, *(int(tile["x"]) + 1 for tile in tiles)])
    height = PITCH * (max((int(tile["y"]) for tile in tiles), default=0) + 1)
    view = f"0 0 {svg.number(width)} {svg.number(height)}"
    drawn = [svg.titled(title), *(_share(tile) for tile in tiles)]
    return svg.element("svg", *drawn, class_="pic map", viewBox=view, role="img")


def _share(tile: Mapping) -> str:
    left, top = 3 + PITCH * int(tile["x"]), 3 + PITCH * int(tile["y"])
    words, filled = tile.get("text"), TILE * min(float(tile.get("share") or 0), 100) / 100
    named = f"{tile.get('name') or tile['code']}{': ' if words else ''}{words or ''}"
    drawn = [
        svg.titled(named),
        svg.element("rect", class_="m1" if words else "m0", x=left, y=top, width=TILE, height=TILE, rx=4),
    ]
    if filled:
        drawn.append(
            svg.element("rect", class_="m2", x=left, y=top + TILE - filled, width=TILE, height=filled, rx=4)
        )
    drawn.append(svg.text(left + 8, top + 19, tile["code"], class_="tb on1" if words else "t0"))
    drawn.append(svg.text(left + 8, top + 19 + LINE, short(tile), class_="tn on1" if words else "t0"))
    if words:
        drawn.append(svg.text(left + TILE / 2, top + 62, words, class_="tb on1", text_anchor="middle"))
    return svg.element("g", *drawn)


def _tile(tile: Mapping) -> str:
    left, top = 3 + PITCH * int(tile["x"]), 3 + (PITCH + LINE) * int(tile["y"])
    name = "tile core" if tile.get("core") else "tile"
    drawn = [
        svg.titled(str(tile.get("name") or tile["code"])),
        svg.element("rect", class_=name, x=left, y=top, width=TILE, height=TILE + LINE, rx=4),
        svg.text(left + 8, top + 17, tile["code"], class_="tb"),
        svg.text(left + 8, top + 17 + LINE, short(tile), class_="tn"),
    ]
    for place, cell in enumerate(tile["cells"]):
        drawn.append(_cell(cell, left + 8 + 45 * (place % 2), top + 24 + LINE + 38 * (place // 2)))
    return svg.element("g", *drawn)


def short(tile: Mapping) -> str:
    """The name of a tile without what stands in brackets, cut where it is too long."""
    return svg.shortened(str(tile.get("name") or "").partition(" (")[0], TILE - 14, 6.4)


def _cell(cell: Mapping, x: float, y: float) -> str:
    state = str(cell["state"])
    level = STATES.index(state)
    ground = "m0n" if level == 0 and cell.get("need") else f"m{level}"
    donors = cell["donors"] or ("0" if state == "empty" else "–")
    moved = f"translate({svg.number(x + 4)} {svg.number(y + 11)}) scale(.8)"
    return (
        svg.element("rect", class_=ground, x=x, y=y, width=CELL_WIDTH, height=CELL_HEIGHT, rx=2)
        + svg.element("g", *dots(state), class_=f"pips p{level}", transform=moved)
        + svg.text(
            x + 32,
            y + 23,
            donors,
            class_=f"tb on{level}",
            text_anchor="middle",
        )
    )


def dots(state: str) -> list[str]:
    """The shape of a state: a dashed ring, one dot, two, or five."""
    if state == "empty":
        return [svg.element("circle", class_="ring", cx=9, cy=9, r=6.5)]
    return [svg.element("circle", cx=x, cy=y, r=radius) for x, y, radius in DOTS[state]]
