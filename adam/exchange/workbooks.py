"""XLSX files from strangers as raw tables: unpacked within limits and looked at before anything is built in memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from adam.errors import Invalid, Problem
from adam.exchange import layouts
from adam.exchange.raw_tables import Table, fault

MOST_UNPACKED = 160 << 20
MOST_PARTS = 500
MOST_CELLS = 4_000_000
MOST_TEXT = 256 << 20
CHUNK = 1 << 16
OLD = b"\xd0\xcf\x11\xe0"
NOT_XLSX = "This is no XLSX workbook, or it is damaged: save it again as .xlsx."
MACROS = "The workbook carries macros, which ADAM never runs: save it as .xlsx without macros."
LOCKED = (
    "The workbook is protected by a password or in the old .xls format: save it as .xlsx without password."
)
TOO_LARGE = f"The workbook unpacks to more than {MOST_UNPACKED >> 20} MB: send it in several parts."
ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
ROW = re.compile(rb"<(?:\w+:)?row\b")
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)(?<!/)>")
PLACE = re.compile(rb"""\br=["']\$?([A-Za-z]{1,3})\$?(\d{1,7})["']""")
SHARED = re.compile(rb"""\bt=["']s["'][^>]*>\s*<(?:\w+:)?v[^>]*>\s*(\d{1,9})""")
ITEM = re.compile(rb"<(?:\w+:)?si\b")


def read(data: bytes) -> list[Table]:
    """The sheets of a workbook that carry one of our names; formulas as their last result, which is not computed.

    Raises Invalid for what isn't a workbook, unpacks hugely, carries macros or entities, reaches far beyond its
    data, or whose tables are hidden or have merged cells; each with what to do.
    """
    if data.startswith(OLD):
        raise fault("locked", LOCKED)
    packed = _repacked(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(packed)) as book:
            return list(_tables(book))
    except CalamineError:
        raise fault("not_xlsx", NOT_XLSX) from None
    except Invalid:
        raise
    except BaseException as error:
        # The reader is compiled code: what goes wrong inside it arrives as a panic, no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise fault("not_xlsx", NOT_XLSX) from None


def _repacked(data: bytes) -> bytes:
    """The same workbook, stored unpacked: its true size is known then, whatever its table of contents claims."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as stored:
            parts = given.infolist()
            if len(parts) > MOST_PARTS:
                raise fault("too_large", f"The workbook has more than {MOST_PARTS} parts: {NOT_XLSX}")
            left, seen = MOST_UNPACKED, dict[str, bytes]()
            for part in parts:
                if part.filename.lower().endswith("vbaproject.bin"):
                    raise fault("macros", MACROS)
                seen[part.filename] = content = _unpacked(given, part, left)
                left -= len(content)
            _look_at(seen)
            for name, content in seen.items():
                stored.writestr(name, content)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise fault("not_xlsx", NOT_XLSX) from None
    return out.getvalue()


def _unpacked(given: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    content = bytearray()
    with given.open(part) as file:
        while chunk := file.read(CHUNK):
            content += chunk
            if len(content) > most:
                raise fault("too_large", TOO_LARGE)
    return bytes(content)


def _look_at(parts: dict[str, bytes]) -> None:
    """Refuse entities, and sheets whose cells would take more memory than any workbook of ours."""
    for name, content in parts.items():
        if name.lower().endswith((".xml", ".rels")) and ENTITIES.search(content):
            raise fault("doctype", "The workbook declares a DOCTYPE, which no spreadsheet program writes.")
    shared = next((content for name, content in parts.items() if name.lower() == "xl/sharedstrings.xml"), b"")
    lengths = [len(item) for item in ITEM.split(shared)[1:]]
    text = 0
    for name, content in parts.items():
        if not SHEET_PART.fullmatch(name):
            continue
        height, width, furthest = _extent(content)
        if height * width > MOST_CELLS:
            raise fault(
                "too_far",
                f"A sheet reaches down to row {height} and {furthest}: delete the empty rows and columns beyond "
                "your data, then save again.",
            )
        text += sum(lengths[int(n)] for n in SHARED.findall(content) if int(n) < len(lengths))
        if text > MOST_TEXT:
            raise fault("too_large", TOO_LARGE)


def _extent(content: bytes) -> tuple[int, int, str]:
    """(rows, columns, the furthest column in words) of the cells that hold something, as far as they are placed."""
    height = width = 0
    furthest = "column A"
    rows = ROW.split(content)
    for number, row in enumerate(rows[1:], 1):
        cells = CELL.findall(row)
        if not cells:
            continue
        height = max(height, number)
        width = max(width, len(cells))
        for cell in cells:
            place = PLACE.search(cell)
            if place:
                column = _column_number(place[1])
                height = max(height, int(place[2]))
                if column > width:
                    width, furthest = column, f"column {place[1].decode()}"
    return height, width, furthest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _tables(book: CalamineWorkbook) -> Iterator[Table]:
    faults = []
    for meta in book.sheets_metadata:
        name = meta.name.strip().lower()
        if name not in layouts.BY_NAME:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            faults.append(
                f"The sheet {name} is hidden: show it, so that you see what you send, or delete it."
            )
            continue
        sheet = book.get_sheet_by_name(meta.name)
        merged = _merged(sheet)
        if merged:
            faults.append(
                f"On the sheet {name} cells are merged ({merged}): undo that, so that each row is whole."
            )
            continue
        yield Table(
            name, [(number, row) for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1)]
        )
    if faults:
        raise Invalid(Problem("#", "sheet", text) for text in faults)


def _merged(sheet: CalamineSheet) -> str:
    ranges = sheet.merged_cell_ranges or []
    return ", ".join(f"row {top + 1}" for (top, _), _ in ranges[:3])
