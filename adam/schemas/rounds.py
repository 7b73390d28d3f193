"""A validation round as it is opened, and the answer to one of its records."""

from __future__ import annotations

from marshmallow import fields

from adam.domain.rounds import GIVEN
from adam.schemas.fields import MESSAGES, Choice, Day, ShortCode, Text
from adam.schemas.projects import STATUSES, Strict
from adam.schemas.scopes import many


class RoundScopeSchema(Strict):
    """Whose records: partners, countries, pillars, statuses; what is left out means everything."""

    partners, countries, pillars = many(ShortCode()), many(ShortCode()), many(ShortCode())
    statuses = many(Choice(STATUSES))


class RoundSchema(Strict):
    """What partners are asked to look at, and until when."""

    title = Text(200, required=True)
    deadline = Day(required=True)
    scope = fields.Nested(
        RoundScopeSchema, load_default=lambda: RoundScopeSchema().load({}), error_messages=MESSAGES
    )


class RoundReplySchema(Strict):
    """Still correct, or to be taken out, with the reason. An update is answered by submitting it."""

    answer = Choice(GIVEN, required=True)
    reason = Text(2000, lines=True, allow_none=True, load_default=None)
