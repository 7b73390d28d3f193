"""Saved scopes and comparisons of reports in the API: what it takes and what it answers."""

from __future__ import annotations

from marshmallow import Schema, fields

from adam.domain.rhythms import RHYTHMS
from adam.schemas.api_answers import many, maybe, moment, some, string
from adam.schemas.fields import Choice, Code
from adam.schemas.projects import Strict
from adam.schemas.scopes import FORMS, KINDS, ScopeSchema


class ComparisonQuery(Strict):
    """With which report, and as which file."""

    other = Code(
        required=True, data_key="with", metadata={"description": "The id of another report of the kind."}
    )
    form = Choice(
        FORMS, data_key="format", load_default="json", metadata={"description": "The format of the file."}
    )


class RecordsQuery(Strict):
    """The format of a full export."""

    form = Choice(
        ("json", "csv", "xlsx"),
        data_key="format",
        load_default="json",
        metadata={"description": "The format of the file."},
    )


class SavedScopeAnswer(Schema):
    """A saved scope with its next run."""

    id, name = some(fields.UUID()), string()
    kind, scope = Choice(KINDS, required=True), fields.Nested(ScopeSchema, required=True)
    forms, rhythm = many(Choice(FORMS)), Choice(RHYTHMS, required=True)
    day, paused = maybe(fields.Integer()), fields.Boolean(required=True)
    next_on, last_run_at = maybe(fields.Date()), maybe(moment())
    last_report_id, created_at = maybe(fields.UUID()), moment()
    version = fields.Integer(required=True)


class ComparedReport(Schema):
    """One of the two reports."""

    id, reference, title, kind = some(fields.UUID()), string(), string(), Choice(KINDS, required=True)
    rules_version, created_at = string(), moment()


class ComparedFigure(Schema):
    """A figure of both, and the difference."""

    name, before, after, difference = string(), maybe(string()), maybe(string()), maybe(string())


class ComparedThing(Schema):
    """What is new, gone or changed; `changes` says from what to what."""

    name, where, changes = string(), string(), fields.String()
    values = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class ComparisonAnswer(Schema):
    """Two reports beside each other, the earlier one first; `stayed` is how many things are as before."""

    before, after = fields.Nested(ComparedReport, required=True), fields.Nested(ComparedReport, required=True)
    figures = many(ComparedFigure)
    new, gone, changed = many(ComparedThing), many(ComparedThing), many(ComparedThing)
    stayed = fields.Integer(required=True)
