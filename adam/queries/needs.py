"""Questions about recorded needs and recommendations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.models.findings import Need

MOST = 50


def stated(session: Session, country: str | None = None, pillar: str | None = None) -> Sequence[Need]:
    """What is needed in a country or under a pillar, the newest first; at most fifty."""
    query = select(Need).order_by(Need.recorded_on.desc(), Need.id).limit(MOST)
    if country:
        query = query.where(Need.country == country)
    return session.scalars(query.where(Need.pillar == pillar) if pillar else query).all()
