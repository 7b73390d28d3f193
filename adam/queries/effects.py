"""Questions about what a project adds to the record: how many others there are beside it, as far as one may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.models import project_parts as parts
from adam.models.projects import Project
from adam.queries import visibility

MOST = 50


def by_pillar(
    session: Session, others: Select[Any], countries: Sequence[str], pillars: Sequence[str]
) -> dict[tuple[str, str], int]:
    """(country, pillar) → how many of the other records are there; nothing for an empty cell."""
    place, assigned = parts.ProjectCountry, parts.Assignment
    query = (
        select(place.country, assigned.pillar, func.count(place.project_id.distinct()))
        .join(assigned, assigned.project_id == place.project_id)
        .where(place.country.in_(countries), assigned.pillar.in_(pillars), place.project_id.in_(others))
        .group_by(place.country, assigned.pillar)
    )
    return {(country, pillar): number for country, pillar, number in session.execute(query)}


def by_help(session: Session, others: Select[Any], country: str, kinds: Sequence[str]) -> dict[str, int]:
    """Kind of help → how many of the other records of a country give it."""
    place, given = parts.ProjectCountry, parts.ProjectAssistanceType
    query = (
        select(given.assistance_type, func.count(given.project_id.distinct()))
        .join(place, place.project_id == given.project_id)
        .where(place.country == country, given.assistance_type.in_(kinds), given.project_id.in_(others))
        .group_by(given.assistance_type)
    )
    return dict(session.execute(query).all())


def helping(session: Session, others: Select[Any], institutions: Sequence[str]) -> int:
    """How many of the other records name one of these institutions as the one that benefits."""
    names = [name.lower() for name in institutions[:MOST]]
    query = select(func.count(parts.Beneficiary.project_id.distinct())).where(
        func.lower(parts.Beneficiary.name).in_(names), parts.Beneficiary.project_id.in_(others)
    )
    return session.scalar(query) or 0


def others(actor: Actor, itself: str | None) -> Select[Any]:
    """Selects the ids of the records that this actor may see, merged ones and the record itself left out."""
    query = select(Project.id).where(visibility.projects(actor), Project.merged_into.is_(None))
    return query.where(Project.id != itself) if itself else query
