"""Spreadsheets in: raw tables become project documents, with a place for every value and every problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from adam.errors import Invalid, Problem
from adam.exchange import layouts, raw_tables, sheet_cells, workbooks
from adam.exchange.layouts import KEY, PROJECTS, Column, Sheet
from adam.exchange.raw_tables import Table, fault
from adam.exchange.sheet_cells import Codes, Unclear

XLSX, CSV = "xlsx", "csv"
MOST_PROJECTS = 20_000
LONGEST_KEY = 200
POINTER, KEY_POINTER = "#/project", "#/source_ref"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its number in the file, the letters of its columns, and what its cells hold."""

    sheet: Sheet
    number: int
    letters: dict[str, str]
    cells: dict[str, Any]


@dataclass(slots=True)
class Record:
    """One project of a file: its key, its document as the API takes it, its rows, and what couldn't be read."""

    key: str
    document: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, pointer: str) -> tuple[Line | None, str | None]:
        """The row and the column that a pointer into the document is about."""
        parts = pointer.removeprefix(f"{POINTER}/").split("/") if pointer.startswith(f"{POINTER}/") else []
        head = next(iter(self.lines.get(PROJECTS, ())), None)
        if not parts or parts[0] not in layouts.BY_NAME:
            key = KEY if pointer == KEY_POINTER else None
            return head, _column_at(layouts.BY_NAME[PROJECTS], parts) if parts else key
        lines = self.lines.get(parts[0], [])
        number = int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 0
        sheet = layouts.BY_NAME[parts[0]]
        inner = sheet.columns[0].name if sheet.plain else _column_at(sheet, parts[2:])
        return (lines[number] if number < len(lines) else head), inner

    def place(self, pointer: str) -> str:
        """Where that is, in words: "sheet countries, row 5, column B (country)"."""
        line, column = self.line_of(pointer)
        if line is None:
            return ""
        letter = line.letters.get(column or "")
        where = f"sheet {line.sheet.name}, row {line.number}" if line.letters else f"line {line.number}"
        return f"{where}, column {letter} ({column})" if letter else where


@dataclass(frozen=True, slots=True)
class Reading:
    """The records of a file in the order of their rows, and how many example rows were passed over."""

    records: list[Record]
    examples: int


def _column_at(sheet: Sheet, parts: list[str]) -> str | None:
    return next(
        (column.name for column in sheet.columns if list(column.keys) == parts[: len(column.keys)]), None
    )


def read(data: bytes, form: str, choices: layouts.Choices) -> Reading:
    """The records of an XLSX or CSV file; `choices` are the lists in force, so that names can be told from codes.

    Raises Invalid with all that is wrong with the file as a whole: its format, its sheets, its first rows.
    """
    codes = Codes(choices)
    found = _sheets(workbooks.read(data)) if form == XLSX else _flat(raw_tables.from_csv(data))
    lines = list(found)
    example = layouts.EXAMPLE.casefold()
    taken = [line for line in lines if _key(line).casefold() != example]
    records = list(_records(taken, codes))
    if not records:
        raise fault("empty", "No project stands in this file: fill the sheet projects, from row 2 on.")
    if len(records) > MOST_PROJECTS:
        raise fault("too_many", f"At most {MOST_PROJECTS} projects in one file: send it in several parts.")
    return Reading(records, len(lines) - len(taken))


def _sheets(tables: list[Table]) -> Iterator[Line]:
    names = [table.name for table in tables]
    problems = [
        f"The sheet {name} stands twice: keep one."
        for name in sorted({n for n in names if names.count(n) > 1})
    ]
    if PROJECTS not in names:
        problems.append(
            "There is no sheet projects: begin with the template, and keep its sheets and first rows."
        )
    headers = {}
    for table in tables:
        sheet = layouts.BY_NAME[table.name]
        known = {KEY} | {column.name for column in sheet.columns}
        needed = {KEY} | {column.name for column in sheet.columns if column.required}
        found, wrong = _header(table, known, needed if len(table.rows) > 1 else set())
        headers[table.name] = found
        problems.extend(f"Sheet {table.name}: {text}" for text in wrong)
    if problems:
        raise Invalid(Problem("#", "header", text) for text in problems)
    for table in tables:
        yield from _lines(layouts.BY_NAME[table.name], table, headers[table.name])


def _header(table: Table, known: set[str], needed: set[str]) -> tuple[dict[int, str], list[str]]:
    """Column number → name, and what is wrong with the first row."""
    first = table.rows[0][1] if table.rows else []
    found: dict[int, str] = {}
    wrong: list[str] = []
    for number, cell in enumerate(first):
        name = sheet_cells.text_of(cell).strip().lower() if not sheet_cells.is_empty(cell) else ""
        if name in found.values():
            wrong.append(f"the column {name} stands twice in the first row: take one away.")
        elif name in known or name == layouts.MEND:
            found[number] = name
        elif name:
            wrong.append(f"the first row has a column “{name[:60]}” that ADAM doesn't know: mend its name.")
    missing = sorted(needed - set(found.values()))
    wrong.extend(f"the column {name} is missing in the first row: add it." for name in missing)
    return found, wrong


def _lines(sheet: Sheet, table: Table, header: dict[int, str]) -> Iterator[Line]:
    letters = {name: letter(number) for number, name in header.items()}
    names = {name: at for at, name in header.items() if name != layouts.MEND}
    for number, row in table.rows[1:]:
        _refuse_nameless(row, header, f"Sheet {sheet.name}, row {number}")
        cells = _filled(row, names)
        if cells:
            yield Line(sheet, number, letters, cells)


def letter(number: int) -> str:
    """The letters of a column, counted from 0: A, B, … Z, AA."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _filled(row: list[Any], names: dict[str, int]) -> dict[str, Any]:
    """Name → cell, of those that hold something; `names` says where each stands."""
    return {
        name: row[at] for name, at in names.items() if at < len(row) and not sheet_cells.is_empty(row[at])
    }


def _refuse_nameless(row: list[Any], header: dict[int, str], where: str) -> None:
    for at, cell in enumerate(row):
        if at not in header and not sheet_cells.is_empty(cell):
            raise fault(
                "columns",
                f"{where}: something stands in column {letter(at)}, which has no name in the first row. Name it, "
                "or empty it; in a CSV file look for a missing quote.",
            )


def _flat(table: Table) -> Iterator[Line]:
    """The rows of one flat file: each holds at most one row of every table."""
    header, wrong = _header(table, set(layouts.flat_header()), {KEY})
    if wrong:
        raise Invalid(Problem("#", "header", text[0].upper() + text[1:]) for text in wrong)
    at = {name: number for number, name in header.items()}
    places = [(sheet, _places(sheet, at)) for sheet in layouts.SHEETS]
    for number, row in table.rows[1:]:
        _refuse_nameless(row, header, f"Line {number}")
        key = _filled(row, {KEY: at[KEY]})
        filled = [(sheet, cells) for sheet, names in places if (cells := _filled(row, names))]
        for sheet, cells in filled or ([(layouts.SHEETS[0], {})] if key else []):
            yield Line(sheet, number, {}, key | cells)


def _places(sheet: Sheet, at: dict[str, int]) -> dict[str, int]:
    """Column → where it stands in a flat file, of one table."""
    names = {column.name: layouts.flat(sheet, column.name) for column in sheet.columns}
    return {name: at[flat] for name, flat in names.items() if flat in at}


def _key(line: Line) -> str:
    return sheet_cells.text_of(line.cells.get(KEY, "")).strip()


def _records(lines: Iterable[Line], codes: Codes) -> Iterator[Record]:
    """Lines by their key, in the order in which keys first appear; what can't be placed is a record of its own."""
    found: dict[str, Record] = {}
    loose: list[Record] = []
    for line in lines:
        key = _key(line)
        if not key:
            loose.append(_keyless(line))
            continue
        record = found.setdefault(key, Record(key))
        if line.sheet.name == PROJECTS and PROJECTS in record.lines:
            if line.cells != record.lines[PROJECTS][0].cells:
                loose.append(_twice(line, record))
            continue
        record.lines.setdefault(line.sheet.name, []).append(line)
    for record in found.values():
        _fill(record, codes)
        yield record
    yield from loose


def _keyless(line: Line) -> Record:
    sentence = f"This row has no {KEY}: write your own key of the project there."
    return Record("", {}, {PROJECTS: [line]}, [Problem(KEY_POINTER, "required", sentence)])


def _twice(line: Line, first: Record) -> Record:
    place = first.lines[PROJECTS][0].number
    sentence = f"{first.key} stands already in row {place} with other content: keep one of the two."
    return Record(first.key, {}, {PROJECTS: [line]}, [Problem(KEY_POINTER, "source_ref_twice", sentence)])


def _fill(record: Record, codes: Codes) -> None:
    if PROJECTS not in record.lines:
        sentence = f"The sheet projects has no row {record.key}: add it, or mend the key."
        first = next(iter(record.lines.values()))
        record.lines = {PROJECTS: first} | record.lines
        record.problems.append(Problem(KEY_POINTER, "no_project", sentence))
        return
    if len(record.key) > LONGEST_KEY:
        record.problems.append(
            Problem(KEY_POINTER, "too_long", f"A {KEY} has at most {LONGEST_KEY} characters.")
        )
    for name, lines in record.lines.items():
        sheet = layouts.BY_NAME[name]
        if name == PROJECTS:
            record.document.update(_values(sheet, lines[0], (record, POINTER), codes))
            continue
        rows = [
            _values(sheet, line, (record, f"{POINTER}/{name}/{number}"), codes)
            for number, line in enumerate(lines)
        ]
        column = sheet.columns[0].name
        record.document[name] = [row.get(column) for row in rows] if sheet.plain else rows


def _values(sheet: Sheet, line: Line, into: tuple[Record, str], codes: Codes) -> dict[str, Any]:
    record, pointer = into
    found: dict[str, Any] = {}
    for column in sheet.columns:
        if column.name not in line.cells:
            continue
        value = line.cells[column.name]
        at = pointer if sheet.plain else "/".join((pointer, *column.keys))
        _put(found, column, _cell(record, column.meant(line.cells), value, (at, codes)))
    return found


def _cell(record: Record, column: Column, value: Any, given: tuple[str, Codes]) -> Any:
    pointer, codes = given
    try:
        return sheet_cells.read(column, value, codes)
    except Unclear as unclear:
        record.problems.append(Problem(pointer, unclear.code, str(unclear)))
        return sheet_cells.text_of(value)


def _put(row: dict[str, Any], column: Column, value: Any) -> None:
    for key in column.keys[:-1]:
        row = row.setdefault(key, {})
    row[column.keys[-1]] = value
