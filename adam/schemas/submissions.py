"""What a partner sends: its own key, the project document, and the record it updates."""

from __future__ import annotations

from marshmallow import fields

from adam.schemas.fields import MESSAGES, Code, Text
from adam.schemas.projects import ProjectSchema, Strict


class SubmissionSchema(Strict):
    """`source_ref` is the partner's own key; `project_id` is null or the record that this updates."""

    source_ref = Text(200, allow_none=True, load_default=None)
    project = fields.Nested(ProjectSchema, required=True, error_messages=MESSAGES)
    project_id = Code(allow_none=True, load_default=None)


class CommentSchema(Strict):
    """Why a submission comes back."""

    comment = Text(5000, lines=True, required=True)
    pointer = Text(200, allow_none=True, load_default=None)
