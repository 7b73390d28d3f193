"""What a partner sends: its own key, the project document, and the record it updates."""

from __future__ import annotations

from typing import Any

from marshmallow import validates_schema

from adam.schemas.additions import ProjectOrAddition
from adam.schemas.faults import fault
from adam.schemas.fields import MESSAGES, Code, ShortCode, Text
from adam.schemas.projects import ProjectSchema, Strict, rows


class AnswerSchema(Strict):
    """Why a warning may stand: its code, and its pointer where it stands at more than one place."""

    code = ShortCode(required=True)
    pointer = Text(200, allow_none=True, load_default=None)
    reason = Text(2000, lines=True, required=True)


class SubmissionSchema(Strict):
    """`source_ref` is the partner's own key; `project_id` is null or the record that this updates.

    `adds_to` is null or the record of another partner to which the rows of `project` are added. `answers` are reasons
    for warnings; a coordinator reads them beside the warning.
    """

    source_ref = Text(200, allow_none=True, load_default=None)
    project = ProjectOrAddition(ProjectSchema, required=True, error_messages=MESSAGES)
    project_id = Code(allow_none=True, load_default=None)
    adds_to = Code(allow_none=True, load_default=None)
    answers = rows(AnswerSchema)

    @validates_schema
    def _one_record(self, data: dict[str, Any], **_more: Any) -> None:
        if data.get("project_id") and data.get("adds_to"):
            sentence = "A submission updates a record of yours or adds to one of another partner: give one of the two."
            raise fault("two_records", sentence, "adds_to")


class CommentSchema(Strict):
    """Why a submission comes back."""

    comment = Text(5000, lines=True, required=True)
    pointer = Text(200, allow_none=True, load_default=None)
