"""A paper as PDF: its words reach the typesetter as data, never as markup, so that every sign prints as it is."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adam.domain.papers import FIGURES, LONG, Column, Grid, Paper, said
from adam.exchange.paper_styles import alone

if TYPE_CHECKING:
    import typst

LAYOUT = Path(__file__).with_name("paper.typ")
FONT = "'Libertinus Serif'"
EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
HAVE_EAST_ASIAN = re.compile(
    "CJK|Source Han|Droid Sans Fallback|WenQuanYi|Noto Sans (SC|TC|JP|KR)|SimSun|PingFang"
)
MISSING = (
    "This paper holds Chinese, Japanese or Korean signs, and the machine that wrote it has no font for them: they "
    "show as empty boxes. Install one, such as the package fonts-noto-cjk of Debian, and write the paper again."
)


def pdf(paper: Paper, when: datetime) -> bytes:
    """The paper as a tagged PDF, A4, with numbered pages; the same paper gives the same bytes on one machine."""
    # Loaded when the first paper is printed: it is large, and most processes print none.
    import typst

    data = json.dumps(_data(paper), ensure_ascii=False)
    words = {"data": data}
    made = typst.compile(
        LAYOUT.read_bytes(), sys_inputs=words, font_paths=fonts(), timestamp=int(when.timestamp())
    )
    if not isinstance(made, bytes):
        raise TypeError("The typesetter gave no file.")
    return made


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The typesetter's own fonts (Latin, Greek, Cyrillic, Arabic and more) and, after them, those of the machine."""
    import typst

    return typst.Fonts()


def _data(paper: Paper) -> dict[str, Any]:
    parts = [
        {
            "heading": part.heading,
            "text": part.text,
            "facts": [[fact.label, fact.value, fact.note] for fact in part.facts],
            "pictures": [[alone(one.svg, FONT), one.said] for one in part.pictures],
            "grids": [_grid(grid) for grid in part.grids if grid.printed],
            "entries": [[entry.head, entry.aside, entry.lines] for entry in part.entries],
        }
        for part in paper.parts
    ]
    found = {"title": paper.title, "reference": paper.reference, "head": paper.head, "parts": parts}
    return found | {"small": paper.small, "missing": _missing(json.dumps(found, ensure_ascii=False))}


def _missing(text: str) -> str:
    """What the fonts of this machine can't print of the text, in a sentence; empty where they can."""
    if not EAST_ASIAN.search(text):
        return ""
    return "" if any(HAVE_EAST_ASIAN.search(name) for name in fonts().families()) else MISSING


def _grid(grid: Grid) -> dict[str, Any]:
    kinds = [column.kind for column in grid.columns]
    rows = [[said(kind, value) for kind, value in zip(kinds, row, strict=True)] for row in grid.shown]
    return {
        "title": grid.title,
        "heads": [column.name for column in grid.columns],
        "figures": [kind in FIGURES for kind in kinds],
        "widths": [_width(column, [row[place] for row in rows]) for place, column in enumerate(grid.columns)],
        "rows": rows,
        "notes": [text for text in (grid.note, grid.rest) if text],
    }


def _width(column: Column, cells: list[str]) -> int:
    """The part of the line that a column gets: figures what the longest needs, words what they usually take."""
    word = max(map(len, column.name.split()), default=0)
    if column.kind in FIGURES:
        return max(word, *map(len, cells), 4) + 2 if cells else word + 2
    usual = sum(map(len, cells)) / len(cells) if cells else 0
    return round(min(max(usual, word, 5), 60 if column.kind == LONG else 30)) + 2
