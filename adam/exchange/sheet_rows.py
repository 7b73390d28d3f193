"""Project documents as rows of our sheets, and rows as they came in; what templates and returned files hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from adam.exchange import layouts, sheet_cells
from adam.exchange.layouts import KEY, MEND, PROJECTS, Sheet
from adam.exchange.spreadsheets import Record

Cells = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One project to be written: its key, and the rows of each sheet it has any on."""

    key: str
    rows: Mapping[str, list[Cells]]


def of_document(key: str, document: dict[str, Any]) -> Entry:
    """A project document as rows; what is not given stays empty."""
    rows: dict[str, list[Cells]] = {PROJECTS: [_cells(layouts.BY_NAME[PROJECTS], document)]}
    for sheet in layouts.SHEETS[1:]:
        listed = document.get(sheet.name) or []
        if sheet.plain:
            rows[sheet.name] = [{sheet.columns[0].name: code} for code in listed]
        else:
            rows[sheet.name] = [_cells(sheet, row) for row in listed]
    return Entry(key, rows)


def _cells(sheet: Sheet, row: dict[str, Any]) -> Cells:
    found: Cells = {}
    for column in sheet.columns:
        value: Any = row
        for key in column.keys:
            value = (value or {}).get(key)
        if value is not None and value != "" and value is not False:
            found[column.name] = "yes" if value is True else value
    return found


def of_record(record: Record, problems: Iterable[Any]) -> Entry:
    """A record as its rows came, with what to mend beside the row that each problem is about."""
    said: dict[int, list[str]] = {}
    for problem in problems:
        line, column = record.line_of(problem.pointer)
        text = f"{column}: {problem.detail}" if column else problem.detail
        said.setdefault(id(line), []).append(text)
    rows: dict[str, list[Cells]] = {}
    for name, lines in record.lines.items():
        rows[name] = []
        for line in lines:
            cells = {column: value for column, value in line.cells.items() if column != KEY}
            notes = " ".join(said.pop(id(line), []))
            rows[name].append(cells | ({MEND: notes} if notes else {}))
    return Entry(record.key, rows)


def flat(entries: Iterable[Entry], mend: bool = False, exported: bool = False) -> Iterator[list[str]]:
    """The header and rows of one flat file: a project's first line holds the first row of each of its tables."""
    header = layouts.flat_header(exported)
    yield [*header, *([MEND] if mend else [])]
    for entry in entries:
        for number in range(max((len(rows) for rows in entry.rows.values()), default=0)):
            cells: dict[str, str] = {KEY: entry.key}
            notes = []
            for sheet in layouts.SHEETS:
                rows = entry.rows.get(sheet.name) or []
                row = rows[number] if number < len(rows) else {}
                cells |= {
                    layouts.flat(sheet, name): sheet_cells.text_of(value)
                    for name, value in row.items()
                    if name != MEND
                }
                if MEND in row:
                    notes.append(row[MEND] if sheet.name == PROJECTS else f"{sheet.name}: {row[MEND]}")
            line = [cells.get(name, "") for name in header]
            yield [*line, *([" ".join(notes)] if mend else [])]
