"""Stored reports: a snapshot that can be read again and explained."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Id, Moment, Name, Ref


class Report(Base):
    """Scope, rules version, time and figures; `figures` holds all that its page shows."""

    __tablename__ = "reports"
    id: Mapped[Id]
    reference: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Code]
    scope: Mapped[dict[str, Any]]
    figures: Mapped[dict[str, Any]]
    rules_version: Mapped[Code]
    audience: Mapped[Code]
    author_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"))
    author: Mapped[Name]
    created_at: Mapped[Moment] = mapped_column(index=True)
