"""A meeting as it is entered, and the row of a seed file."""

from __future__ import annotations

from typing import Any

from marshmallow import validates_schema

from adam.domain.meetings import KINDS
from adam.schemas.faults import fault
from adam.schemas.fields import Choice, Day, Text
from adam.schemas.project_rules import words
from adam.schemas.projects import Strict
from adam.schemas.scopes import PILLARS
from adam.schemas.vocabulary import Row, optional


class MeetingSchema(Strict):
    """Which meeting, where, when and on what; days that nobody knows stay open."""

    title = Text(500, required=True)
    kind = Choice(KINDS, required=True)
    pillar = Choice(PILLARS, allow_none=True, load_default=None)
    place, host = optional(), optional()
    starts_on = Day(allow_none=True, load_default=None)
    ends_on = Day(allow_none=True, load_default=None)
    summary = Text(10000, lines=True, allow_none=True, load_default=None)
    source = optional()

    @validates_schema(skip_on_field_errors=True)
    def _order(self, data: dict[str, Any], **_more: Any) -> None:
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end < start:
            told = f"The end, {words(end)}, is before the start, {words(start)}: mend one of the two."
            raise fault("end_before_start", told, "ends_on")


class MeetingRow(Row, MeetingSchema):
    """A row of seeds/meetings.csv."""


class MeetingPatchSchema(MeetingSchema):
    """What changes of a meeting; what isn't named stays."""

    def __init__(self, **more: Any):
        super().__init__(**more | {"partial": True})
