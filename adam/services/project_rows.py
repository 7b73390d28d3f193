"""A draft, and what others add to it, as rows of the tables that hang on a project, with the figure they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from adam.domain import periods
from adam.domain.money import Headline
from adam.models import project_parts as parts
from adam.services.money import Converter, count, payers_of
from adam.services.organizations import Directory, Named, named_in
from adam.services.work import Work

STATED = (
    parts.ProjectOrganization,
    parts.ProjectLocation,
    parts.Beneficiary,
    parts.Contribution,
    parts.Identifier,
    parts.ProjectDocument,
)
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


Drafts = tuple[dict[str, Any], dict[str, Any]]
"""The owner's draft, and the drafts of what others add to it, by their codes."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes rows of drafts; `payers` is organization → partner, for money that two partners state."""

    directory: Directory
    converter: Converter
    payers: dict[str, str]

    def rows(self, draft: dict[str, Any], added: dict[str, Any], project_id: str) -> tuple[Rows, Headline]:
        """The rows of a record, the owner's first, and its headline figure."""
        rows = parts_of(draft, project_id, self.directory, self.converter)
        days = {name: draft[name] for name in periods.FIELDS}
        for partner, part in sorted(added.items()):
            more = parts_of(part | days, project_id, self.directory, self.converter)
            for table in STATED:
                rows[table] += [row | {"stated_by": partner} for row in more[table]]
        return rows, count(rows[parts.Contribution], self.payers)


def writer(w: Work, drafts: Sequence[Drafts]) -> Writer:
    """A writer for these drafts; bodies that nobody knows yet are entered."""
    listed = [draft for own, added in drafts for draft in (own, *added.values())]
    directory = Directory(w, {named for draft in listed for named in named_in(draft)})
    directory.enter()
    shared = any(added for _, added in drafts)
    return Writer(directory, Converter(w), payers_of(w) if shared else {})


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
    for table in STATED:
        for row in rows[table]:
            row["stated_by"] = None
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
