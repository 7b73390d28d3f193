"""Imports as the API shows and takes them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from adam.schemas.api_answers import many, maybe, moment, some, string
from adam.schemas.api_queries import PageQuery
from adam.schemas.faults import Fault
from adam.schemas.fields import MESSAGES, Choice
from adam.schemas.projects import Strict

FORMATS, MODES = ("xlsx", "csv", "iati"), ("dry_run", "apply")
STATES, RESULTS = ("waiting", "running", "done", "failed"), ("new", "updated", "unchanged", "refused")
UPLOAD: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {
                    "file": {
                        "type": "string",
                        "contentMediaType": "application/octet-stream",
                        "description": "At most 20 MiB.",
                    },
                    "format": {
                        "type": "string",
                        "enum": [*FORMATS, ""],
                        "description": "May be left out, or empty, where the name ends in .xlsx, .csv or .xml.",
                    },
                    "mode": {"type": "string", "enum": list(MODES), "default": "dry_run"},
                },
            }
        }
    },
}
YES_OR_NO: dict[str, Any] = {
    "truthy": {"true", "1"},
    "falsy": {"false", "0"},
    "error_messages": MESSAGES | {"invalid": Fault("choice", "Choose one of: true, false.")},
}


class ImportQuery(PageQuery):
    """Which rows of an import."""

    result = Choice(RESULTS, load_default=None, metadata={"description": "Only rows with this outcome."})


class TemplateQuery(Strict):
    """Which template."""

    form = Choice(("xlsx", "csv"), data_key="format", load_default="xlsx")
    records = fields.Boolean(
        load_default=False, metadata={"description": "Filled with your partner's records."}, **YES_OR_NO
    )


class PlacedProblem(Schema):
    """One thing to mend: in the document, and in the file."""

    pointer, code, detail = string(), string(), string()
    row = some(
        fields.Integer(allow_none=True, metadata={"description": "The row of the file, where it has any."})
    )
    place = some(
        fields.String(metadata={"description": "Sheet, row and column in words; empty for the whole."})
    )


class FieldChange(Schema):
    """A field of the project that differs from what stands."""

    field, before, after = (
        string(),
        some(fields.Raw(allow_none=True)),
        some(fields.Raw(allow_none=True)),
    )


class LeftOut(Schema):
    """An element or attribute of an IATI activity that had no place in ADAM: how often, and why."""

    what, why, count = string(), string(), some(fields.Integer())


class RowAnswer(Schema):
    """What became of one row, or would."""

    number = some(fields.Integer())
    source_ref, title, place = maybe(string()), string(), string()
    result = Choice(RESULTS, required=True)
    problems, changes, dropped = many(PlacedProblem), many(FieldChange), many(LeftOut)
    submission_id = maybe(fields.UUID())


class CountsAnswer(Schema):
    """How many rows had which outcome so far."""

    new, updated, unchanged, refused = (some(fields.Integer()) for _ in range(4))


class ImportBrief(Schema):
    """An import: `done` of `total` rows; `faults` is what is wrong with the file as a whole."""

    id, partner, author, name = some(fields.UUID()), string(), string(), string()
    format, mode = Choice(FORMATS, required=True), Choice(MODES, required=True)
    state = Choice(STATES, required=True)
    follows = maybe(fields.UUID(metadata={"description": "The trial run that this applies."}))
    size, done = some(fields.Integer()), some(fields.Integer())
    total = maybe(fields.Integer())
    counts = fields.Nested(CountsAnswer, required=True)
    notes, faults = many(fields.String()), many(PlacedProblem)
    created_at, finished_at = moment(), maybe(fields.DateTime())


class ImportAnswer(ImportBrief):
    """An import with a page of its rows."""

    rows, next_cursor = many(RowAnswer), maybe(string())
