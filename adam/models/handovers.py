"""How the work of a focal point passes on: handovers that wait for the successor, and invitations to an account."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Hash, Id, Moment, Name, Ref


class Handover(Base):
    """A focal point names who answers from a day on; nothing changes until the successor accepts.

    `successor_id` is the focal point that the successor became; `account_id` their account, as far as they have one.
    """

    __tablename__ = "handovers"
    id: Mapped[Id]
    focal_point_id: Mapped[Ref] = mapped_column(ForeignKey("focal_points.id"), index=True)
    partner: Mapped[Code] = mapped_column(ForeignKey("partners.code"))
    name: Mapped[Name]
    email: Mapped[Name]
    day: Mapped[date]
    state: Mapped[Code] = mapped_column(index=True)
    offered_by: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"))
    offered_at: Mapped[Moment]
    answered_at: Mapped[Moment | None]
    account_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    successor_id: Mapped[Ref | None] = mapped_column(ForeignKey("focal_points.id"))


class Invitation(Base):
    """A link that makes one account once, or gives the one of `account_id` a password.

    `mark` is random, new with every sending, and part of what is signed: neither a copy of this table nor the secret
    key alone makes a link that works.
    """

    __tablename__ = "invitations"
    id: Mapped[Id]
    focal_point_id: Mapped[Ref | None] = mapped_column(ForeignKey("focal_points.id"), index=True)
    handover_id: Mapped[Ref | None] = mapped_column(ForeignKey("handovers.id"), index=True)
    account_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    partner: Mapped[Code | None] = mapped_column(ForeignKey("partners.code"))
    name: Mapped[Name]
    email: Mapped[Name] = mapped_column(index=True)
    mark: Mapped[Hash]
    invited_by: Mapped[Name]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    accepted_at: Mapped[Moment | None]
    revoked_at: Mapped[Moment | None]
