"""What the API answers, for its documentation: every representation, field by field."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from marshmallow import Schema, fields

from adam.domain import findings, lifecycle, rules
from adam.schemas.fields import Choice, Code, Day, Money, Share, ShortCode
from adam.schemas.projects import ProjectSchema
from adam.schemas.scopes import KINDS, ScopeSchema

NAME_ENDS = re.compile("Answer$|Brief$|Schema$")


def some(field: fields.Field[Any]) -> fields.Field[Any]:
    """A field that is always there."""
    field.required = True
    return field


def maybe(field: fields.Field[Any]) -> fields.Field[Any]:
    """A field that is always there and may be null."""
    field.required, field.allow_none = True, True
    return field


def string() -> fields.Field[Any]:
    """Any text."""
    return fields.String(required=True)


def moment() -> fields.Field[Any]:
    """A moment in UTC, as RFC 3339."""
    return fields.DateTime(required=True)


def many(inner: Any) -> fields.Field[Any]:
    """A list that is always there."""
    nested = isinstance(inner, type) and issubclass(inner, Schema)
    return fields.List(fields.Nested(inner) if nested else inner, required=True)


@cache
def page_of(item: type[Schema]) -> type[Schema]:
    """A page of a list of these."""
    own: dict[str, Any] = {
        "items": many(item),
        "next_cursor": maybe(string()),
        "total": fields.Integer(metadata={"description": "Only when asked for with total=true."}),
    }
    return Schema.from_dict(own, name=f"{NAME_ENDS.sub('', item.__name__)}Page")


class ProblemAnswer(Schema):
    """One thing to mend."""

    pointer = some(fields.String(metadata={"description": "JSON pointer into the body, ?name, or a header."}))
    code, detail = string(), string()


class ReasonAnswer(Schema):
    """Why a warning may stand, who said so and when."""

    reason, author, at = string(), string(), moment()


class WarningAnswer(ProblemAnswer):
    """One thing worth a second look; `answer` is null until somebody gives a reason, and again once it has lapsed."""

    answer = maybe(fields.Nested(ReasonAnswer))


class SubmissionBrief(Schema):
    """A submission in a list."""

    id, reference, partner, title, origin = some(fields.UUID()), string(), string(), string(), string()
    source_ref, project_id = maybe(string()), maybe(fields.UUID())
    adds_to = maybe(fields.UUID(metadata={"description": "The record of another partner that this adds to."}))
    state = Choice(lifecycle.STATES, required=True)
    version = fields.Integer(required=True)
    created_at, updated_at = moment(), moment()
    submitted_at, decided_at = maybe(moment()), maybe(moment())


class CommentAnswer(Schema):
    """What was said when a submission was moved, in general or at a field; `answers` is the comment it replies to."""

    id, answers = fields.Integer(required=True), maybe(fields.Integer())
    author, text, at = string(), string(), moment()
    move, pointer = maybe(string()), maybe(string())


class SubmissionAnswer(SubmissionBrief):
    """A submission with its project, what it changes while undecided, what is left to mend, and what was said."""

    project = fields.Nested(ProjectSchema, required=True)
    changes = fields.Dict(keys=fields.String(), required=True)
    problems, warnings, comments = many(ProblemAnswer), many(WarningAnswer), many(CommentAnswer)


class ProjectBrief(Schema):
    """A project by name."""

    id, reference, title, owner = some(fields.UUID()), string(), string(), string()


class ProposalAnswer(Schema):
    """A pillar that could be meant, and why."""

    pillar, commitment = string(), maybe(string())
    share, reason = maybe(Share()), string()


class StepAnswer(Schema):
    """What one field adds to the natural log-odds of a claim; all steps and the prior together make the score."""

    feature, level = string(), string()
    score = fields.Float(required=True)


PRIOR = "Natural log-odds of the claim before any field was compared."


class LookalikeAnswer(Schema):
    """A record that looks like this one, with the reasons in sentences, and how its score came about."""

    project = fields.Nested(ProjectBrief, required=True)
    kind = Choice(findings.PAIR_KINDS, required=True)
    score = fields.Float(required=True)
    evidence = many(fields.String())
    prior = fields.Float(required=True, metadata={"description": PRIOR})
    waterfall = many(StepAnswer)


class CheckAnswer(Schema):
    """What would happen if this were sent; `notes` say in sentences what could not be looked at just now."""

    problems, warnings = many(ProblemAnswer), many(WarningAnswer)
    proposals, lookalikes = many(ProposalAnswer), many(LookalikeAnswer)
    remarks = many(ProblemAnswer)
    notes = many(fields.String())


class ChangeAnswer(Schema):
    """One entry of a history; `changes` holds before and after of every field that differs."""

    at, actor, action = moment(), string(), string()
    changes = fields.Dict(keys=fields.String(), required=True)


class EvidenceAnswer(Schema):
    """One reason of a finding; `score` is what it adds to the log-odds."""

    feature, level, sentence = string(), string(), string()
    score = fields.Float(required=True)


class SideAnswer(ProjectBrief):
    """One of the two records of a finding."""

    reporter = string()
    funders, implementers, countries = many(fields.String()), many(fields.String()), many(fields.String())
    pillars, identifiers = many(fields.String()), many(fields.String())
    start, end, usd = maybe(Day()), maybe(Day()), maybe(Money())


class ReportBrief(Schema):
    """A stored report in a list."""

    id, reference, title, author = some(fields.UUID()), string(), string(), string()
    kind = Choice(KINDS, required=True)
    scope = fields.Nested(ScopeSchema, required=True)
    rules_version, created_at = string(), moment()


class ReportAnswer(ReportBrief):
    """A stored report with all its figures."""

    figures = fields.Dict(keys=fields.String(), required=True)


class CellAnswer(Schema):
    """One cell of coverage; null for country is "not allocated", null for pillar "not assigned"."""

    country, pillar = maybe(ShortCode()), maybe(ShortCode())
    commitment, assistance_type = fields.String(allow_none=True), fields.String(allow_none=True)
    projects, donors, proposed = (fields.Integer(required=True) for _ in range(3))
    donor_names = many(fields.String())
    usd = some(fields.String(metadata={"description": "US dollars, each counted once."}))
    state = Choice(("empty", "single", "covered", "crowded"), required=True)
    ends_soon = fields.Boolean(required=True)


class CoverageAnswer(Schema):
    """Coverage cell by cell; the money of all cells and of `elsewhere` together is `total`."""

    items = many(CellAnswer)
    next_cursor = maybe(string())
    elsewhere, total = string(), string()


class MembershipAnswer(Schema):
    """From when until when a partner belonged; null where the sources don't say."""

    since, until, source = maybe(Day()), maybe(Day()), maybe(string())


class PartnerAnswer(Schema):
    """A country or organization of the partnership."""

    code, name, kind, country = string(), string(), string(), maybe(string())
    memberships = many(MembershipAnswer)


class IdentifierAnswer(Schema):
    """An identifier that a register gave an organization."""

    scheme, value = string(), string()


class OrganizationAnswer(Schema):
    """Any body that funds or implements; name it by its code or its id."""

    id, code, name, kind = some(fields.UUID()), maybe(Code()), string(), maybe(string())
    partner, country = maybe(string()), maybe(string())
    aliases, identifiers = many(fields.String()), many(IdentifierAnswer)


class FocalPointAnswer(Schema):
    """The person whom a partner designates, and what they answer for."""

    id, partner, kind, name, email = some(fields.UUID()), string(), string(), string(), maybe(string())
    since, until, version = some(Day()), maybe(Day()), some(fields.Integer())
    pillars, countries = many(fields.String()), many(fields.String())


class RuleAnswer(Schema):
    """What is checked: the code of a problem or warning, how grave it is, and the way out."""

    code, level, published = (
        string(),
        Choice(rules.LEVELS, required=True),
        Choice(rules.LEVELS, required=True),
    )
    meant = fields.List(fields.String(), required=True, data_key="fields")
    sentence, fix, example, source = string(), string(), string(), string()


class WordAnswer(Schema):
    """A word of the vocabulary: its code, its name, and what else the list says of it."""

    code, name = string(), string()
    names = fields.Dict(keys=fields.String(), values=fields.String())
    vocabulary, short_title, iso3, region = (fields.String() for _ in range(4))
    pillar, parent, subregion, source = (fields.String(allow_none=True) for _ in range(4))
    description, subject, status = (fields.String(allow_none=True) for _ in range(3))
    depth, minor_units = fields.Integer(), fields.Integer()
    priority = fields.Boolean()
