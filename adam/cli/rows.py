"""Rows of a small CSV file, each through its schema; taken whole or not at all."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from marshmallow import Schema

from adam.errors import Invalid, Problem
from adam.schemas.faults import load


def read(path: Path, schema: Schema) -> list[dict[str, Any]]:
    """The drafts of a file with a header, in UTF-8; raises Invalid with every problem and its row."""
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        try:
            for number, row in enumerate(csv.DictReader(lines), 2):
                try:
                    found.append(load(schema, row, f"#/{number}"))
                except Invalid as error:
                    problems.extend(error.problems)
        except (UnicodeDecodeError, csv.Error) as error:
            problems.append(Problem("#", "unreadable", f"{path.name} is no CSV file in UTF-8: {error}."))
    if problems:
        raise Invalid(problems)
    return found
