"""Submissions as the API takes them: a patch of one that stands."""

from __future__ import annotations

from marshmallow import fields

from adam.schemas.fields import MESSAGES, Code, Text
from adam.schemas.projects import Strict, rows
from adam.schemas.submissions import AnswerSchema


class SubmissionPatchSchema(Strict):
    """What is to change: a field of the project that is given replaces the one that stands, lists as a whole."""

    source_ref = Text(200, allow_none=True)
    project = fields.Dict(keys=fields.String(), error_messages=MESSAGES)
    project_id = Code(allow_none=True)
    adds_to = Code(allow_none=True)
    answers = rows(AnswerSchema)
