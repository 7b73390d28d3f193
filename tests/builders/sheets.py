"""Small spreadsheets for tests: the layout filled with documents, single cells set, and files nobody should send."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from adam.domain import documents
from adam.exchange import layouts, sheet_rows, templates
from adam.schemas.claims import SCHEMA
from adam.schemas.faults import load

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
NAMES = {"countries": "name_en", "organizations": "name", "currencies": "name"}


@cache
def choices() -> layouts.Choices:
    """The lists of the seeds, without a database."""
    listed: dict[str, Any] = dict(layouts.FIXED)
    for name in (
        "countries",
        "organizations",
        "currencies",
        "pillars",
        "commitments",
        "assistance_types",
        "beneficiary_kinds",
        "result_areas",
        "action_plans",
    ):
        with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            listed[name] = [(row["code"], row[NAMES.get(name, "title")]) for row in csv.DictReader(file)]
    with (SEEDS / "sectors.csv").open(encoding="utf-8", newline="") as file:
        listed["sectors"] = [
            (row["code"], row["title"]) for row in csv.DictReader(file) if row["vocabulary"] == "DAC"
        ]
    return listed


@cache
def seeded() -> dict[str, dict[str, Any]]:
    """Key → document of every seeded project, as the schema leaves it."""
    rows = json.loads((SEEDS / "projects.json").read_text(encoding="utf-8"))
    return {row["source_ref"]: whole(row["project"]) for row in rows}


def whole(document: dict[str, Any]) -> dict[str, Any]:
    """A document as it is stored: every field there, decimals with their places."""
    plain: dict[str, Any] = documents.plain(load(SCHEMA, document, "#/project"))
    return plain


def filled(form: str, by_key: dict[str, dict[str, Any]], **more: Any) -> bytes:
    """A file with these projects, in the layout of the template."""
    entries = [sheet_rows.of_document(key, document) for key, document in by_key.items()]
    filling = templates.Filling(entries, choices(), **more)
    return templates.to_csv(filling) if form == "csv" else templates.to_xlsx(filling)


def workbook(sheets: dict[str, list[list[Any]]], shape: Any = None) -> bytes:
    """A workbook of rows as they are; `shape(book, pages)` may do more to it, such as merging or hiding."""
    file = io.BytesIO()
    book = Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}
    )
    pages = {}
    for name, rows in sheets.items():
        pages[name] = page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for at, value in enumerate(row):
                if value is not None:
                    page.write(number, at, value)
    if shape:
        shape(book, pages)
    book.close()
    return file.getvalue()


HEADER = ["source_ref", "title", "status", "visibility", "start_planned"]


def project(key: Any = "X-1", *cells: Any) -> list[list[Any]]:
    """The sheet projects with one row that passes; `cells` come after key, title, status and visibility."""
    return [HEADER, [key, "Border posts on the Panj", "active", "partners", *cells]]


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The workbook with parts replaced or added; two underscores in a name stand for a slash, one for a dot."""
    out = io.BytesIO()
    new = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in old.namelist():
            if name not in new:
                file.writestr(name, old.read(name))
        for name, content in new.items():
            file.writestr(name, content)
    return out.getvalue()


def lines(*rows: list[str], delimiter: str = ",") -> bytes:
    """A CSV file of these rows."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode()
