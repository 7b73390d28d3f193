"""Validation rounds: what a coordinator asks all partners of a scope, and what each answered, record by record."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Id, Long, Moment, Name, Order, Ref


class ValidationRound(Base):
    """A scope and a deadline; `figures` is the closing report, as it was when the round was closed."""

    __tablename__ = "validation_rounds"
    id: Mapped[Id]
    reference: Mapped[Code] = mapped_column(unique=True)
    title: Mapped[Name]
    scope: Mapped[dict[str, Any]]
    deadline: Mapped[date]
    state: Mapped[Code] = mapped_column(index=True)
    figures: Mapped[dict[str, Any] | None]
    author_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"))
    author: Mapped[Name]
    opened_at: Mapped[Moment] = mapped_column(index=True)
    reminded_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    version: Mapped[int]


class RoundRecord(Base):
    """A record that a round asks about; `partner` is who reported it when the round was opened."""

    __tablename__ = "round_records"
    __table_args__ = (UniqueConstraint("round_id", "project_id"),)
    id: Mapped[Order]
    round_id: Mapped[Ref] = mapped_column(ForeignKey("validation_rounds.id", ondelete="CASCADE"))
    project_id: Mapped[Ref] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    partner: Mapped[Code] = mapped_column(ForeignKey("partners.code"), index=True)
    answer: Mapped[Code | None]
    reason: Mapped[Long | None]
    submission_id: Mapped[Ref | None] = mapped_column(ForeignKey("submissions.id", ondelete="SET NULL"))
    author: Mapped[Name | None]
    at: Mapped[Moment | None]
