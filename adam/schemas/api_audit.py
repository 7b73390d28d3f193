"""What the API asks and answers of the whole history, for its documentation."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validates_schema

from adam.schemas.api_answers import maybe, moment, string
from adam.schemas.api_queries import PageQuery, Several, day
from adam.schemas.faults import Fault, fault
from adam.schemas.fields import Code, Text


class AuditQuery(PageQuery):
    """The filters of the history; within one filter any value counts, several filters must all hold."""

    entity = Several(Code(), "What it was done to: submission, project, finding, account, token…")
    entity_id = Text(500, load_default=None, metadata={"description": "The id of one of these."})
    action = Several(Code(), "What was done, such as submission.validated.")
    account = fields.UUID(
        load_default=None,
        error_messages={"invalid_uuid": Fault("account", "Give the id of an account.")},
        metadata={"description": "Who did it, by account."},
    )
    actor = Text(200, load_default="", metadata={"description": "Part of the name of who did it."})
    since = day("On or after this day (UTC).", data_key="from")
    until = day("On or before this day (UTC).", data_key="to")

    @validates_schema(skip_on_field_errors=True)
    def _order(self, data: dict[str, Any], **_more: Any) -> None:
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            raise fault("end_before_start", "The end is before the start: mend one of the two.", "to")


class AuditEntryAnswer(Schema):
    """One entry; `hash` covers it and the hash of the one before. What was read has neither before nor after."""

    id, at, actor = fields.Integer(required=True), moment(), string()
    account_id = maybe(fields.UUID())
    action, entity, entity_id = string(), string(), string()
    before = fields.Dict(required=True, allow_none=True)
    after = fields.Dict(required=True, allow_none=True)
    hash = string()
