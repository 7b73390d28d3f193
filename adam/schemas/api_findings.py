"""What the API answers of findings, verdicts and merges, for its documentation."""

from __future__ import annotations

from marshmallow import Schema, fields

from adam.domain import findings
from adam.schemas.api_answers import (
    PRIOR,
    EvidenceAnswer,
    SideAnswer,
    StepAnswer,
    many,
    maybe,
    moment,
    some,
    string,
)
from adam.schemas.fields import Choice, Day, Money


class JudgementAnswer(Schema):
    """What a coordinator decided."""

    verdict = Choice(findings.VERDICTS, required=True)
    reason, author, at, review_on = string(), string(), moment(), maybe(Day())
    terms = maybe(
        fields.Dict(
            keys=fields.String(),
            metadata={
                "description": "How the remedy was meant: stays, whole, earlier, division_of_labour, case."
            },
        )
    )
    taken_back = maybe(
        fields.Dict(keys=fields.String(), metadata={"description": "When, by whom and why, if it was."})
    )


class FindingBrief(Schema):
    """A finding in a list; `a` and `b` are null for a finding about a cell."""

    id, reference, name, where = some(fields.UUID()), string(), string(), string()
    kind, state = Choice(findings.KINDS, required=True), Choice(findings.STATES, required=True)
    score = some(fields.String(metadata={"description": "Probability from 0 to 1."}))
    stake, stake_reason, verdict, verdict_reason = (
        maybe(Money()),
        maybe(string()),
        maybe(string()),
        maybe(string()),
    )
    a, b = (
        fields.Nested(SideAnswer, required=True, allow_none=True),
        fields.Nested(SideAnswer, required=True, allow_none=True),
    )
    evidence = many(EvidenceAnswer)
    prior = fields.Float(required=True, metadata={"description": PRIOR})
    waterfall = many(StepAnswer)
    group = maybe(string())
    version = fields.Integer(required=True)


class FindingAnswer(FindingBrief):
    """A finding with what was decided, newest first."""

    judgements = many(JudgementAnswer)
    first_seen, last_seen, rules_version = moment(), moment(), string()


class FindingsAnswer(Schema):
    """The findings that were decided on, in the order of the request."""

    items = many(fields.Nested(FindingBrief))


class MergePartAnswer(Schema):
    """A part of the record: what either side says, what would be taken, and what can be chosen."""

    part, choice = string(), Choice(("stays", "other", "both"), required=True)
    differs = fields.Boolean(required=True)
    choices = many(fields.String())
    stays, other, result = (fields.Dict(keys=fields.String(), required=True) for _ in range(3))


class MergeAnswer(Schema):
    """What would stay of two records, and why that one."""

    stays, absorbed = (fields.Dict(keys=fields.String(), required=True) for _ in range(2))
    why = Choice(("more_complete", "older", "chosen"), required=True)
    visibility = string()
    credited = many(fields.String())
    parts = many(fields.Nested(MergePartAnswer))
