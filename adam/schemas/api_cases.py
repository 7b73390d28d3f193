"""What the API answers of cases, for its documentation."""

from __future__ import annotations

from marshmallow import Schema, fields

from adam.domain.cases import ENDS, MOVES, OVERDUE, STATES
from adam.domain.findings import CASE_VERDICTS
from adam.domain.findings import STATES as FINDING_STATES
from adam.schemas.api_answers import many, maybe, moment, some, string
from adam.schemas.api_queries import PageQuery, Several, several
from adam.schemas.fields import Choice, Day, ShortCode, Text


class CasesQuery(PageQuery):
    """The filters of cases; without a state all of them."""

    state = Choice((*STATES, OVERDUE), load_default=None, metadata={"description": "Overdue ones are open."})
    kind = several(CASE_VERDICTS, "What the case is about.")
    partner = Several(ShortCode(), "Either of the two partners.")
    q = Text(500, load_default="", metadata={"description": "Words of the titles, or the reference."})


class CaseBrief(Schema):
    """A case in a list; `due_on` is the day by which the partners are to agree."""

    id, reference, title, author = some(fields.UUID()), string(), string(), string()
    finding_id = some(fields.UUID())
    kind, state = Choice(CASE_VERDICTS, required=True), Choice(STATES, required=True)
    partners = many(fields.String())
    due_on, overdue = some(Day()), fields.Boolean(required=True)
    outcome, outcome_text = maybe(Choice(ENDS)), maybe(string())
    opened_at, updated_at, closed_at, closed_by = moment(), moment(), maybe(moment()), maybe(string())
    version = fields.Integer(required=True)


class CaseMessageAnswer(Schema):
    """What somebody said, or did, in a case; `partner` is the side that speaks, null for a coordinator."""

    move = Choice(MOVES, required=True)
    partner, author, at, text = maybe(string()), string(), moment(), string()


class CaseAnswer(CaseBrief):
    """A case with what was seen when it was opened, the state of its finding now, and its messages in order."""

    seen = fields.Dict(keys=fields.String(), required=True)
    finding_state = Choice(FINDING_STATES, required=True)
    messages = many(fields.Nested(CaseMessageAnswer))
