"""Rows of a file of exchange rates."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

from adam.schemas.faults import Fault
from adam.schemas.fields import MESSAGES, Day, ShortCode, Text
from adam.schemas.projects import Strict

NUMBER = re.compile(r"\d{1,3}(\.\d{1,10})?", re.ASCII)
"""As many places as the table keeps: more would be cut off silently."""


class RateField(fields.Field[Decimal]):
    """US dollars for one unit of a currency, above zero."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Decimal:
        if not isinstance(value, str) or not NUMBER.fullmatch(value) or Decimal(value) == 0:
            raise ValidationError(
                Fault("rate", 'Give US dollars for one unit, above zero, such as "0.0125".')
            )
        return Decimal(value)


class RateRow(Strict):
    """A currency's rate on a day, and who says so."""

    currency = ShortCode(required=True)
    day = Day(required=True)
    usd = RateField(required=True)
    source = Text(200, required=True)
