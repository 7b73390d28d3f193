"""The accepted record: a project, and the rows that hang on it (project_parts.py)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Hash, Id, Long, Moment, Name, Ref
from adam.models.types import Exact


class Project(Base):
    """One accepted activity.

    `owner` is the partner that reports it; `usd`, `usd_kind` and `without_rate` are its headline figure
    (domain/money.py), computed when it is written; `document` is the accepted draft as it came, from which the
    project object of the API is answered; `added` is what other partners added to it, by their codes;
    `fingerprint` changes when a field that decides findings changes.
    """

    __tablename__ = "projects"
    __table_args__ = (
        Index("ix_projects_listed", "owner", "merged_into", "visibility", "status", "created_at", "id"),
        Index("ix_projects_seen", "id", "merged_into", "visibility", "owner", "status", "created_at"),
        Index("ix_projects_newest", "created_at", "id"),
        Index("ix_projects_updated", "updated_at", "id"),
    )
    id: Mapped[Id]
    reference: Mapped[Code] = mapped_column(unique=True)
    owner: Mapped[Code] = mapped_column(ForeignKey("partners.code"))
    title: Mapped[Name]
    language: Mapped[Code]
    description: Mapped[Long | None]
    status: Mapped[Code] = mapped_column(index=True)
    visibility: Mapped[Code]
    start_planned: Mapped[date | None]
    end_planned: Mapped[date | None]
    start_actual: Mapped[date | None]
    end_actual: Mapped[date | None]
    begins: Mapped[date | None] = mapped_column(index=True)
    ends: Mapped[date | None] = mapped_column(index=True)
    usd: Mapped[Decimal | None] = mapped_column(Exact(20, 2))
    usd_kind: Mapped[Code | None]
    without_rate: Mapped[int]
    document: Mapped[dict[str, Any]]
    added: Mapped[dict[str, Any]]
    fingerprint: Mapped[Hash]
    merged_into: Mapped[Ref | None] = mapped_column(ForeignKey("projects.id"))
    last_confirmed_on: Mapped[date | None]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    version: Mapped[int]
