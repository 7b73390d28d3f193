"""A paper as a workbook: one sheet a table, with filters, a head that stays, and formats for figures and days."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from adam.domain.papers import DAY, LONG, MONEY, NUMBER, REF, SHARE, TEXT, Column, Grid, Paper, said
from adam.exchange.sheet_cells import guarded

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME, LONGEST_TEXT, MOST_ROWS = 31, 32_000, 1_000_000
LINE, MOST_LINES = 15, 8
"""Points a line, and so many lines at most, so that a list stays a list."""
WIDTHS = {TEXT: 22, REF: 14, LONG: 60, NUMBER: 12, MONEY: 18, SHARE: 10, DAY: 12}
FORMATS: dict[str, dict[str, Any]] = {
    TEXT: {"text_wrap": True, "valign": "top"},
    LONG: {"text_wrap": True, "valign": "top"},
    REF: {"valign": "top"},
    NUMBER: {"num_format": "#,##0", "valign": "top"},
    MONEY: {"num_format": "#,##0.00", "valign": "top"},
    SHARE: {"num_format": '0.0" %"', "valign": "top"},
    DAY: {"num_format": "yyyy-mm-dd", "valign": "top"},
}
HEAD = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e6eefb", "bottom": 1}


def workbook(paper: Paper) -> bytes:
    """The paper as XLSX. No text is taken for a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": _text(paper.title)[:255], "company": "ADAM"})
        formats = {kind: book.add_format(form) for kind, form in FORMATS.items()}
        formats["head"] = book.add_format(HEAD)
        formats["title"] = book.add_format({"bold": True, "font_size": 16})
        _about(book.add_worksheet("About"), paper, formats)
        taken = {"about"}
        for grid in paper.grids:
            _sheet(book.add_worksheet(_name(grid.name, taken)), grid, formats)
    return out.getvalue()


def _about(sheet: Any, paper: Paper, formats: dict[str, Any]) -> None:
    """What the workbook is: the head of the paper, and the words of its parts."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, _text(paper.title), formats["title"])
    row = 2
    for label, value in (*paper.head, *_sentences(paper)):
        sheet.write_string(row, 0, _text(label), formats[TEXT])
        sheet.write_string(row, 1, _text(value), formats[LONG])
        _high(sheet, row, ((label, 26), (value, 100)))
        row += 1
    sheet.fit_to_pages(1, 0)


def _sentences(paper: Paper) -> list[tuple[str, str]]:
    found = []
    for part in paper.parts:
        found += [
            (fact.label, " · ".join(word for word in (fact.value, fact.note) if word)) for fact in part.facts
        ]
        found += [(part.heading if not place else "", text) for place, text in enumerate(part.text)]
    return [*found, ("", paper.small)] if paper.small else found


def _sheet(sheet: Any, grid: Grid, formats: dict[str, Any]) -> None:
    rows = grid.rows[:MOST_ROWS]
    widths = [_width(column, grid) for column in grid.columns]
    for number, column in enumerate(grid.columns):
        sheet.set_column(number, number, widths[number], formats[column.kind])
        sheet.write_string(0, number, _text(column.name), formats["head"])
    for line, row in enumerate(rows, 1):
        for number, (column, value) in enumerate(zip(grid.columns, row, strict=True)):
            shown = said(REF, value) if column.kind == REF and value else value
            _cell(sheet, (line, number), shown, formats[column.kind])
        _high(sheet, line, zip(row, widths, strict=True))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(grid.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _high(sheet: Any, row: int, cells: Iterable[tuple[Any, int]]) -> None:
    """A row as high as its longest text needs, within bounds: not every program finds that out by itself."""
    lines = max((-(-len(value) // width) for value, width in cells if isinstance(value, str)), default=1)
    if lines > 1:
        sheet.set_row(row, LINE * min(lines, MOST_LINES))


def _width(column: Column, grid: Grid) -> int:
    """As wide as the longest word of a short text, within bounds."""
    place = grid.columns.index(column)
    if column.kind != TEXT:
        return max(WIDTHS[column.kind], min(len(column.name), 24))
    longest = max((len(str(row[place] or "")) for row in grid.rows[:200]), default=0)
    return min(max(longest + 2, min(len(column.name) + 2, 20), 8), 44)


def _cell(sheet: Any, place: tuple[int, int], value: Any, form: Any) -> None:
    if value is None:
        sheet.write_blank(*place, None, form)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(*place, value, form)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, form)
    else:
        sheet.write_string(*place, _text(value), form)


def _text(value: Any) -> str:
    """Text that no program runs: behind an apostrophe where it begins like a formula."""
    return guarded(str(value))[:LONGEST_TEXT]


def _name(wanted: str, taken: set[str]) -> str:
    """A name that a sheet may have, and that no other has."""
    bare = FORBIDDEN.sub(" ", wanted).strip()[:LONGEST_NAME] or "Table"
    name, number = bare, 2
    while name.lower() in taken:
        name = f"{bare[: LONGEST_NAME - 3]} {number}"
        number += 1
    taken.add(name.lower())
    return name
