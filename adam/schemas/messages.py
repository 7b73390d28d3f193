"""What is asked of how somebody wants to be told."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from adam.domain import messages as kinds
from adam.schemas.accounts import Email
from adam.schemas.faults import Fault
from adam.schemas.fields import Choice
from adam.schemas.projects import Strict

ZONES = frozenset(kinds.zones())


class Zone(fields.String):
    """The name of a time zone."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        name = super()._deserialize(value, attr, data, **more)
        if name not in ZONES:
            raise ValidationError(
                Fault("time_zone", "Choose a time zone of the list, such as Europe/Vienna.")
            )
        return name


class PreferencesSchema(Strict):
    """Language, hour and time zone of e-mails, and kind to at_once, daily or never; kinds not named stay."""

    language = fields.String(
        required=True,
        validate=validate.Regexp(r"[a-z]{2}\Z", error=Fault("language", "Choose a language of the list.")),
    )
    hour = fields.Integer(
        required=True,
        validate=validate.Range(0, 23, error=Fault("hour", "Choose an hour from 0 to 23.")),
        error_messages={"invalid": Fault("hour", "Choose an hour from 0 to 23.")},
    )
    time_zone = Zone(required=True)
    kinds = fields.Dict(keys=Choice(tuple(kinds.KINDS)), values=Choice(kinds.DELIVERIES), load_default=dict)


class AddressSchema(Strict):
    """An address to try the mail server with."""

    email = Email(300, required=True)
