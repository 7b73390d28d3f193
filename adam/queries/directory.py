"""Who takes part: partners with their membership, focal points, and the organizations that may be named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.domain.searches import MOST, Term, terms
from adam.errors import NotFound
from adam.models.partners import (
    FocalPoint,
    FocalPointCountry,
    FocalPointPillar,
    Membership,
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    Partner,
)
from adam.models.project_parts import ProjectOrganization
from adam.models.projects import Project
from adam.queries import visibility
from adam.queries.listings import Key

ORGANIZATIONS = (Key(func.lower(Organization.name)), Key(Organization.id))
FOCAL_POINTS = (Key(FocalPoint.partner), Key(FocalPoint.id))
BY_NAME = (FocalPoint.partner, func.lower(FocalPoint.name), FocalPoint.id)


def partners(session: Session) -> list[dict[str, Any]]:
    """Every partner by name, with when it belonged as far as the sources say."""
    since: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in session.scalars(select(Membership).order_by(Membership.id)):
        since[row.partner].append({"since": _day(row.since), "until": _day(row.until), "source": row.source})
    return [
        {
            "code": row.code,
            "name": row.name,
            "kind": row.kind,
            "country": row.country,
            "memberships": since[row.code],
        }
        for row in session.scalars(select(Partner).order_by(Partner.name))
    ]


def organizations(actor: Actor, text: str = "", partner: Sequence[str] = ()) -> Select[Any]:
    """The organizations that stand in the vocabulary or in a record that this actor may see."""
    query = select(Organization)
    if not actor.sees_all_records:
        named = (
            select(ProjectOrganization.id)
            .join(Project, Project.id == ProjectOrganization.project_id)
            .where(ProjectOrganization.organization_id == Organization.id, visibility.projects(actor))
        )
        query = query.where(or_(Organization.listed, named.exists()))
    for word in text.lower().split()[:8]:
        found = func.lower(Organization.name).contains(word, autoescape=True)
        query = query.where(or_(found, func.lower(Organization.code) == word))
    return query.where(Organization.partner.in_(partner)) if partner else query


def named(actor: Actor, text: str) -> Select[Any]:
    """The organizations that this actor may see and whose name in any spelling holds the words, or whose code it is."""
    sought = terms(text)
    spelled = select(OrganizationAlias.organization_id).where(
        *(_spelled(OrganizationAlias.normalized, term) for term in sought)
    )
    own = and_(*(_spelled(Organization.normalized, term) for term in sought))
    coded = func.lower(Organization.code) == " ".join(text.split()).lower()
    query = organizations(actor).where(or_(coded, own, Organization.id.in_(spelled)))
    return query.order_by(case((coded, 0), else_=1), func.length(Organization.name), Organization.id)


def by_name(session: Session, query: Select[Any], window: tuple[int, int]) -> Sequence[Organization]:
    """Some of the organizations of a query of ours, in the order of their names where it has none."""
    start, size = window
    query = query.order_by(*(key.column for key in ORGANIZATIONS))
    return session.scalars(query.offset(start).limit(size)).all()


def unlisted(actor: Actor, text: str = "") -> Select[Any]:
    """The bodies that only records name, as far as this actor may see them."""
    return organizations(actor, text).where(Organization.listed.is_(False))


def body(session: Session, actor: Actor, key: str) -> Organization:
    """One organization; raises NotFound where this actor may not see it."""
    found = session.scalar(organizations(actor).where(Organization.id == key))
    if found is None:
        raise NotFound("No such organization.")
    return found


def _spelled(column: Any, term: Term) -> ColumnElement[bool]:
    """A folded name holds a word that begins so; for pairs of characters that part no words, anywhere."""
    if not term.whole:
        return or_(*((" " + column).contains(f" {form}") for form in term.forms))
    if term.forms[0].isascii():
        return or_(*((" " + column + " ").contains(f" {form} ") for form in term.forms))
    return or_(*(column.contains(form) for form in term.forms))


def called(text: str, on: date) -> Select[Any]:
    """Focal points who answer on a day and whose name or address holds the words."""
    said = func.lower(FocalPoint.name + " " + func.coalesce(FocalPoint.email, ""))
    holds = [said.contains(word, autoescape=True) for word in text.lower().split()[:MOST]]
    return select(FocalPoint).where(answering(on), *holds).order_by(*BY_NAME)


def shown_organizations(session: Session, rows: Iterable[Organization]) -> list[dict[str, Any]]:
    """Organizations with their identifiers and other spellings, in the order given."""
    listed = list(rows)
    ids = [row.id for row in listed]
    spellings = _grouped(session, OrganizationAlias.organization_id, OrganizationAlias.name, ids)
    known = select(OrganizationIdentifier).where(OrganizationIdentifier.organization_id.in_(ids))
    identifiers: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in session.scalars(known.order_by(OrganizationIdentifier.scheme, OrganizationIdentifier.value)):
        identifiers[row.organization_id].append({"scheme": row.scheme, "value": row.value})
    return [
        {name: getattr(row, name) for name in ("id", "code", "name", "kind", "partner", "country")}
        | {"aliases": spellings[row.id], "identifiers": identifiers[row.id]}
        for row in listed
    ]


def not_ended(on: date) -> ColumnElement[bool]:
    """Focal points who answer on a day or will later: `until` is the day from which on they no longer do."""
    return or_(FocalPoint.until.is_(None), FocalPoint.until > on)


def answering(on: date) -> ColumnElement[bool]:
    """Focal points who answer on a day."""
    return and_(FocalPoint.since <= on, not_ended(on))


def focal_points(partner: Sequence[str], *conditions: ColumnElement[bool]) -> Select[Any]:
    """The focal points that meet the conditions, of these partners where some are named."""
    query = select(FocalPoint).where(*conditions)
    return query.where(FocalPoint.partner.in_(partner)) if partner else query


def answers_for(pillar: str | None, country: str | None) -> tuple[ColumnElement[bool], ...]:
    """Focal points who answer for a pillar and a country: those who name it, and those who name none at all."""
    found = []
    for table, column, code in (
        (FocalPointPillar, FocalPointPillar.pillar, pillar),
        (FocalPointCountry, FocalPointCountry.country, country),
    ):
        if code:
            own = select(table.focal_point_id).where(table.focal_point_id == FocalPoint.id)
            found.append(or_(own.where(column == code).exists(), ~own.exists()))
    return tuple(found)


def person(session: Session, focal_point_id: str) -> FocalPoint:
    """The focal point of an id; raises NotFound."""
    found = session.get(FocalPoint, focal_point_id)
    if found is None:
        raise NotFound("No focal point has this id.")
    return found


def shown_focal_points(session: Session, rows: Iterable[FocalPoint]) -> list[dict[str, Any]]:
    """Focal points with the pillars and countries they answer for, in the order given."""
    listed = list(rows)
    ids = [row.id for row in listed]
    pillars = _grouped(session, FocalPointPillar.focal_point_id, FocalPointPillar.pillar, ids)
    countries = _grouped(session, FocalPointCountry.focal_point_id, FocalPointCountry.country, ids)
    return [
        {name: getattr(row, name) for name in ("id", "partner", "kind", "name", "email", "version")}
        | {"since": _day(row.since), "until": _day(row.until)}
        | {"pillars": pillars[row.id], "countries": countries[row.id]}
        for row in listed
    ]


def _grouped(session: Session, owner: Any, value: Any, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, text in session.execute(select(owner, value).where(owner.in_(ids)).order_by(value)):
        found[key].append(text)
    return found


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
