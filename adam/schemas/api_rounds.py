"""What the API answers of validation rounds, for its documentation."""

from __future__ import annotations

from marshmallow import Schema, fields

from adam.domain.rounds import ANSWERS, CLOSED, OPEN, WAITING
from adam.schemas.api_answers import ProjectBrief, maybe, moment, some, string
from adam.schemas.fields import Choice
from adam.schemas.rounds import RoundScopeSchema


class ValidationRoundBrief(Schema):
    """A validation round in a list."""

    id, reference, title, author = some(fields.UUID()), string(), string(), string()
    scope = fields.Nested(RoundScopeSchema, required=True)
    deadline, state = some(fields.Date()), Choice((OPEN, CLOSED), required=True)
    opened_at, reminded_at, closed_at = moment(), maybe(moment()), maybe(moment())
    version = fields.Integer(required=True)


class RoundCountsAnswer(Schema):
    """How many records, how they were answered, and shares in percent (null of nothing)."""

    records, confirmed, updated = (fields.Integer(required=True) for _ in range(3))
    withdrawn, waiting = fields.Integer(required=True), fields.Integer(required=True)
    share_confirmed, share_answered = maybe(string()), maybe(string())


class RoundProgressAnswer(Schema):
    """Progress of an open round, or the report of a closed one; the pillar "" is for records without one."""

    whole = fields.Nested(RoundCountsAnswer, required=True, data_key="all")
    partners = fields.Dict(keys=fields.String(), values=fields.Nested(RoundCountsAnswer), required=True)
    pillars = fields.Dict(keys=fields.String(), values=fields.Nested(RoundCountsAnswer), required=True)


class ValidationRoundAnswer(ValidationRoundBrief):
    """A validation round with its progress."""

    progress = fields.Nested(RoundProgressAnswer, required=True)


class RoundRecordAnswer(Schema):
    """A record of a round and its answer; `submission_id` is the update that answered it."""

    project = fields.Nested(ProjectBrief, required=True)
    partner, answer = string(), Choice((*ANSWERS, WAITING), required=True)
    reason, author = maybe(string()), maybe(string())
    submission_id, at = maybe(fields.UUID()), maybe(moment())
