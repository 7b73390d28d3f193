"""Saved scopes: a report that somebody runs again and again, by hand or on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Id, Moment, Name, Ref


class SavedScope(Base):
    """A named report: kind and scope, the files its owner wants, and when it runs by itself.

    `rhythm` is never, weekly, monthly or quarterly; `day` the day of the week (1 is Monday) or of the month.
    `next_on` is the day of the next run; None where it is paused or never runs by itself.
    """

    __tablename__ = "saved_scopes"
    id: Mapped[Id]
    name: Mapped[Name]
    kind: Mapped[Code]
    scope: Mapped[dict[str, Any]]
    forms: Mapped[list[Any]]
    rhythm: Mapped[Code]
    day: Mapped[int | None]
    paused: Mapped[bool]
    next_on: Mapped[date | None] = mapped_column(index=True)
    owner_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id"), index=True)
    last_run_at: Mapped[Moment | None]
    last_report_id: Mapped[Ref | None] = mapped_column(ForeignKey("reports.id"))
    created_at: Mapped[Moment]
    version: Mapped[int]
