"""Questions about saved scopes: one's own, and those whose day has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.errors import NotFound
from adam.models.reports import Report
from adam.models.saved_scopes import SavedScope


def own(actor: Actor) -> Select[Any]:
    """The saved scopes of whoever asks; nobody reads those of others."""
    query = select(SavedScope)
    return query.where(SavedScope.owner_id == actor.account) if actor.account else query.where(false())


def one(session: Session, actor: Actor, scope_id: str) -> SavedScope:
    """One's own saved scope; raises NotFound otherwise."""
    found: SavedScope | None = session.scalar(own(actor).where(SavedScope.id == scope_id))
    if found is None:
        raise NotFound("There is no such saved scope.")
    return found


def page(session: Session, actor: Actor, window: tuple[int, int]) -> Sequence[SavedScope]:
    """One's own, the newest first; `window` is (offset, limit)."""
    query = own(actor).order_by(SavedScope.created_at.desc(), SavedScope.id)
    return session.scalars(query.offset(window[0]).limit(window[1])).all()


def due(session: Session, today: date) -> Sequence[str]:
    """The ids of those whose day has come, the oldest first."""
    query = select(SavedScope.id).where(SavedScope.next_on <= today, SavedScope.paused.is_(False))
    return session.scalars(query.order_by(SavedScope.next_on, SavedScope.id)).all()


def references(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """Report → its reference."""
    if not ids:
        return {}
    return dict(session.execute(select(Report.id, Report.reference).where(Report.id.in_(ids))).all())
