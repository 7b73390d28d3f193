"""One shared case of two partners about assistance that doubles or overlaps, and what they say to each other."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Id, Long, Moment, Name, Order, Ref


class Case(Base):
    """What was seen (`seen`: the finding as it was), until when, and how it ended.

    `partner_a` and `partner_b` report the two records; they are the same where one partner reports both.
    """

    __tablename__ = "cases"
    id: Mapped[Id]
    reference: Mapped[Code] = mapped_column(unique=True)
    finding_id: Mapped[Ref] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Code]
    a_id: Mapped[Ref] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    b_id: Mapped[Ref] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    partner_a: Mapped[Code] = mapped_column(ForeignKey("partners.code"), index=True)
    partner_b: Mapped[Code] = mapped_column(ForeignKey("partners.code"), index=True)
    title: Mapped[Name]
    seen: Mapped[dict[str, Any]]
    due_on: Mapped[date] = mapped_column(index=True)
    state: Mapped[Code] = mapped_column(index=True)
    outcome: Mapped[Code | None]
    outcome_text: Mapped[Long | None]
    author: Mapped[Name]
    opened_at: Mapped[Moment] = mapped_column(index=True)
    updated_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    closed_by: Mapped[Name | None]
    reminded_on: Mapped[date | None]
    version: Mapped[int]


class CaseMessage(Base):
    """What somebody said in a case, or what was done with it (`move`); `partner` is the side that speaks, if one."""

    __tablename__ = "case_messages"
    id: Mapped[Order]
    case_id: Mapped[Ref] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    move: Mapped[Code]
    partner: Mapped[Code | None]
    author_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"))
    author: Mapped[Name]
    at: Mapped[Moment]
    text: Mapped[Long]
