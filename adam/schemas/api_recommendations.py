"""Meetings and recommendations in the API: what it takes as filters and what it answers."""

from __future__ import annotations

from marshmallow import Schema, fields

from adam.domain.meetings import KINDS
from adam.domain.recommendations import STATUSES
from adam.schemas.api_answers import ProjectBrief, many, maybe, moment, some, string
from adam.schemas.api_queries import PageQuery, Several, several
from adam.schemas.fields import Choice, Code, ShortCode, Text
from adam.schemas.scopes import PILLARS


class MeetingsQuery(PageQuery):
    """The filters of meetings."""

    kind = Choice(KINDS, load_default=None, metadata={"description": "Kind of meeting."})
    pillar = Choice(PILLARS, load_default=None, metadata={"description": "Its pillar."})


class RecommendationsQuery(PageQuery):
    """The filters of the compendium."""

    pillar = several(PILLARS, "Pillars.")
    status = several(STATUSES, "How far it is.")
    country = Several(ShortCode(), "Countries in which it states a need.")
    partner = Several(ShortCode(), "Partners that it is addressed to.")
    meeting = Code(load_default=None, metadata={"description": "The id of its meeting."})
    project = Code(load_default=None, metadata={"description": "The id of a project that carries it out."})
    overdue = fields.Boolean(
        truthy={"true", "1"},
        falsy={"false", "0"},
        load_default=False,
        metadata={"description": "Only those whose day has passed."},
    )
    q = Text(500, load_default="", metadata={"description": "Words of the title or the text."})


class MeetingAnswer(Schema):
    """A meeting of the partnership."""

    id, reference, title = some(fields.UUID()), string(), string()
    kind = Choice(KINDS, required=True)
    pillar = maybe(Choice(PILLARS))
    place, host, summary, source = maybe(string()), maybe(string()), maybe(string()), maybe(string())
    starts_on, ends_on = maybe(fields.Date()), maybe(fields.Date())
    version, created_at = fields.Integer(required=True), moment()


class RecommendationAnswer(Schema):
    """A recommendation with the projects that carry it out, as far as they are yours to see."""

    id, reference, title = some(fields.UUID()), string(), string()
    text, outcome, source = maybe(string()), maybe(string()), maybe(string())
    pillar = Choice(PILLARS, required=True)
    commitment, assistance_type = maybe(string()), maybe(string())
    countries, partners = many(fields.String()), many(fields.String())
    meeting_id, due = maybe(fields.UUID()), maybe(fields.Date())
    status = Choice(STATUSES, required=True)
    overdue = fields.Boolean(required=True)
    projects = many(ProjectBrief)
    author, created_at, updated_at = string(), moment(), moment()
    version = fields.Integer(required=True)
