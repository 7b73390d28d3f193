"""Meetings of the partnership, as the compendium of recommendations leans on them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Id, Long, Moment, Name


class Meeting(Base):
    """A conference, an expert working group, a round table or the Policy Consultative Group; days may be unknown."""

    __tablename__ = "meetings"
    id: Mapped[Id]
    reference: Mapped[Code] = mapped_column(unique=True)
    title: Mapped[Name]
    kind: Mapped[Code]
    pillar: Mapped[Code | None] = mapped_column(ForeignKey("pillars.code"))
    place: Mapped[Name | None]
    host: Mapped[Name | None]
    starts_on: Mapped[date | None] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    summary: Mapped[Long | None]
    source: Mapped[Name | None]
    created_at: Mapped[Moment]
    version: Mapped[int]
