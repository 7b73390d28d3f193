"""Finds the organizations that records name, by code, identifier or spelling, and enters those not known yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import String, bindparam, insert, literal_column, select, union_all

from adam.domain.organizations import agency_of, canonical, normalized
from adam.models import new_id
from adam.models.partners import Organization, OrganizationAlias, OrganizationIdentifier
from adam.queries.prepared import Prepared
from adam.services.work import Work

CHUNK = 500
SCHEME = "iati"
Places = tuple[tuple[Any, Any], ...]


class Named(NamedTuple):
    """How a record names a body: a code, id or identifier, and a name; either may be None."""

    ref: str | None
    name: str | None


class Directory:
    """The organizations asked for, in memory; `find` answers, `enter` adds those that are new in one insert."""

    def __init__(self, w: Work, wanted: Iterable[Named]):
        self.w = w
        self.wanted = set(wanted)
        self.by_ref: dict[str, str] = {}
        self.by_name: dict[str, str] = {}
        self._look_up()

    def _look_up(self) -> None:
        refs = {item.ref for item in self.wanted if item.ref}
        external = refs | {value for ref in refs if (value := canonical(ref))}
        names = {normalized(item.name) for item in self.wanted if item.name}
        self.by_name.update((row.key, row.body) for row in self._found(names, BY_NAME))
        self.by_ref.update(
            (row.key, row.body)
            for row in self._found(external, BY_REF)
            if row.rank == IDENTIFIED or row.key in refs
        )

    def _found(self, keys: set[str], places: Places) -> Iterator[Any]:
        """Key and body wherever a key stands in one of these places, those that count most last."""
        for part in _chunks(sorted(keys)):
            # Filled up to a power of two, so that few statements serve every number of keys.
            many = 1 << (len(part) - 1).bit_length()
            values = part + part[-1:] * (many - len(part))
            named = dict(zip(_names(many), values, strict=True))
            yield from sorted(
                _anywhere(places, many).all(self.w.session, **named), key=lambda row: (row.rank, row.body)
            )

    def find(self, item: Named) -> str | None:
        """The organization's id, or None where nobody is known by that code or name."""
        if item.ref:
            found = self.by_ref.get(item.ref) or self.by_ref.get(canonical(item.ref) or "")
            if found:
                return found
        return self.by_name.get(normalized(item.name)) if item.name else None

    def enter(self) -> None:
        """Enter every body that is named but not known; it stays unlisted until somebody completes it."""
        bodies: list[dict[str, Any]] = []
        identifiers: list[dict[str, Any]] = []
        for item in sorted(self.wanted, key=lambda item: (not item.name, item.ref or "~", item.name or "")):
            name = item.name or item.ref
            if not name or not normalized(name):
                continue
            key = self.find(item)
            external = canonical(item.ref) if item.ref else None
            if key is None:
                key = new_id()
                bodies.append(self._body(key, name, external))
                self.by_name.setdefault(normalized(name), key)
            if external and external not in self.by_ref and "-" in external:
                self.by_ref[external] = key
                identifiers.append({"scheme": SCHEME, "value": external, "organization_id": key})
                self.w.record("organization.identified", ("organization", key), None, {SCHEME: external})
        if bodies:
            self.w.session.execute(insert(Organization), bodies)
        if identifiers:
            self.w.session.execute(insert(OrganizationIdentifier), identifiers)

    def _body(self, key: str, name: str, external: str | None) -> dict[str, Any]:
        partner = agency_of(external) if external else None
        return {
            "id": key,
            "code": None,
            "name": name[:500],
            "normalized": normalized(name)[:500],
            "kind": None,
            "partner": partner if partner in self.w.vocabulary.partners else None,
            "country": partner if partner in self.w.vocabulary.countries else None,
            "listed": False,
        }


_BODIES = Organization.__table__.c
_ALIASES, _IDENTIFIERS = OrganizationAlias.__table__.c, OrganizationIdentifier.__table__.c
IDENTIFIED = 0
BY_NAME: Places = ((_ALIASES.normalized, _ALIASES.organization_id), (_BODIES.normalized, _BODIES.id))
BY_REF: Places = (
    (_IDENTIFIERS.value, _IDENTIFIERS.organization_id),
    (_BODIES.id, _BODIES.id),
    (_BODIES.code, _BODIES.id),
)
"""Where a key may stand, with the body it means; what counts most comes last."""


@cache
def _anywhere(places: Places, many: int) -> Prepared:
    """So many keys looked up in all of these places at once."""
    keys = [bindparam(name, type_=String) for name in _names(many)]
    parts = (
        select(key.label("key"), body.label("body"), literal_column(str(rank)).label("rank")).where(
            key.in_(keys)
        )
        for rank, (key, body) in enumerate(places)
    )
    return Prepared(union_all(*parts))


def _names(many: int) -> list[str]:
    return [f"key_{number}" for number in range(many)]


def _chunks(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def named_in(draft: dict[str, Any]) -> Iterator[Named]:
    """Every body that a draft names: in its roles and as payers."""
    for row in draft["organizations"]:
        yield Named(row.get("organization"), row.get("name"))
    for row in draft["contributions"]:
        if row.get("organization") or row.get("name"):
            yield Named(row.get("organization"), row.get("name"))


def called(w: Work, draft: dict[str, Any]) -> dict[str, str]:
    """The names of the bodies that a draft has by code, id or identifier alone; those that nobody knows are left out.

    Two statements, and none where every body is named.
    """
    bare = {item for item in named_in(draft) if item.ref and not item.name}
    known = Directory(w, bare) if bare else None
    found = {item.ref: key for item in bare if known and (key := known.find(item))}
    query = select(Organization.id, Organization.name).where(Organization.id.in_(found.values()))
    names = {row.id: row.name for row in w.session.execute(query)} if found else {}
    return {str(ref): names[key] for ref, key in found.items()}
