"""Questions about meetings; they are there for everybody of the partnership, and not for the public."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, case, false, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.domain.searches import Term, place
from adam.errors import NotFound
from adam.models.meetings import Meeting

UNDATED = case((Meeting.starts_on.is_(None), 1), else_=0)


def visible(actor: Actor, kind: str | None = None, pillar: str | None = None) -> Select[Any]:
    """The meetings that are there for this actor."""
    query = select(Meeting)
    if not (actor.signed_in or actor.system):
        return query.where(false())
    query = query.where(Meeting.kind == kind) if kind else query
    return query.where(Meeting.pillar == pillar) if pillar else query


def one(session: Session, actor: Actor, meeting_id: str) -> Meeting:
    """The meeting, if it is there for this actor; raises NotFound otherwise."""
    found: Meeting | None = session.scalar(visible(actor).where(Meeting.id == meeting_id))
    if found is None:
        raise NotFound("There is no such meeting.")
    return found


def page(session: Session, query: Select[Any], window: tuple[int, int]) -> Sequence[Meeting]:
    """The newest first, those without a day last; `window` is (offset, limit)."""
    ordered = query.order_by(UNDATED, Meeting.starts_on.desc(), Meeting.reference)
    return session.scalars(ordered.offset(window[0]).limit(window[1])).all()


def holding(session: Session, actor: Actor, sought: Sequence[Term]) -> list[Any]:
    """Those that hold all that is looked for and are there for this actor: first those that do in their titles."""
    columns = (Meeting.id, Meeting.reference, Meeting.title, Meeting.summary, Meeting.place, Meeting.host)
    query = (
        visible(actor)
        .with_only_columns(*columns)
        .order_by(UNDATED, Meeting.starts_on.desc(), Meeting.reference)
    )
    placed = ((place(sought, row.title, _said(row)), row) for row in session.execute(query))
    return [row for _, row in sorted(((at, row) for at, row in placed if at is not None), key=itemgetter(0))]


def _said(row: Any) -> str:
    return " ".join(text for text in (row.reference, row.place, row.host, row.summary) if text)


def names(session: Session) -> dict[str, str]:
    """Id → title of every meeting, the newest first."""
    query = select(Meeting.id, Meeting.title).order_by(UNDATED, Meeting.starts_on.desc(), Meeting.reference)
    return dict(session.execute(query).all())
