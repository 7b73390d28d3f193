"""Plain tables out: CSV files that no spreadsheet mistakes for formulas, and tables for a terminal."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TextIO

RISKY = re.compile(r"""^(?=[=+\-@\t\r])|[;\t]"*(?=[=+\-@])|[\r\n]"*(?=[=@])""")
"""Where a spreadsheet would begin a formula: also after a semicolon, at which programs of many countries part cells.

After a line's end only what is no usual bullet.
"""
NARROWEST = 6
GAP = "  "


def write_csv(file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a header and rows as CSV and give the number of rows; open the file as UTF-8 with newline="".

    Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers, None is
    empty, a list is joined by semicolons.
    """
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([_cell(column) for column in columns])
    count = 0
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        count += 1
    return count


def csv_lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as a piece of such a CSV file, in UTF-8, for files that are written bit by bit."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    text = _words(value)
    is_number = isinstance(value, int | float)
    return text if is_number else RISKY.sub(r"\g<0>'", text)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple | set | frozenset):
        return ";".join(
            _words(item) for item in (sorted(value) if isinstance(value, set | frozenset) else value)
        )
    return str(value)


def format_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], width: int = 100) -> str:
    """A table for a terminal of `width` columns: numbers to the right, long text cut with an ellipsis."""
    listed = [list(row) for row in rows]
    cells = [[_shown(value) for value in row] for row in listed]
    wanted = [max(_width(row[i]) for row in [list(columns), *cells]) for i in range(len(columns))]
    widths = _fitted(wanted, width - len(GAP) * (len(columns) - 1))
    right = [bool(listed) and all(_is_figure(row[i]) for row in listed) for i in range(len(columns))]
    lines = [_line(list(columns), widths, right), _line(["-" * size for size in widths], widths, right)]
    return "\n".join(lines + [_line(row, widths, right) for row in cells])


def _is_figure(value: Any) -> bool:
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))


def _shown(value: Any) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{value:,}"
    return " ".join("".join(char if char.isprintable() else " " for char in _words(value)).split())


def _fitted(wanted: list[int], room: int) -> list[int]:
    """The wanted widths, the widest narrowed first until they fit."""
    widths = list(wanted)
    while sum(widths) > room and max(widths, default=0) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    padded = []
    for cell, size, to_right in zip(cells, widths, right, strict=True):
        text = _shortened(cell, size)
        space = " " * (size - _width(text))
        padded.append(space + text if to_right else text + space)
    return GAP.join(padded).rstrip()


def _shortened(text: str, size: int) -> str:
    if _width(text) <= size:
        return text
    kept = text
    while _width(kept) > size - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _width(text: str) -> int:
    """Columns that text takes on a terminal: two for wide East Asian characters, none for combining ones."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(bool(unicodedata.combining(char)) for char in text)
