"""Recorded needs: as rows of a file, as they are entered, and as they are changed and closed."""

from __future__ import annotations

from typing import Any

from marshmallow import validates_schema

from adam.schemas.faults import fault
from adam.schemas.fields import Day, Flag, ShortCode, Text
from adam.schemas.projects import Strict
from adam.schemas.vocabulary import Row, optional_code


class NeedRow(Row):
    """A need in a country under a pillar: who stated what, when, and where it is written."""

    country, pillar = ShortCode(required=True), ShortCode(required=True)
    commitment, assistance_type = optional_code(), optional_code()
    statement = Text(500, required=True)
    recorded_on = Day(required=True)
    source = Text(500, required=True)


class NeedSchema(Strict):
    """The same as it is entered."""

    country, pillar = ShortCode(required=True), ShortCode(required=True)
    commitment, assistance_type = optional_code(), optional_code()
    statement = Text(500, required=True)
    recorded_on = Day(required=True)
    source = Text(500, required=True)


class NeedPatch(Strict):
    """What changes; `closed` with a reason closes the need, false opens it again."""

    country, pillar = ShortCode(), ShortCode()
    commitment, assistance_type = ShortCode(allow_none=True), ShortCode(allow_none=True)
    statement = Text(500)
    recorded_on = Day()
    source = Text(500)
    closed = Flag()
    closed_reason = Text(2000, lines=True)

    @validates_schema(skip_on_field_errors=True)
    def _reason(self, data: dict[str, Any], **_more: Any) -> None:
        if data.get("closed") and not data.get("closed_reason"):
            raise fault(
                "reason", "Say why the need is closed: met by what, or given up why.", "closed_reason"
            )
        if "closed_reason" in data and not data.get("closed"):
            raise fault("reason", "A reason goes with closing the need.", "closed_reason")
