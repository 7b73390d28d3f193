"""Rows of the vocabulary files: text in, plain rows out."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, pre_load

from adam.schemas.fields import Code, Day, ShortCode, Text
from adam.schemas.projects import Strict


class Row(Strict):
    """A row of a CSV file, where an empty cell means not given."""

    @pre_load
    def _empty_is_none(self, data: Any, **_more: Any) -> Any:
        return (
            {key: value if value != "" else None for key, value in data.items()}
            if isinstance(data, dict)
            else data
        )


def optional(longest: int = 500) -> Text:
    """Text that may be missing."""
    return Text(longest, allow_none=True, load_default=None)


def optional_code() -> ShortCode:
    """A code that may be missing."""
    return ShortCode(allow_none=True, load_default=None)


class CountryRow(Row):
    """A country with its names in the six UN languages."""

    code, iso3 = ShortCode(required=True), ShortCode(required=True)
    numeric = optional_code()
    region, subregion = Text(100, required=True), optional()
    priority = fields.Boolean(required=True, truthy={"yes"}, falsy={"no"})
    name_en, name_fr, name_es = Text(200, required=True), optional(), optional()
    name_ru, name_ar, name_zh = optional(), optional(), optional()


class PillarRow(Row):
    """A pillar of the Vienna Declaration."""

    code = ShortCode(required=True)
    title, short_title, source = Text(500, required=True), Text(200, required=True), optional()


class CommitmentRow(Row):
    """A commitment within a pillar."""

    code, pillar = ShortCode(required=True), ShortCode(required=True)
    title, source = Text(500, required=True), optional()


class ResultAreaRow(Row):
    """A result area; its depth follows from its code."""

    code, parent = ShortCode(required=True), optional_code()
    title, source = Text(500, required=True), optional()


class ActionPlanRow(Row):
    """A paper of the Rainbow Strategy."""

    code, pillar = ShortCode(required=True), optional_code()
    title, subject, status, source = (
        Text(500, required=True),
        Text(2000, required=True),
        optional(),
        optional(),
    )


class AssistanceTypeRow(Row):
    """A kind of help."""

    code = ShortCode(required=True)
    title, description = Text(200, required=True), optional(2000)


class BeneficiaryKindRow(Row):
    """A kind of institution."""

    code, title = ShortCode(required=True), Text(200, required=True)


class SectorRow(Row):
    """A sector code."""

    vocabulary, code, title = ShortCode(required=True), ShortCode(required=True), Text(500, required=True)


class CurrencyRow(Row):
    """A currency."""

    code, name, minor_units = (
        ShortCode(required=True),
        Text(200, required=True),
        fields.Integer(required=True),
    )


class PartnerRow(Row):
    """A partner and its membership as far as the sources say."""

    code, name, kind = ShortCode(required=True), Text(500, required=True), ShortCode(required=True)
    country, source = optional_code(), optional()
    member_from = Day(allow_none=True, load_default=None)
    member_until = Day(allow_none=True, load_default=None)


class OrganizationRow(Row):
    """An organization with its identifiers and other spellings, separated by semicolons."""

    code, name = Code(required=True), Text(500, required=True)
    kind, partner, country = optional_code(), optional_code(), optional_code()
    identifiers, aliases, source = optional(2000), optional(5000), optional()


FILES: tuple[tuple[str, type[Schema]], ...] = (
    ("countries", CountryRow),
    ("pillars", PillarRow),
    ("commitments", CommitmentRow),
    ("result_areas", ResultAreaRow),
    ("action_plans", ActionPlanRow),
    ("assistance_types", AssistanceTypeRow),
    ("beneficiary_kinds", BeneficiaryKindRow),
    ("sectors", SectorRow),
    ("currencies", CurrencyRow),
    ("partners", PartnerRow),
    ("organizations", OrganizationRow),
)
"""In the order in which they can be loaded: each row may name codes of the files before it."""
