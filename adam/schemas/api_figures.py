"""What the API asks and answers of totals and needs."""

from __future__ import annotations

from marshmallow import Schema, fields

from adam.schemas.api_answers import many, maybe, string
from adam.schemas.api_queries import PageQuery, ProjectsQuery, Several, several
from adam.schemas.fields import Choice, ShortCode
from adam.schemas.scopes import PILLARS

GROUPINGS = ("country", "pillar", "commitment", "donor", "implementer", "year", "assistance_type", "status")


class TotalsQuery(ProjectsQuery):
    """The filters of accepted projects, and what to group by."""

    by = Choice(GROUPINGS, load_default="country", metadata={"description": "What the lines are."})

    class Meta:
        """A total has no pages."""

        exclude = ("limit", "cursor", "total", "sort")


class TotalLineAnswer(Schema):
    """One line: what its records count there, what of them is left out, and its share of the total in percent."""

    key, name = maybe(string()), string()
    records = fields.Integer(required=True)
    usd, left_out_usd, share = string(), string(), maybe(string())


class LeftOutAnswer(Schema):
    """Why money is left out, of how many records, and how much."""

    kind, words = string(), string()
    records, usd = fields.Integer(required=True), string()


class LedgerAnswer(Schema):
    """From what is reported to what is counted; `elsewhere` lies outside the places that the filters name."""

    records = fields.Integer(required=True)
    reported, counted, left_out_usd = string(), string(), string()
    left_out = many(LeftOutAnswer)
    without_amount, not_converted, partly_converted = (fields.Integer(required=True) for _ in range(3))
    cancelled, cancelled_usd = maybe(fields.Integer()), maybe(string())
    not_allocated, not_assigned, elsewhere = string(), string(), string()


class TotalAnswer(Schema):
    """A total by one grouping."""

    by = Choice(GROUPINGS, required=True)
    items = many(TotalLineAnswer)
    next_cursor = maybe(string())
    total = string()
    ledger = fields.Nested(LedgerAnswer, required=True)


class NeedsQuery(PageQuery):
    """The filters of needs."""

    country = Several(ShortCode(), "ISO 3166-1 alpha-2 codes.")
    pillar = several(PILLARS, "Pillars.")
    state = several(("open", "closed"), "open unless told.")


class NeedAnswer(Schema):
    """A recorded need; `closed_on` is null while it is open, `author` for those that came from a file."""

    id = fields.Integer(required=True)
    country, pillar = string(), string()
    commitment, assistance_type = maybe(string()), maybe(string())
    statement, source = string(), string()
    recorded_on = fields.Date(required=True)
    author, closed_on, closed_reason = maybe(string()), maybe(fields.Date()), maybe(string())
    version = fields.Integer(required=True)
