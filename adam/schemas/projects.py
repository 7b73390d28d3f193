"""The project document: CONTRACT.md's project object in, a draft with days and decimals out."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, fields, post_load, pre_load, validate, validates_schema

from adam.domain.additions import FIELDS
from adam.domain.money import KINDS
from adam.domain.visibility import LEVELS
from adam.schemas.faults import Fault
from adam.schemas.fields import (
    MESSAGES,
    Choice,
    Code,
    Coordinate,
    Day,
    Link,
    Money,
    Share,
    ShortCode,
    Text,
)
from adam.schemas.project_rules import check_project

STATUSES = ("pipeline", "active", "suspended", "completed", "cancelled")
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
ROLES = ("funding", "extending", "accountable", "implementing")
RELATIONS = ("component", "continuation", "same_money", "co_financed", "complementary")
MOST_ROWS = 500
STATED_BY = "The partner that added this row, where that isn't the record's owner."
SERVER_OWNED = (
    "id",
    "reference",
    "owner",
    "partner",
    "version",
    "created_at",
    "updated_at",
    "headline",
    "links",
)


class Strict(Schema):
    """A schema that refuses keys it doesn't know, in our words."""

    error_messages = MESSAGES  # type: ignore[assignment]

    class Meta:
        """Unknown keys are refused."""

        unknown = RAISE


class Stated(Strict):
    """A row that others than the owner of a record may add; `stated_by` is read past: the server says who states."""

    stated_by = ShortCode(allow_none=True, metadata={"readOnly": True, "description": STATED_BY})


class TranslationSchema(Strict):
    """Title and description in another language."""

    language = Text(10, required=True)
    title = Text(500, required=True)
    description = Text(10000, lines=True, allow_none=True, load_default=None)


class OrganizationSchema(Stated):
    """An organization in a role: by code or id, or by name when it has no code."""

    role = Choice(ROLES, required=True)
    organization = Code(allow_none=True, load_default=None)
    name = Text(500, allow_none=True, load_default=None)


class CountrySchema(Strict):
    """A country with its share in percent."""

    country = ShortCode(required=True)
    share = Share(allow_none=True, load_default=None)


class LocationSchema(Stated):
    """A place by name."""

    country = ShortCode(allow_none=True, load_default=None)
    name = Text(500, required=True)
    latitude = Coordinate(90, allow_none=True, load_default=None)
    longitude = Coordinate(180, allow_none=True, load_default=None)


class PillarSchema(Strict):
    """An assignment: pillar, commitment, share, and why; `proposed` until somebody confirms it."""

    pillar = ShortCode(required=True)
    commitment = ShortCode(allow_none=True, load_default=None)
    share = Share(allow_none=True, load_default=None)
    rationale = Text(2000, lines=True, allow_none=True, load_default=None)
    proposed = fields.Boolean(
        load_default=False, error_messages={"invalid": Fault("type", "This must be true or false.")}
    )


class BeneficiarySchema(Stated):
    """An institution that benefits."""

    name = Text(500, required=True)
    kind = ShortCode(allow_none=True, load_default=None)


class ContributionSchema(Stated):
    """Money with its own currency and value date."""

    organization = Code(allow_none=True, load_default=None)
    name = Text(500, allow_none=True, load_default=None)
    kind = Choice(KINDS, required=True)
    amount = Money(required=True)
    currency = ShortCode(required=True)
    value_date = Day(allow_none=True, load_default=None)
    provider_activity = Text(200, allow_none=True, load_default=None)
    receiver_activity = Text(200, allow_none=True, load_default=None)


class IdentifierSchema(Stated):
    """An identifier that somebody gave the activity."""

    scheme = ShortCode(required=True)
    value = Text(200, required=True)
    owner = Code(allow_none=True, load_default=None)


class RelationSchema(Strict):
    """A relation to another record, or to an identifier not recorded yet; `role`: this record is the part or whole."""

    kind = Choice(RELATIONS, required=True)
    project = Code(allow_none=True, load_default=None)
    identifier = Text(200, allow_none=True, load_default=None)
    role = Choice(("part", "whole"), allow_none=True, load_default=None)


class SectorSchema(Strict):
    """A sector code of a vocabulary."""

    vocabulary = ShortCode(load_default="DAC")
    code = Text(64, required=True)
    share = Share(allow_none=True, load_default=None)


class DocumentSchema(Stated):
    """A document on the web."""

    title = Text(500, required=True)
    url = Link(2000, required=True)


class SourceSchema(Strict):
    """Where a seeded record stands in the source documents."""

    document = Text(100, required=True)
    paragraphs = Text(100, allow_none=True, load_default=None)


def rows(schema: type[Schema]) -> fields.List:
    """A list of rows; left out means none."""
    return fields.List(
        fields.Nested(schema, error_messages={"type": MESSAGES["type"]}),
        load_default=list,
        validate=validate.Length(max=MOST_ROWS, error=Fault("too_many", f"At most {MOST_ROWS} rows.")),
        error_messages={"invalid": Fault("type", "This must be a list.")},
    )


def codes() -> fields.List:
    """A list of codes; left out means none."""
    return fields.List(
        ShortCode(),
        load_default=list,
        validate=validate.Length(max=100, error=Fault("too_many", "At most 100 codes.")),
        error_messages={"invalid": Fault("type", "This must be a list.")},
    )


def without_others(data: dict[str, Any]) -> dict[str, Any]:
    """The draft without the rows that others added: a record that was read may be sent back as it is."""
    for name in FIELDS:
        rows = data.get(name) or []
        if any("stated_by" in row for row in rows):
            data[name] = [row for row in rows if not row.pop("stated_by", None)]
    return data


def _whole(value: Any, original: Any) -> bool:
    """Whether a list still has every row: one that was null is dropped, and the numbers of the others shift."""
    return not isinstance(value, list) or not isinstance(original, list) or len(value) == len(original)


class ProjectSchema(Strict):
    """The project object of the contract, without what the server owns."""

    title = Text(500, required=True)
    language = Text(10, load_default="en")
    description = Text(10000, lines=True, allow_none=True, load_default=None)
    translations = rows(TranslationSchema)
    status = Choice(STATUSES, required=True)
    visibility = Choice(LEVELS, required=True)
    start_planned = Day(allow_none=True, load_default=None)
    end_planned = Day(allow_none=True, load_default=None)
    start_actual = Day(allow_none=True, load_default=None)
    end_actual = Day(allow_none=True, load_default=None)
    organizations = rows(OrganizationSchema)
    countries = rows(CountrySchema)
    locations = rows(LocationSchema)
    pillars = rows(PillarSchema)
    assistance_types = codes()
    beneficiaries = rows(BeneficiarySchema)
    contributions = rows(ContributionSchema)
    identifiers = rows(IdentifierSchema)
    relations = rows(RelationSchema)
    sectors = rows(SectorSchema)
    result_areas = codes()
    action_plans = codes()
    documents = rows(DocumentSchema)
    last_confirmed_on = Day(allow_none=True, load_default=None)
    source = fields.Nested(SourceSchema, allow_none=True, load_default=None)

    @pre_load
    def _leave_out_what_the_server_owns(self, data: Any, **_more: Any) -> Any:
        """A record that was read may be sent back as it is; what the server owns is read past, never set."""
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if key not in SERVER_OWNED}
        return data

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def _rules(self, data: Any, original: Any, **_more: Any) -> None:
        check_project({name: value for name, value in data.items() if _whole(value, original.get(name))})

    @post_load
    def _languages(self, data: dict[str, Any], **_more: Any) -> dict[str, Any]:
        data["language"] = (data["language"] or "en").lower()
        return without_others(data)
