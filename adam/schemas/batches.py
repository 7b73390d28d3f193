"""A batch: many submissions in one request, each known by the partner's own key, and what became of each."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from adam.domain import lifecycle
from adam.schemas.api_answers import ProblemAnswer, many, maybe, some, string
from adam.schemas.faults import Fault
from adam.schemas.fields import MESSAGES, Choice, Text
from adam.schemas.projects import Strict

MOST = 200
RESULTS = ("new", "updated", "unchanged", "refused")


class BatchItemSchema(Strict):
    """The partner's own key and the whole project."""

    source_ref = Text(200, required=True)
    project = fields.Dict(
        keys=fields.String(),
        required=True,
        error_messages=MESSAGES,
        metadata={"description": "The project object."},
    )


class BatchSchema(Strict):
    """1 to 200 submissions."""

    submissions = fields.List(
        fields.Nested(BatchItemSchema, error_messages={"type": MESSAGES["type"]}),
        required=True,
        validate=validate.Length(
            min=1, max=MOST, error=Fault("too_many", f"Send 1 to {MOST} submissions at once.")
        ),
        error_messages={"invalid": Fault("type", "This must be a list.")},
    )


class RowProblemAnswer(ProblemAnswer):
    """One thing to mend: `row` is the place in the list that was sent, from 0; `pointer` is within that submission."""

    row = some(fields.Integer())


class BatchRowAnswer(Schema):
    """What became of one submission, in the order in which they were sent."""

    source_ref, result = string(), Choice(RESULTS, required=True)
    submission_id, project_id = maybe(fields.UUID()), maybe(fields.UUID())
    state = Choice(lifecycle.STATES, required=True, allow_none=True)
    version = maybe(fields.Integer())
    problems = many(RowProblemAnswer)


class BatchCountsAnswer(Schema):
    """How many had which result."""

    new, updated, unchanged, refused = (some(fields.Integer()) for _ in range(4))


class BatchAnswer(Schema):
    """The outcome of every submission of a batch, and their counts."""

    items = many(BatchRowAnswer)
    counts = fields.Nested(BatchCountsAnswer, required=True)
