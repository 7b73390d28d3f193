"""The queries of the API: filters, orders and pages, each with what it may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from adam.domain import findings, lifecycle
from adam.domain.rounds import ANSWERS, WAITING
from adam.schemas.faults import Fault, fault
from adam.schemas.fields import MESSAGES, Choice, Code, Day, ShortCode, Text
from adam.schemas.project_rules import words
from adam.schemas.projects import ROLES, STATUSES, Strict
from adam.schemas.scopes import FORMS, PILLARS

MOST_VALUES = 100
LIMIT = 200


class Several(fields.List):
    """One or more codes: the name repeated, or one value with commas."""

    default_error_messages = MESSAGES

    def __init__(self, inner: fields.Field[Any], about: str, **more: Any):
        super().__init__(inner, load_default=tuple, metadata={"description": about}, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> tuple[Any, ...]:  # type: ignore[override]
        given = value if isinstance(value, list) else [value]
        split = [code for text in given for code in str(text).split(",")]
        if "" in split:
            raise ValidationError(Fault("required", "Give a value, or leave this filter out."))
        if len(split) > MOST_VALUES:
            raise ValidationError(Fault("too_many", f"At most {MOST_VALUES} values."))
        return tuple(super()._deserialize(split, attr, data, **more))


class Bounded(fields.Integer):
    """A whole number within bounds, in our words."""

    default_error_messages = MESSAGES | {"invalid": Fault("limit", f"Give a limit from 1 to {LIMIT}.")}

    def __init__(self, low: int, high: int, **more: Any):
        sentence = Fault("limit", f"Give a limit from {low} to {high}.")
        super().__init__(validate=validate.Range(low, high, error=sentence), **more)


class PageQuery(Strict):
    """A page of a list."""

    limit = Bounded(
        1, LIMIT, metadata={"description": "How many items; 50 unless told (lists of words: all)."}
    )
    cursor = Text(
        2000, metadata={"description": "`next_cursor` of the page before.", "pattern": r"^[A-Za-z0-9_.\-]*$"}
    )
    total = fields.Boolean(
        truthy={"true", "1"},
        falsy={"false", "0"},
        load_default=False,
        error_messages=MESSAGES | {"invalid": Fault("choice", "Choose one of: true, false.")},
        metadata={"description": "Count the whole list too."},
    )


def several(codes: Iterable[str], about: str) -> Several:
    """Several of a few codes."""
    return Several(Choice(codes), about)


def day(about: str, **more: Any) -> Day:
    """A day, or none."""
    return Day(load_default=None, metadata={"description": about}, **more)


class ProjectFilters(Strict):
    """The filters of accepted projects; within one filter any value counts, several filters must all hold."""

    country = Several(ShortCode(), "ISO 3166-1 alpha-2 codes.")
    pillar = several(PILLARS, "Pillars.")
    commitment = Several(ShortCode(), "Commitments such as I.4.")
    organization = Several(Code(), "Organizations by code or id, or partners whose agencies count too.")
    role = several(ROLES, "The role in which the organization stands.")
    status = several(STATUSES, "Status of the project.")
    assistance_type = Several(ShortCode(), "Assistance types.")
    sector = Several(ShortCode(), "Sector codes.")
    owner = Several(ShortCode(), "Partners that report the project.")
    active_from = day("Active on or after this day.")
    active_to = day("Active on or before this day.")
    q = Text(
        500,
        load_default="",
        metadata={
            "description": "Words of titles, descriptions, translations, organizations, countries and places, or a "
            "reference or identifier; all of them must be there, in any form and with or without accents."
        },
    )

    @validates_schema(skip_on_field_errors=True)
    def _order(self, data: dict[str, Any], **_more: Any) -> None:
        _in_order(data, "active_from", "active_to")


class ProjectsQuery(ProjectFilters, PageQuery):
    """A page of the projects that pass the filters."""

    sort = Choice(
        ("relevance", "newest", "updated", "title", "start", "money"),
        load_default=None,
        metadata={"description": "The order of the list: relevance where `q` is given, else newest."},
    )


class ExportQuery(ProjectFilters):
    """Which projects, and as which kind of file."""

    form = Choice(("iati", "hxl", "json"), data_key="format", load_default="iati")


class RoundRecordsQuery(PageQuery):
    """The filter of a round's records."""

    answer = Choice(
        (*ANSWERS, WAITING), load_default=None, metadata={"description": "How they were answered."}
    )


class SubmissionsQuery(PageQuery):
    """The filters of submissions."""

    state = several(lifecycle.STATES, "States of the submission.")
    partner = Several(ShortCode(), "Partners that wrote the submission.")
    source_ref = Text(200, load_default=None, metadata={"description": "The partner's own key, exactly."})


class FindingsQuery(PageQuery):
    """The filters of findings; without a state those that wait for somebody: open and reopened.

    Both records stand in the places, or the cell does; one of the two passes all else.
    """

    kind = several(findings.KINDS, "Kinds of findings.")
    state = several((*findings.STATES, "any"), "States of the finding; any for all of them.")
    verdict = several(findings.VERDICTS, "The newest verdict on it.")
    country = Several(ShortCode(), "Countries in which both records stand, or of the cell.")
    pillar = several(PILLARS, "Pillars under which both records stand, or of the cell.")
    commitment = Several(ShortCode(), "Commitments under which both records stand; of a cell, its pillar.")
    assistance_type = Several(ShortCode(), "Assistance types of both records, or of the cell.")
    organization = Several(Code(), "Organizations of either record, by code or id, or partners.")
    role = several(ROLES, "The role in which the organization stands.")
    status = several(STATUSES, "Status of either record.")
    sector = Several(ShortCode(), "Sector codes of either record.")
    partner = Several(ShortCode(), "Partners of either record.")
    active_from = day("Either record is active on or after this day.")
    active_to = day("Either record is active on or before this day.")
    q = Text(
        500, load_default="", metadata={"description": "Words, reference or identifiers of either record."}
    )
    sort = Choice(
        ("queue", "certainty", "money", "newest"),
        load_default="queue",
        metadata={"description": "The order of the list; queue: money at stake × certainty."},
    )

    @validates_schema(skip_on_field_errors=True)
    def _order(self, data: dict[str, Any], **_more: Any) -> None:
        _in_order(data, "active_from", "active_to")


class MergeQuery(Strict):
    """Which record stays; without it the more complete or the older one."""

    stays = Code(load_default=None, metadata={"description": "Id or reference of the record that stays."})


class OrganizationsQuery(PageQuery):
    """The filters of organizations."""

    q = Text(500, load_default="", metadata={"description": "Words of the name, or the code."})
    partner = Several(ShortCode(), "Partners whose agencies are meant.")


class FocalPointsQuery(PageQuery):
    """The filters of focal points."""

    partner = Several(ShortCode(), "Partners that designated them.")
    pillar = Choice(
        PILLARS,
        load_default=None,
        metadata={"description": "Who answers for this pillar: those who name it, and those who name none."},
    )
    country = ShortCode(
        load_default=None,
        metadata={"description": "Who answers for this country (ISO 3166-1 alpha-2), in the same way."},
    )
    state = Choice(
        ("current", "any"),
        load_default="current",
        metadata={"description": "current: who answers today; any: also those ended and those to come."},
    )


class CoverageQuery(ProjectFilters):
    """The scope of a coverage table: the filters of the list, `from` and `to` for the days, and how fine."""

    active_from = day("The same as `from`.")
    active_to = day("The same as `to`.")
    date_from = day("Active on or after this day.", data_key="from")
    date_to = day("Active on or before this day.", data_key="to")
    by = Choice(
        ("pillar", "commitment", "assistance_type"),
        load_default="pillar",
        metadata={"description": "How fine the cells are."},
    )

    @post_load
    def _days(self, data: dict[str, Any], **_more: Any) -> dict[str, Any]:
        for name in ("from", "to"):
            data[f"date_{name}"] = data[f"date_{name}"] or data[f"active_{name}"]
        _in_order(data, "date_from", "date_to")
        return data


class FileQuery(Strict):
    """The format of a report's file."""

    form = Choice(
        FORMS,
        data_key="format",
        load_default="json",
        metadata={"description": "The format of the file."},
    )


def _in_order(data: dict[str, Any], first: str, last: str) -> None:
    start, end = data.get(first), data.get(last)
    if start and end and end < start:
        sentence = f"The end, {words(end)}, is before the start, {words(start)}: mend one of the two."
        raise fault("end_before_start", sentence, last.removeprefix("date_"))
