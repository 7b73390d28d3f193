"""The append-only history: who, when, what before and after, chained by hashes; triggers refuse every change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from adam.models.base import Base, Code, Hash, Moment, Name, Order, Ref


class HistoryEntry(Base):
    """One change, written in the transaction of the change. `hash` covers the entry and the hash before it."""

    __tablename__ = "history"
    __table_args__ = (Index(None, "entity", "entity_id"),)
    id: Mapped[Order]
    at: Mapped[Moment]
    actor_id: Mapped[Ref | None]
    actor: Mapped[Name]
    action: Mapped[Code]
    entity: Mapped[Code]
    entity_id: Mapped[Name]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    hash: Mapped[Hash]
