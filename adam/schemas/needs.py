"""Rows of a file of recorded needs and recommendations."""

from __future__ import annotations

from adam.schemas.fields import Day, ShortCode, Text
from adam.schemas.vocabulary import Row, optional_code


class NeedRow(Row):
    """A need in a country under a pillar: who stated what, when, and where it is written."""

    country, pillar = ShortCode(required=True), ShortCode(required=True)
    commitment, assistance_type = optional_code(), optional_code()
    statement = Text(500, required=True)
    recorded_on = Day(required=True)
    source = Text(500, required=True)
