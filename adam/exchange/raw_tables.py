"""Files as raw tables, rows with their numbers: CSV in whatever guise programs write it; XLSX by workbooks.py."""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from adam.errors import Invalid, Problem
from adam.exchange import layouts, sheet_cells

DELIMITERS = ",;\t"
WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SAVE_AS = "in Excel choose “CSV UTF-8 (comma delimited)”, in LibreOffice the character set Unicode (UTF-8)"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it stands in the file: its name, and its rows with their numbers (the first is 1)."""

    name: str
    rows: list[tuple[int, list[Any]]]


def fault(code: str, detail: str, row: int | None = None) -> Invalid:
    """One thing that is wrong with the file as a whole."""
    return Invalid([Problem("#", code, detail, row)])


def from_csv(data: bytes) -> Table:
    """The one table of a CSV file; commas, semicolons and tabs are told apart by the first line.

    Raises Invalid where it isn't text in UTF-8 or UTF-16, or its quotes don't close.
    """
    text = _decoded(data)
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    return Table("", list(_numbered(reader)))


def _decoded(data: bytes) -> str:
    for mark, name in WIDE.items():
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as wrong:
                raise fault("encoding", f"The file breaks at byte {wrong.start}: {SAVE_AS}.") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise fault("encoding", f"The file isn't UTF-8 at byte {wrong.start}: {SAVE_AS}.") from None


def _delimiter(text: str) -> str:
    """The mark that gives most of our column names in the first line."""
    first = text.lstrip().split("\n", 1)[0]
    known = set(layouts.flat_header())

    def names(mark: str) -> int:
        return sum(cell.strip(' "\r').lower() in known for cell in first.split(mark))

    return max(DELIMITERS, key=names)


def _numbered(reader: Any) -> Iterator[tuple[int, list[Any]]]:
    """Each row with the number of the line on which it begins, as an editor shows it."""
    begins = 1
    try:
        for row in reader:
            yield begins, [sheet_cells.unguarded(cell) for cell in row]
            begins = reader.line_num + 1
    except csv.Error as wrong:
        raise fault(
            "csv", f"Line {begins} can't be read as CSV ({wrong}): mend its quotes.", begins
        ) from None


def to_csv(rows: Iterable[list[str]]) -> bytes:
    """Rows of texts as CSV in UTF-8 with the mark that Excel needs; nothing is run as a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    for row in rows:
        writer.writerow([sheet_cells.guarded(cell) for cell in row])
    return codecs.BOM_UTF8 + file.getvalue().encode("utf-8", "replace")
