"""What is asked when an account or a token is made."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from adam.domain.actors import FOCAL_POINT, ROLES, SCOPES
from adam.schemas.faults import Fault, fault
from adam.schemas.fields import MESSAGES, Choice, ShortCode, Text, Whole
from adam.schemas.projects import Strict

EMAIL = re.compile(r"[^@\s<>\"(),:;\\]{1,64}@[^@\s<>\"(),:;\\]{1,255}")
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200


class Email(Text):
    """An e-mail address; kept in small letters, because nobody remembers which were large."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        address = super()._deserialize(value, attr, data, **more).lower()
        if not EMAIL.fullmatch(address):
            raise ValidationError(Fault("email", "Give an e-mail address, such as name@example.org."))
        return address


class Password(fields.String):
    """A password as it was typed, of 12 to 200 characters."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        password = super()._deserialize(value, attr, data, **more)
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise ValidationError(
                Fault(
                    "password", f"Choose a password of {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
                )
            )
        return password


class AccountSchema(Strict):
    """A new account. A focal point acts for a partner; without a password only links and tokens sign in."""

    email = Email(300, required=True)
    name = Text(200, allow_none=True, load_default=None)
    role = Choice(ROLES, required=True)
    partner = ShortCode(allow_none=True, load_default=None)
    password = Password(allow_none=True, load_default=None)

    @validates_schema
    def focal_points_have_a_partner(self, data: dict[str, Any], **_: Any) -> None:
        """A focal point without a partner could write for nobody."""
        if data.get("role") == FOCAL_POINT and not data.get("partner"):
            raise fault("partner_required", "Name the partner that this focal point acts for.", "partner")


class PasswordSchema(Strict):
    """A password that somebody chooses."""

    password = Password(required=True)


class AccountPatchSchema(Strict):
    """What is to change of an account: what is named. A focal point acts for a partner."""

    name = Text(200)
    role = Choice(ROLES)
    partner = ShortCode(allow_none=True)


class TokenSchema(Strict):
    """A new token: whose (one's own unless told), what it is for, and for how many days (null: without an end)."""

    email = Email(300, allow_none=True, load_default=None)
    name = Text(100, allow_none=True, load_default=None)
    scopes = fields.List(
        Choice(SCOPES),
        load_default=list,
        error_messages={"invalid": Fault("type", "This must be a list.")},
    )
    days = Whole(
        allow_none=True,
        load_default=None,
        validate=validate.Range(1, 3650, error=Fault("days", "Give between 1 and 3650 days.")),
        error_messages={"invalid": Fault("type", "This must be a whole number of days.")},
    )
