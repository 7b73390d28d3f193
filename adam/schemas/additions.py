"""An addition: what a partner knows of another partner's record, in the rows of the project document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marshmallow import ValidationError, fields, post_load, pre_load, validates_schema

from adam.domain.additions import FIELDS
from adam.schemas.faults import Fault
from adam.schemas.project_rules import check_project
from adam.schemas.projects import (
    BeneficiarySchema,
    ContributionSchema,
    DocumentSchema,
    IdentifierSchema,
    LocationSchema,
    OrganizationSchema,
    ProjectSchema,
    Strict,
    rows,
    without_others,
)

NOT_YOURS = Fault(
    "owners_alone",
    "Only the partner that reports the record states this. An addition holds organizations, locations, beneficiaries, "
    "contributions, identifiers and documents: leave this out.",
)


class AdditionSchema(Strict):
    """The rows that a partner adds to a record of another; each list replaces what it added to it before."""

    organizations = rows(OrganizationSchema)
    locations = rows(LocationSchema)
    beneficiaries = rows(BeneficiarySchema)
    contributions = rows(ContributionSchema)
    identifiers = rows(IdentifierSchema)
    documents = rows(DocumentSchema)

    @pre_load
    def _only_what_is_ours(self, data: Any, **_more: Any) -> Any:
        if isinstance(data, dict):
            owners = sorted((data.keys() & ProjectSchema._declared_fields.keys()) - set(FIELDS))
            if owners:
                raise ValidationError({name: [NOT_YOURS] for name in owners})
        return data

    @validates_schema(skip_on_field_errors=False)
    def _rules(self, data: Any, **_more: Any) -> None:
        messages: dict[str, Any] = {}
        try:
            check_project(data)
        except ValidationError as error:
            messages = dict(error.messages_dict)
        for number in _without_payer(data):
            place = messages.setdefault("contributions", {}).setdefault(number, {})
            place.setdefault("organization", []).append(Fault("required", "Say whose money it is."))
        if messages:
            raise ValidationError(messages)

    @post_load
    def _mine(self, data: dict[str, Any], **_more: Any) -> dict[str, Any]:
        return without_others(data)


def _without_payer(data: dict[str, Any]) -> Iterator[int]:
    for number, row in enumerate(data.get("contributions") or []):
        if row and not row.get("organization") and not row.get("name"):
            yield number


class ProjectOrAddition(fields.Nested):
    """The project of a submission: whole, or in one that has `adds_to` the rows that it adds."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, partial: Any = None, **more: Any) -> Any:
        if isinstance(data, dict) and data.get("adds_to"):
            self._test_collection(value)
            return AdditionSchema().load(value)
        return super()._deserialize(value, attr, data, partial, **more)
