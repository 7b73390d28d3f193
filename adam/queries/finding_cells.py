"""Questions about the cell that a finding is about: its needs, its projects, and who pays for them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.models.findings import Need
from adam.models.partners import Organization
from adam.models.project_parts import Contribution, ProjectOrganization
from adam.models.projects import Project
from adam.queries import projects

LIVING = ("pipeline", "active", "suspended")


class Payer(NamedTuple):
    """A body that funds projects of a cell: its partner (or None), its name, how many, and its amounts in dollars."""

    partner: str | None
    name: str
    projects: int
    usd: Decimal | None


def needs(session: Session, item: Any) -> Sequence[Need]:
    """The needs and recommendations recorded for a cell, the newest first."""
    query = select(Need).where(Need.country == item.country, Need.pillar == item.pillar)
    if item.assistance_type:
        query = query.where(or_(Need.assistance_type.is_(None), Need.assistance_type == item.assistance_type))
    return session.scalars(query.order_by(Need.recorded_on.desc(), Need.id)).all()


def living(actor: Actor, item: Any) -> Any:
    """The visible projects of a cell that are prepared or at work."""
    wanted = projects.Filters(
        country=(item.country,),
        pillar=(item.pillar,),
        assistance_type=(item.assistance_type,) if item.assistance_type else (),
        status=LIVING,
    )
    return projects.matching(actor, wanted)


def payers(session: Session, actor: Actor, item: Any) -> list[Payer]:
    """Who funds the projects of a cell: each payer with its projects and what is counted of it in them, most first.

    Kinds of money are never added up: of each project the kind that its figure is of counts.
    """
    ids = living(actor, item).order_by(None).with_only_columns(Project.id)
    who = func.coalesce(Organization.partner, Organization.id)
    funding = (
        select(who, func.max(Organization.partner), func.min(Organization.name), _projects())
        .join(ProjectOrganization, ProjectOrganization.organization_id == Organization.id)
        .where(ProjectOrganization.role == "funding", ProjectOrganization.project_id.in_(ids))
        .group_by(who)
    )
    paid = (
        select(who, func.sum(Contribution.usd))
        .join(Contribution, Contribution.organization_id == Organization.id)
        .join(Project, Project.id == Contribution.project_id)
        .where(Contribution.counted, Contribution.kind == Project.usd_kind, Project.id.in_(ids))
        .group_by(who)
    )
    amounts = dict(session.execute(paid).all())
    rows = session.execute(funding).all()
    found = [Payer(partner, name, number, amounts.get(key)) for key, partner, name, number in rows]
    return sorted(found, key=lambda one: (-(one.usd or Decimal(0)), one.name))


def _projects() -> Any:
    return func.count(ProjectOrganization.project_id.distinct())
