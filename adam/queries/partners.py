"""Questions about partners: who they are, how many records of theirs one may see, who speaks for them."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.models.partners import FocalPoint, Membership, Organization, OrganizationAlias, Partner
from adam.models.projects import Project
from adam.queries import directory, visibility
from adam.queries.prepared import Prepared

RUNNING = ("pipeline", "active", "suspended")


class Body(NamedTuple):
    """A listed organization."""

    code: str
    name: str


class Standing(NamedTuple):
    """A partner with its membership as far as it is known."""

    code: str
    name: str
    kind: str
    since: date | None
    until: date | None


_LISTED = (Organization.code.is_not(None), Organization.listed)
_BODIES = Prepared(select(Organization.code, Organization.name).where(*_LISTED).order_by(Organization.name))
_ALIASES = Prepared(
    select(Organization.code, OrganizationAlias.name)
    .join(Organization, Organization.id == OrganizationAlias.organization_id)
    .where(*_LISTED)
    .order_by(OrganizationAlias.id)
)
"""Asked with every form and each time its panel is, and so made once."""


def bodies(session: Session) -> list[Body]:
    """The organizations of the vocabulary, by name."""
    return [Body(row.code or row.name, row.name) for row in _BODIES.all(session)]


def aliases(session: Session) -> list[tuple[str, str]]:
    """Other spellings and other languages of the listed organizations: code and spelling."""
    return [(row.code or "", row.name) for row in _ALIASES.all(session)]


def standing(session: Session, text: str = "") -> list[Standing]:
    """Every partner by name, or those whose name or code holds a text; the newest membership counts."""
    newest = select(func.max(Membership.id)).group_by(Membership.partner)
    query = select(Partner.code, Partner.name, Partner.kind, Membership.since, Membership.until).outerjoin(
        Membership, (Membership.partner == Partner.code) & Membership.id.in_(newest)
    )
    if text:
        like = text.lower()
        query = query.where(
            or_(func.lower(Partner.name).contains(like, autoescape=True), func.lower(Partner.code) == like)
        )
    return [Standing(*row) for row in session.execute(query.order_by(Partner.name))]


def counts(session: Session, actor: Actor) -> dict[str, int]:
    """Partner to the number of its records that this actor may see, merged ones left out."""
    query = select(Project.owner, func.count()).where(
        visibility.projects(actor), Project.merged_into.is_(None)
    )
    return dict(session.execute(query.group_by(Project.owner)).all())


def focal_points(session: Session, on: date) -> dict[str, list[dict[str, Any]]]:
    """Partner to those who answer for it on a day, by name, each as `directory.shown_focal_points` shows it."""
    query = directory.focal_points((), directory.answering(on)).order_by(FocalPoint.name, FocalPoint.id)
    found: dict[str, list[dict[str, Any]]] = {}
    for person in directory.shown_focal_points(session, session.scalars(query)):
        found.setdefault(person["partner"], []).append(person)
    return found


def hanging(session: Session, actor: Actor) -> dict[str, int]:
    """Partner to the number of its running records that this actor may see: what waits for somebody who answers."""
    query = select(Project.owner, func.count()).where(
        visibility.projects(actor), Project.merged_into.is_(None), Project.status.in_(RUNNING)
    )
    return dict(session.execute(query.group_by(Project.owner)).all())


def answered(session: Session, on: date) -> set[str]:
    """The partners whom somebody answers for on a day."""
    return set(session.scalars(select(FocalPoint.partner).where(directory.answering(on))))


def unanswered(session: Session, actor: Actor, on: date) -> list[tuple[str, str, int]]:
    """Partners whom nobody answers for on a day: code, name and running records, the most records first."""
    there, records = answered(session, on), hanging(session, actor)
    rows = session.execute(select(Partner.code, Partner.name))
    found = [(code, name, records.get(code, 0)) for code, name in rows if code not in there]
    return sorted(found, key=lambda row: (-row[2], row[1]))
