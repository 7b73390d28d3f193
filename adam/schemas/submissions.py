"""What a partner sends: its own key, the project document, and the record it updates."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate, validates_schema

from adam.schemas.additions import ProjectOrAddition
from adam.schemas.faults import Fault, fault
from adam.schemas.fields import MESSAGES, Code, ShortCode, Text, Whole
from adam.schemas.projects import ProjectSchema, Strict, rows


class AnswerSchema(Strict):
    """Why a warning may stand: its code, and its pointer where it stands at more than one place."""

    code = ShortCode(required=True)
    pointer = Text(200, allow_none=True, load_default=None)
    reason = Text(2000, lines=True, required=True)


FIELDS_OF_PROJECT = tuple(ProjectSchema().fields)
AT_A_FIELD = {"pattern": f"^#/project/({'|'.join(FIELDS_OF_PROJECT)})(/.*)?$"}


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
    """What somebody says, in general or at a field of the project."""

    comment = Text(5000, lines=True, required=True)
    pointer = Text(200, allow_none=True, load_default=None, metadata=AT_A_FIELD)

    @validates_schema
    def _at_a_field(self, data: dict[str, Any], **_more: Any) -> None:
        pointer = data.get("pointer")
        if pointer and (pointer.split("/")[2:3] or [""])[0] not in FIELDS_OF_PROJECT:
            sentence = "Point at a field of the project, such as #/project/beneficiaries, or leave it out."
            raise fault("unknown_pointer", sentence, "pointer")


class ReturnSchema(Strict):
    """Why a submission comes back: one comment, or several, each in general or at a field."""

    comment = Text(5000, lines=True, allow_none=True, load_default=None)
    pointer = Text(200, allow_none=True, load_default=None, metadata=AT_A_FIELD)
    comments = fields.List(
        fields.Nested(CommentSchema, error_messages=MESSAGES),
        load_default=list,
        validate=validate.Length(max=50, error=Fault("too_many", "At most 50 comments.")),
        error_messages={"invalid": Fault("type", "This must be a list.")},
    )

    @validates_schema
    def _something_is_said(self, data: dict[str, Any], **_more: Any) -> None:
        if not data.get("comment") and not data.get("comments"):
            raise fault("required", str(MESSAGES["required"]), "comment")
        if data.get("comment"):
            CommentSchema().load({"comment": data["comment"], "pointer": data.get("pointer")})

    @post_load
    def _as_a_list(self, data: dict[str, Any], **_more: Any) -> dict[str, Any]:
        first = [{"comment": data["comment"], "pointer": data["pointer"]}] if data["comment"] else []
        return {"comments": [*first, *data["comments"]]}


class ReplySchema(Strict):
    """The partner's word to a comment; `answers` is the comment's id."""

    comment = Text(5000, lines=True, required=True)
    answers = Whole(
        required=True,
        validate=validate.Range(
            0, 2**31 - 1, error=Fault("value", "There is no such comment: give the id of one.")
        ),
    )
