"""A draft as rows of the tables that hang on a project; nothing is asked of the database here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adam.domain import periods
from adam.models import project_parts as parts
from adam.services.money import Converter
from adam.services.organizations import Directory, Named

Rows = dict[Any, list[dict[str, Any]]]

COPIED: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (parts.ProjectText, "translations", ("language", "title", "description")),
    (parts.ProjectCountry, "countries", ("country", "share")),
    (parts.ProjectLocation, "locations", ("country", "name", "latitude", "longitude")),
    (parts.Assignment, "pillars", ("pillar", "commitment", "share", "rationale", "proposed")),
    (parts.Beneficiary, "beneficiaries", ("name", "kind")),
    (parts.Identifier, "identifiers", ("scheme", "value", "owner")),
    (parts.ProjectSector, "sectors", ("vocabulary", "code", "share")),
    (parts.ProjectDocument, "documents", ("title", "url")),
)
LISTED: tuple[tuple[Any, str, str], ...] = (
    (parts.ProjectAssistanceType, "assistance_types", "assistance_type"),
    (parts.ProjectResultArea, "result_areas", "result_area"),
    (parts.ProjectActionPlan, "action_plans", "action_plan"),
)


def parts_of(draft: dict[str, Any], project_id: str, directory: Directory, converter: Converter) -> Rows:
    """Table to rows, in the order of the document."""
    key = {"project_id": project_id}
    rows: Rows = {
        table: [key | {name: item[name] for name in names} for item in draft[field]]
        for table, field, names in COPIED
    }
    for table, field, column in LISTED:
        rows[table] = [key | {column: code} for code in _once(draft[field])]
    rows[parts.Relation] = [
        key
        | {"kind": item["kind"], "other_id": item["project"]}
        | {name: item.get(name) for name in ("identifier", "role")}
        for item in draft["relations"]
    ]
    rows[parts.ProjectOrganization] = list(_organizations(draft, key, directory))
    rows[parts.Contribution] = list(_contributions(draft, key, directory, converter))
    return rows


def _once(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _organizations(
    draft: dict[str, Any], key: dict[str, str], directory: Directory
) -> Iterable[dict[str, Any]]:
    seen = set()
    for item in draft["organizations"]:
        found = directory.find(Named(item["organization"], item["name"]))
        if found and (item["role"], found) not in seen:
            seen.add((item["role"], found))
            yield key | {"role": item["role"], "organization_id": found, "name": item["name"]}


def _contributions(
    draft: dict[str, Any], key: dict[str, str], directory: Directory, converter: Converter
) -> Iterable[dict[str, Any]]:
    """Amounts without a value date are converted at the project's start."""
    fallback = periods.of_project(draft).start
    copied = ("kind", "amount", "currency", "value_date", "provider_activity", "receiver_activity")
    for item in draft["contributions"]:
        named = Named(item["organization"], item["name"])
        payer = directory.find(named) if any(named) else None
        row = key | {name: item[name] for name in copied} | {"organization_id": payer}
        yield row | converter.row(item, fallback)
