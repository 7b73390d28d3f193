"""Questions about handovers and invitations: which wait, who may see them, and what moves with one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import Session

from adam.domain import lifecycle
from adam.domain.actors import Actor
from adam.errors import NotFound
from adam.models.handovers import Handover, Invitation
from adam.models.messages import Message
from adam.models.partners import FocalPoint
from adam.models.projects import Project
from adam.models.submissions import Submission

OFFERED, ACCEPTED, DONE, DECLINED, WITHDRAWN = "offered", "accepted", "done", "declined", "withdrawn"
MOVING = (lifecycle.DRAFT, lifecycle.RETURNED, lifecycle.SUBMITTED)
# What is about the person and not about the work stays with the person.
PERSONAL = ("handover", "handover_answered", "designated")


def one(session: Session, actor: Actor, handover_id: str) -> Handover:
    """A handover that is there for whoever asks; raises NotFound."""
    query = select(Handover).where(Handover.id == handover_id, _seen(actor))
    found: Handover | None = session.scalar(query)
    if found is None:
        raise NotFound("There is no such handover.")
    return found


def _seen(actor: Actor) -> ColumnElement[bool]:
    """Coordinators and administrators see all; the two people concerned theirs."""
    if actor.sees_all_records:
        return true()
    if actor.account is None:
        return false()
    leaving = select(FocalPoint.id).where(FocalPoint.account_id == actor.account)
    return or_(
        Handover.account_id == actor.account,
        Handover.offered_by == actor.account,
        Handover.focal_point_id.in_(leaving),
    )


def waiting_for(session: Session, actor: Actor) -> list[Handover]:
    """The handovers that wait for the answer of whoever asks."""
    query = select(Handover).where(Handover.state == OFFERED, Handover.account_id == (actor.account or ""))
    return list(session.scalars(query.order_by(Handover.offered_at)))


def standing(session: Session, focal_point_id: str) -> Handover | None:
    """The handover of a focal point that was not declined or withdrawn."""
    states = (OFFERED, ACCEPTED, DONE)
    query = select(Handover).where(Handover.focal_point_id == focal_point_id, Handover.state.in_(states))
    return session.scalars(query.order_by(Handover.offered_at.desc())).first()


def due(session: Session, on: date) -> list[str]:
    """Accepted handovers whose day has come."""
    ripe = (Handover.state == ACCEPTED, Handover.day <= on, Handover.account_id.is_not(None))
    return list(session.scalars(select(Handover.id).where(*ripe).order_by(Handover.day)))


def submissions_of(account_id: str | None) -> Select[Submission]:
    """The open work that an account has written."""
    return select(Submission).where(Submission.author_id == (account_id or ""), Submission.state.in_(MOVING))


def messages_of(account_id: str | None) -> Select[Message]:
    """What an account was told of its work and has not read."""
    return select(Message).where(
        Message.account_id == (account_id or ""), Message.read_at.is_(None), Message.kind.not_in(PERSONAL)
    )


def moving(session: Session, handover: Handover) -> dict[str, int]:
    """What passes on: drafts, returned and waiting submissions, unread messages; and the partner's records."""
    person = session.get_one(FocalPoint, handover.focal_point_id)
    inner = submissions_of(person.account_id).with_only_columns(Submission.state, Submission.id).subquery()
    states = {
        row[0]: row[1] for row in session.execute(select(inner.c.state, func.count()).group_by(inner.c.state))
    }
    told = messages_of(person.account_id).with_only_columns(func.count(Message.id))
    records = select(func.count(Project.id)).where(
        Project.owner == handover.partner, Project.merged_into.is_(None)
    )
    return {state: states.get(state, 0) for state in MOVING} | {
        "messages": session.scalar(told) or 0,
        "records": session.scalar(records) or 0,
    }


def of_invitation(session: Session, invitation: Invitation) -> Handover | None:
    """What an invitation hands over, if anything."""
    return session.get(Handover, invitation.handover_id) if invitation.handover_id else None


def open_invitation(session: Session, **about: str) -> Invitation | None:
    """The invitation that was neither used nor revoked; `about` is a focal_point_id, a handover_id or an account_id."""
    query = select(Invitation).filter_by(**about, accepted_at=None, revoked_at=None)
    return session.scalars(query.order_by(Invitation.created_at.desc())).first()


def invitations_of(session: Session, focal_point_ids: Sequence[str]) -> dict[str, datetime]:
    """Focal point to when the open invitation of it ends."""
    query = select(Invitation.focal_point_id, Invitation.expires_at).where(
        Invitation.focal_point_id.in_(focal_point_ids),
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
    )
    return {key: until for key, until in session.execute(query) if key}
