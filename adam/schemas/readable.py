"""What can be read of a project document that has not passed the schema: nothing is refused, nothing is guessed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import fields

from adam.domain.documents import DAYS, DECIMALS
from adam.schemas.projects import ProjectSchema

Document = dict[str, Any]
FIELDS = ProjectSchema().fields
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)


def readable(document: Document) -> Document:
    """Every key of a document, with days and decimals where they can be read and None where they can't.

    A row that is no row stays as an empty one, so that the others keep their numbers.
    """
    found: Document = {}
    for name, field in FIELDS.items():
        value, inner = document.get(name), getattr(field, "inner", None)
        if inner is None:
            found[name] = _single(name, value)
        elif hasattr(inner, "schema"):
            keys = inner.schema.fields
            found[name] = [_row(keys, row if isinstance(row, dict) else {}) for row in _list(value)]
        else:
            found[name] = [code for code in _list(value) if isinstance(code, str)]
    for name, keys in DECIMALS.items():
        for row in found[name]:
            row |= {key: _decimal(row[key]) for key in keys}
    for row in found["contributions"]:
        row["value_date"] = _day(row["value_date"])
    return found


def _single(name: str, value: Any) -> Any:
    if name in DAYS:
        return _day(value)
    wanted = dict if name == "source" else str
    return value or None if isinstance(value, wanted) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _row(keys: dict[str, fields.Field[Any]], row: Document) -> Document:
    """The texts of a row; a yes or no only where one is asked for."""
    return {
        key: row.get(key) is True
        if isinstance(field, fields.Boolean)
        else (row[key] if isinstance(row.get(key), str) else None)
        for key, field in keys.items()
    }


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _decimal(value: Any) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) and NUMBER.fullmatch(value) else None
