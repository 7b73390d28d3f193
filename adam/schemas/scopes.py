"""The scope of a report or a coverage table."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from adam.schemas.faults import Fault, fault
from adam.schemas.fields import Choice, Code, Day
from adam.schemas.project_rules import words
from adam.schemas.projects import Strict, codes

KINDS = ("overlap", "coverage", "gaps", "annual")
FORMS = ("json", "csv", "xlsx", "html", "pdf")
PILLARS = ("I", "II", "III", "IV")


def many(code: fields.Field[Any]) -> fields.List:
    """A list of codes, empty for everything."""
    return fields.List(
        code,
        load_default=list,
        validate=validate.Length(max=300, error=Fault("too_many", "At most 300 codes.")),
        error_messages={"invalid": Fault("type", "This must be a list.")},
    )


class Year(fields.Integer):
    """A year of our time, or none."""

    def __init__(self, **more: Any):
        told = Fault("year", "Give a year from 1990 to 2100.")
        within = validate.Range(1990, 2100, error=told)
        wrong: dict[str, Any] = {"invalid": told, "too_large": told}
        super().__init__(allow_none=True, load_default=None, validate=within, error_messages=wrong, **more)


class ScopeSchema(Strict):
    """Countries, pillars, period and organizations; what is left out means everything."""

    countries = codes()
    pillars = many(Choice(PILLARS))
    organizations = many(Code())
    date_from = Day(data_key="from", allow_none=True, load_default=None)
    date_to = Day(data_key="to", allow_none=True, load_default=None)
    year = Year(metadata={"description": "Of the annual report: the year; this one, unless given."})
    baseline = Year(
        metadata={"description": "Of the annual report: the year it is set beside; the one before."}
    )

    @validates_schema(skip_on_field_errors=True)
    def _order(self, data: dict[str, Any], **_more: Any) -> None:
        start, end = data.get("date_from"), data.get("date_to")
        if start and end and end < start:
            raise fault(
                "end_before_start",
                f"The end, {words(end)}, is before the start, {words(start)}: mend one of the two.",
                "to",
            )

    @validates_schema(skip_on_field_errors=True)
    def _years(self, data: dict[str, Any], **_more: Any) -> None:
        year, baseline = data.get("year"), data.get("baseline")
        if year and baseline and baseline >= year:
            raise fault(
                "baseline_not_before", f"The baseline, {baseline}, must lie before {year}.", "baseline"
            )


class ReportSchema(Strict):
    """Which report, and of what."""

    kind = Choice(KINDS, required=True)
    scope = fields.Nested(ScopeSchema, load_default=lambda: ScopeSchema().load({}))
