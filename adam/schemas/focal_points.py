"""What is asked when a partner's focal point is designated."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from adam.schemas.accounts import Email
from adam.schemas.faults import Fault
from adam.schemas.fields import Choice, Day, ShortCode, Text
from adam.schemas.projects import Strict

KINDS = ("national", "institutional")
MOST_CODES = 300


def _codes() -> fields.List:
    most = validate.Length(max=MOST_CODES, error=Fault("too_many", f"At most {MOST_CODES} codes."))
    more: dict[str, Any] = {"invalid": Fault("type", "This must be a list.")}
    return fields.List(ShortCode(), load_default=list, validate=most, error_messages=more)


class FocalPointSchema(Strict):
    """A new focal point. Without a kind the partner's decides, without a first day it is today.

    Without pillars or countries the person answers for all of them.
    """

    partner = ShortCode(required=True)
    kind = Choice(KINDS, allow_none=True, load_default=None)
    name = Text(200, required=True)
    email = Email(300, allow_none=True, load_default=None)
    since = Day(allow_none=True, load_default=None)
    until = Day(allow_none=True, load_default=None)
    pillars, countries = _codes(), _codes()
    account = fields.UUID(
        allow_none=True,
        load_default=None,
        error_messages={"invalid_uuid": Fault("account", "Give the id of an account, or none.")},
    )
