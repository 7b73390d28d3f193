"""Our spreadsheets out: an XLSX workbook with lists, help and formats, or one flat CSV file; empty or filled."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from adam.exchange import layouts, raw_tables, sheet_cells, sheet_rows
from adam.exchange.layouts import EXAMPLE, KEY, MEND, Column, Sheet
from adam.exchange.sheet_rows import Entry
from adam.exchange.spreadsheets import letter

ROWS_WITH_LISTS = 20_000
SURE_IN_A_NUMBER = Decimal("1e12")
WIDTHS = {
    layouts.TEXT: 32,
    layouts.LINES: 60,
    layouts.CODE: 30,
    layouts.DAY: 14,
    layouts.AMOUNT: 18,
    layouts.SHARE: 10,
    layouts.DEGREES: 12,
    layouts.FLAG: 10,
}
HEAD = {"bold": True, "bg_color": "#0B3C5D", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"}
FORMATS: dict[str, dict[str, Any]] = {
    "head": HEAD,
    "needed": HEAD | {"bg_color": "#7A1F2B"},
    layouts.TEXT: {"num_format": "@", "valign": "top"},
    layouts.LINES: {"num_format": "@", "text_wrap": True, "valign": "top"},
    layouts.CODE: {"num_format": "@", "valign": "top"},
    layouts.FLAG: {"num_format": "@", "valign": "top"},
    layouts.DAY: {"num_format": "yyyy-mm-dd", "valign": "top"},
    layouts.AMOUNT: {"num_format": "#,##0.00", "valign": "top"},
    layouts.SHARE: {"num_format": "0.00", "valign": "top"},
    layouts.DEGREES: {"num_format": "0.000000", "valign": "top"},
    "mend": {"num_format": "@", "text_wrap": True, "valign": "top", "font_color": "#7A1F2B"},
    "title": {"bold": True, "font_size": 16},
    "bold": {"bold": True, "valign": "top"},
    "wrap": {"text_wrap": True, "valign": "top"},
}
EXAMPLE_LOOK = {"italic": True, "font_color": "#5A6672"}


@dataclass(frozen=True, slots=True)
class Filling:
    """What a file holds: projects, the example (or none), the lists in force, whether it says what to mend.

    `exported`: it says of each row who states it, too; a template doesn't ask for that.
    """

    entries: Sequence[Entry]
    choices: layouts.Choices
    example: dict[str, Any] | None = None
    mend: bool = False
    made: date | None = None
    exported: bool = False


def to_csv(filling: Filling) -> bytes:
    """One flat CSV file in UTF-8: a line holds at most one row of each table."""
    return raw_tables.to_csv(sheet_rows.flat(_entries(filling), filling.mend, filling.exported))


def to_xlsx(filling: Filling) -> bytes:
    """The workbook: a guide, one sheet a table with lists and help, and the lists."""
    file = io.BytesIO()
    book = Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    day = filling.made or date(2000, 1, 1)
    book.set_properties(
        {
            "title": "ADAM: projects",
            "comments": "Filled in, it can be uploaded to ADAM.",
            "created": datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None),
        }
    )
    writer = _Writer(book, filling.choices, filling.exported)
    guide = book.add_worksheet(layouts.GUIDE)
    entries = _entries(filling)
    sheets = [(sheet, book.add_worksheet(sheet.name)) for sheet in layouts.SHEETS]
    writer.lists(book.add_worksheet(layouts.LISTS))
    writer.guide(guide)
    for sheet, page in sheets:
        writer.table(page, sheet, filling.mend)
        row = 1
        for entry in entries:
            for cells in entry.rows.get(sheet.name) or ():
                writer.row(page, sheet, row, (entry.key, cells))
                row += 1
    sheets[0][1].activate()
    book.close()
    return file.getvalue()


def _entries(filling: Filling) -> list[Entry]:
    example = [sheet_rows.of_document(EXAMPLE, filling.example)] if filling.example else []
    return [*example, *filling.entries]


class _Writer:
    """Writes the sheets of one workbook; knows its formats and where each list stands."""

    def __init__(self, book: Workbook, choices: layouts.Choices, exported: bool):
        self.choices = choices
        self.columns = {sheet.name: sheet.shown(exported) for sheet in layouts.SHEETS}
        self.labels = {
            name: {code: layouts.label((code, title)) for code, title in entries}
            for name, entries in choices.items()
        }
        self.places: dict[str, str] = {}
        self.formats = {name: book.add_format(look) for name, look in FORMATS.items()}
        self.quoted = {
            name: book.add_format(FORMATS[name] | {"quote_prefix": True})
            for name in (layouts.TEXT, layouts.LINES, layouts.CODE, layouts.FLAG, "mend")
        }
        self.examples = {name: book.add_format(look | EXAMPLE_LOOK) for name, look in FORMATS.items()}

    def lists(self, page: Worksheet) -> None:
        """Every list as a column of its own, and where it stands."""
        page.freeze_panes(1, 0)
        for number, (name, entries) in enumerate(self.choices.items()):
            page.set_column(number, number, 34)
            page.write_string(0, number, name, self.formats["head"])
            for row, entry in enumerate(entries, 1):
                page.write_string(row, number, layouts.label(entry), self.formats[layouts.TEXT])
            if entries:
                at = letter(number)
                self.places[name] = f"={layouts.LISTS}!${at}$2:${at}${len(entries) + 1}"

    def guide(self, page: Worksheet) -> None:
        """How to fill it in, then every column with its help."""
        page.fit_to_pages(1, 0)
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 24)
        page.set_column(2, 2, 90)
        page.write_string(0, 0, "Projects for ADAM", self.formats["title"])
        for row, text in enumerate(HOW, 2):
            page.merge_range(row, 0, row, 2, text, self.formats["wrap"])
            page.set_row(row, 32)
        row = len(HOW) + 3
        for at, text in enumerate(("Sheet", "Column", "What it holds")):
            page.write_string(row, at, text, self.formats["head"])
        for sheet in layouts.SHEETS:
            row += 1
            page.write_string(row, 0, sheet.name, self.formats["bold"])
            page.write_string(row, 2, sheet.help, self.formats["bold"])
            for column in self.columns[sheet.name]:
                row += 1
                page.write_string(row, 1, column.name, self.formats["wrap"])
                page.write_string(row, 2, _help(column), self.formats["wrap"])

    def table(self, page: Worksheet, sheet: Sheet, mend: bool) -> None:
        """The first row with its comments, widths, formats and lists; printed across, one page wide."""
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.freeze_panes(1, 1)
        page.set_row(0, 30)
        page.set_column(0, 0, 22, self.formats[layouts.TEXT])
        page.write_string(0, 0, KEY, self.formats["needed"])
        page.write_comment(0, 0, KEY_HELP, {"x_scale": 2})
        for at, column in enumerate(self.columns[sheet.name], 1):
            page.set_column(at, at, WIDTHS[column.kind], self.formats[column.kind])
            page.write_string(0, at, column.name, self.formats["needed" if column.required else "head"])
            page.write_comment(0, at, _help(column), {"x_scale": 2})
            rule = self.rule(column)
            if rule:
                page.data_validation(1, at, ROWS_WITH_LISTS, at, rule)
        if mend:
            at = len(self.columns[sheet.name]) + 1
            page.set_column(at, at, 70, self.formats["mend"])
            page.write_string(0, at, MEND, self.formats["needed"])

    def rule(self, column: Column) -> dict[str, Any] | None:
        """What a cell of this column offers or allows; a list warns, so that a code alone can be typed too."""
        message = {"input_title": column.name[:32], "input_message": _help(column)[:255]}
        place = self.places.get(column.choices or "")
        if place:
            warned = {
                "error_title": "Not on the list",
                "error_message": "Choose from the list, or type its code.",
            }
            return message | warned | {"validate": "list", "source": place, "error_type": "information"}
        if column.kind == layouts.DAY:
            days: dict[str, Any] = {"minimum": date(1900, 1, 1), "maximum": date(2100, 12, 31)}
            return message | days | {"validate": "date", "criteria": "between", "error_type": "warning"}
        if column.kind in (layouts.SHARE, layouts.AMOUNT):
            most = 100 if column.kind == layouts.SHARE else 99999999999999
            limits = {"minimum": 0, "maximum": most}
            return message | limits | {"validate": "decimal", "criteria": "between", "error_type": "warning"}
        return None

    def row(self, page: Worksheet, sheet: Sheet, row: int, filled: tuple[str, sheet_rows.Cells]) -> None:
        """One row of a table."""
        key, cells = filled
        looks = self.examples if key == EXAMPLE else self.formats
        self.text(page, (row, 0), key, (layouts.TEXT, looks))
        for at, column in enumerate(self.columns[sheet.name], 1):
            if column.name in cells:
                self.cell(page, (row, at), column.meant(cells), (cells[column.name], looks))
        if MEND in cells:
            self.text(page, (row, len(self.columns[sheet.name]) + 1), cells[MEND], ("mend", looks))

    def cell(self, page: Worksheet, at: tuple[int, int], column: Column, given: tuple[Any, Any]) -> None:
        """One cell: days and figures as such where that loses nothing, codes with their names, the rest as text."""
        value, looks = given
        day = _as_day(value) if column.kind == layouts.DAY else None
        number = _as_number(column, value)
        if day is not None:
            page.write_datetime(*at, datetime(day.year, day.month, day.day), looks[column.kind])
        elif number is not None:
            page.write_number(*at, number, looks[column.kind])
        else:
            text = sheet_cells.text_of(value)
            text = self.labels.get(column.choices or "", {}).get(text, text)
            kind = column.kind if column.kind in self.quoted else layouts.TEXT
            self.text(page, at, text, (kind, looks))

    def text(self, page: Worksheet, at: tuple[int, int], text: str, look: tuple[str, Any]) -> None:
        """Text, never a formula; what begins like one is marked as text, so that editing doesn't make it one."""
        kind, looks = look
        risky = bool(sheet_cells.RISKY.match(text))
        page.write_string(*at, text, self.quoted[kind] if risky else looks[kind])


def _as_day(value: Any) -> date | None:
    """The day, if Excel counts it as everybody else does: from March 1900 on."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
    day = day.date() if isinstance(day, datetime) else day
    return day if isinstance(day, date) and day >= date(1900, 3, 1) else None


def _as_number(column: Column, value: Any) -> float | None:
    """The figure of a cell as a number, where it comes back as the same figure."""
    if isinstance(value, bool) or column.kind not in (layouts.AMOUNT, layouts.SHARE, layouts.DEGREES):
        return None
    if isinstance(value, int | float):
        return value
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return None
    if not exact.is_finite() or abs(exact) >= SURE_IN_A_NUMBER or str(exact) != str(value):
        return None
    return None if column.kind == layouts.SHARE and exact <= 1 else float(exact)


def _help(column: Column) -> str:
    return f"{column.help} Needed." if column.required else column.help


KEY_HELP = (
    "Your own key of the project, the same on every sheet and in every year: a file number, for instance. "
    "A record that has none carries its ADAM reference here. Needed."
)
HOW: tuple[str, ...] = (
    "1. Fill in the sheet projects: one row a project, with a key of your own (source_ref). Red heads are needed.",
    "2. On the other sheets, write the same key in each row that belongs to the project: one row for each country, "
    "organization, sum and so on.",
    "3. Choose from the lists, or type the code alone. Write days as 2008-01-15 and amounts in plain figures. "
    "Don't rename, hide or merge; rows and sheets that you don't need may stay empty.",
    f"4. The rows marked {EXAMPLE} show a real project of the source documents. ADAM passes them over.",
    "5. Save as .xlsx and upload it under My desk, Projects from a file. ADAM shows first what would happen; "
    "nothing is kept before you say so.",
    "6. Next year: download the file with your records in it, change what has changed, and upload it again. "
    "Rows that are left out stay as they are.",
)
