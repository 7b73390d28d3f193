"""Loads the vocabulary: new rows are entered, changed ones changed, nothing that records lean on is removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import insert, inspect, select, update

from adam.domain.actors import ADMINISTRATOR
from adam.domain.organizations import normalized
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from adam.models import new_id, vocabulary
from adam.models.partners import Membership, Organization, OrganizationAlias, OrganizationIdentifier, Partner
from adam.queries.marks import VOCABULARY
from adam.services import counters, searches
from adam.services.work import Work

Rows = list[dict[str, Any]]
DESCRIBED = ("code", "name", "kind", "partner", "country")
"""What is said of an organization in one place each."""


def load(w: Work, name: str, rows: Rows) -> int:
    """Load the rows of one file, such as "countries"; returns how many rows were new or changed."""
    changed = LOADERS[name](w, rows)
    if changed:
        counters.take(w.session, VOCABULARY)
        w.record("vocabulary.loaded", ("vocabulary", name), None, {"rows": len(rows), "changed": changed})
        if name in NAMES:
            searches.refresh_all(w)
    return changed


def complete(w: Work, key: str, row: dict[str, Any]) -> None:
    """Enter a body that so far only records name into the list of organizations; `row` is that of the vocabulary file.

    The name it had stays as another spelling. Raises Forbidden unless an administrator or the installation acts,
    NotFound, Conflict where it stands in the list already, Invalid for codes that are taken or not known.
    """
    if not (w.actor.system or w.actor.role == ADMINISTRATOR):
        raise Forbidden("Administrators look after the vocabulary.")
    body = w.session.get(Organization, key)
    if body is None:
        raise NotFound(f"No organization has the id {key}.")
    if body.listed:
        raise Conflict(f"{body.name} stands in the list already.")
    if problems := _wrong_in(w, row):
        raise Invalid(problems)
    before = {name: getattr(body, name) for name in DESCRIBED}
    spellings = [row["aliases"] or "", body.name if body.name != row["name"] else ""]
    body.code = row["code"]
    w.session.flush()
    load(w, "organizations", [row | {"aliases": ";".join(filter(None, spellings))}])
    w.session.expire(body)
    w.record("organization.completed", ("organization", key), before, {name: row[name] for name in DESCRIBED})


def _wrong_in(w: Work, row: dict[str, Any]) -> list[Problem]:
    """What only the database knows to be wrong with a new row of the organizations."""
    found = []
    if w.session.scalar(select(Organization.id).where(Organization.code == row["code"])):
        detail = f"Another organization has the code {row['code']}: choose another one."
        found.append(Problem("#/code", "code_taken", detail))
    for name, word, known in (
        ("partner", "partner", w.vocabulary.partners),
        ("country", "country", w.vocabulary.countries),
    ):
        if row[name] and row[name] not in known:
            found.append(Problem(f"#/{name}", "unknown_code", f"{row[name]} is no {word} that ADAM knows."))
    return found


def _merge(w: Work, table: Any, rows: Iterable[dict[str, Any]]) -> int:
    """Insert rows whose primary key is new, change those that differ."""
    columns = {column.key: column for column in inspect(table).columns}
    keys = [column.key for column in inspect(table).primary_key]
    known = {
        tuple(getattr(row, key) for key in keys): row for row in w.session.execute(select(table.__table__))
    }
    new, changed = [], 0
    for row in rows:
        values = {name: value for name, value in row.items() if name in columns}
        found = known.get(tuple(values[key] for key in keys))
        if found is None:
            new.append(values)
        elif any(getattr(found, name) != value for name, value in values.items()):
            condition = [columns[key] == values[key] for key in keys]
            w.session.execute(update(table).where(*condition).values(**values))
            changed += 1
    if new:
        w.session.execute(insert(table), new)
    return changed + len(new)


def _plain(table: Any) -> Callable[[Work, Rows], int]:
    def merge(w: Work, rows: Rows) -> int:
        return _merge(w, table, ({"position": number} | row for number, row in enumerate(rows)))

    return merge


def _countries(w: Work, rows: Rows) -> int:
    changed = _merge(w, vocabulary.Country, (row | {"name": row["name_en"]} for row in rows))
    names = [
        {"country": row["code"], "language": language, "name": row[f"name_{language}"]}
        for row in rows
        for language in ("en", "fr", "es", "ru", "ar", "zh")
        if row[f"name_{language}"]
    ]
    return changed + _merge(w, vocabulary.CountryName, names)


def _result_areas(w: Work, rows: Rows) -> int:
    deep = [row | {"depth": row["code"].count(".") + 1} for row in rows]
    return _merge(w, vocabulary.ResultArea, sorted(deep, key=lambda row: row["depth"]))


def _partners(w: Work, rows: Rows) -> int:
    changed = _merge(w, Partner, rows)
    known = set(w.session.scalars(select(Membership.partner)))
    new = [
        {
            "partner": row["code"],
            "since": row["member_from"],
            "until": row["member_until"],
            "source": row["source"],
        }
        for row in rows
        if row["code"] not in known
    ]
    if new:
        w.session.execute(insert(Membership), new)
    return changed + len(new)


def _organizations(w: Work, rows: Rows) -> int:
    """Organizations by code; identifiers and aliases are added, never taken away."""
    known = dict(w.session.execute(select(Organization.code, Organization.id)).all())
    prepared = [
        row
        | {
            "id": known.get(row["code"]) or new_id(),
            "normalized": normalized(row["name"]),
            "listed": True,
        }
        for row in rows
    ]
    changed = _merge(w, Organization, prepared)
    return changed + _identifiers(w, prepared) + _aliases(w, prepared)


def _identifiers(w: Work, rows: Rows) -> int:
    known = set(w.session.execute(select(OrganizationIdentifier.scheme, OrganizationIdentifier.value)).all())
    new = {}
    for row in rows:
        for text in _parts(row["identifiers"]):
            scheme, _, value = text.partition(":")
            if value and (scheme, value) not in known:
                new[scheme, value] = {"scheme": scheme, "value": value, "organization_id": row["id"]}
    if new:
        w.session.execute(insert(OrganizationIdentifier), list(new.values()))
    return len(new)


def _aliases(w: Work, rows: Rows) -> int:
    known = set(w.session.scalars(select(OrganizationAlias.normalized)))
    new: dict[str, dict[str, Any]] = {}
    for row in rows:
        for name in _parts(row["aliases"]):
            key = normalized(name)
            if key and key not in known and key != row["normalized"]:
                new.setdefault(key, {"organization_id": row["id"], "name": name, "normalized": key})
    if new:
        w.session.execute(insert(OrganizationAlias), list(new.values()))
    return len(new)


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


NAMES = ("countries", "organizations")
"""Files whose names are searched with every record that names them."""
LOADERS: dict[str, Callable[[Work, Rows], int]] = {
    "countries": _countries,
    "pillars": _plain(vocabulary.Pillar),
    "commitments": _plain(vocabulary.Commitment),
    "result_areas": _result_areas,
    "action_plans": _plain(vocabulary.ActionPlan),
    "assistance_types": _plain(vocabulary.AssistanceType),
    "beneficiary_kinds": _plain(vocabulary.BeneficiaryKind),
    "sectors": _plain(vocabulary.Sector),
    "currencies": _plain(vocabulary.Currency),
    "partners": _partners,
    "organizations": _organizations,
}
