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
    return _given_codes(load_default=list)


def _given_codes(**missing: Any) -> fields.List:
    most = validate.Length(max=MOST_CODES, error=Fault("too_many", f"At most {MOST_CODES} codes."))
    more: dict[str, Any] = {"invalid": Fault("type", "This must be a list.")}
    return fields.List(ShortCode(), validate=most, error_messages=more, **missing)


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


class FocalPointPatchSchema(Strict):
    """What is to change of a focal point: what is named, lists as a whole."""

    name = Text(200)
    email = Email(300, allow_none=True)
    kind = Choice(KINDS)
    since = Day()
    until = Day(allow_none=True)
    pillars, countries = _given_codes(), _given_codes()


class HandoverSchema(Strict):
    """Who takes over, at which address, and from which day on; without a day at once."""

    name = Text(200, required=True)
    email = Email(300, required=True)
    day = Day(allow_none=True, load_default=None)
