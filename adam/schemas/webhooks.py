"""A webhook as it is asked for, and as it and its log are answered."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from marshmallow import Schema, ValidationError, fields, validate

from adam.domain.webhooks import DELIVERY_STATES, EVENTS, PING, STATES
from adam.schemas.api_answers import many, maybe, moment, some, string
from adam.schemas.api_queries import PageQuery, several
from adam.schemas.faults import Fault
from adam.schemas.fields import Choice, Text
from adam.schemas.projects import Strict

WRITTEN = re.compile(r"https?://[\x21-\x7e]+", re.IGNORECASE)
SENTENCE = (
    "Give a whole address in plain letters, such as https://example.org/adam, without user, password or #."
)


class WebAddress(Text):
    """The address of a receiver: http or https, a host, perhaps a port; nothing that two readers read differently."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if not WRITTEN.fullmatch(text) or not self._plain(text):
            raise ValidationError(Fault("address", SENTENCE))
        return text

    @staticmethod
    def _plain(text: str) -> bool:
        if any(sign in text for sign in '\\#<>"{}|^`'):
            return False
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError:
            return False
        return bool(parts.hostname) and "@" not in parts.netloc and port != 0 and "%" not in parts.netloc


def _events(**missing: Any) -> fields.List:
    most = validate.Length(max=len(EVENTS), error=Fault("too_many", f"At most {len(EVENTS)} events."))
    more: dict[str, Any] = {"invalid": Fault("type", "This must be a list.")}
    return fields.List(Choice(EVENTS), validate=most, error_messages=more, **missing)


class WebhookSchema(Strict):
    """What to tell, and where; without events all that the role is told."""

    name = Text(100, required=True)
    url = WebAddress(500, required=True)
    events = _events(load_default=list)


class WebhookPatchSchema(Strict):
    """What is to change: what is named."""

    name, url, events = Text(100), WebAddress(500), _events()


class WebhookAnswer(Schema):
    """A webhook; `owner` is the address of the account whose eyes it has, `reason` says why it was paused."""

    id, name, url, owner = some(fields.UUID()), string(), string(), string()
    events, state = many(Choice(EVENTS)), Choice(STATES, required=True)
    reason = maybe(string())
    created_at, delivered_at, failing_since = moment(), maybe(moment()), maybe(moment())
    old_secret_until = maybe(moment())
    deliveries = fields.Dict(
        keys=Choice(DELIVERY_STATES), values=fields.Integer(), required=True, metadata={"open": False}
    )
    version = fields.Integer(required=True)


class NewWebhookAnswer(WebhookAnswer):
    """A webhook with its secret, which is shown when it is made and when it is renewed."""

    secret = string()


class DeliveriesQuery(PageQuery):
    """The filter of a log."""

    state = several(DELIVERY_STATES, "States of the delivery.")


class WebhookTryAnswer(Schema):
    """One try: the status and the first bytes that were answered, or what went wrong."""

    number, at = fields.Integer(required=True), moment()
    took_ms, status = fields.Integer(required=True), maybe(fields.Integer())
    answer, error = maybe(string()), maybe(string())


class WebhookDeliveryAnswer(Schema):
    """One event on its way to a webhook; `event_id` is its `webhook-id`."""

    id, event_id = some(fields.UUID()), some(fields.UUID())
    type = Choice((*EVENTS, PING), required=True)
    entity, entity_id = string(), some(fields.UUID())
    state, created_at = Choice(DELIVERY_STATES, required=True), moment()
    next_at, finished_at = maybe(moment()), maybe(moment())
    tries = many(WebhookTryAnswer)
