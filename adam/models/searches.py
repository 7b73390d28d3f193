"""What of each accepted record is searched: its words as domain/searches.py folds them, kept with the record."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Long, Order, Ref


class SearchText(Base):
    """The words of one record, parted by spaces; public fields only.

    The full-text index over them is the database's own, made by a migration: the FTS5 table `search_index` with
    triggers on SQLite, GIN indexes over arrays of words on PostgreSQL. `heading` is what titles are ordered by.
    """

    __tablename__ = "search_texts"
    id: Mapped[Order]
    project_id: Mapped[Ref] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), unique=True)
    heading: Mapped[Long] = mapped_column(index=True)
    title: Mapped[Long]
    names: Mapped[Long]
    body: Mapped[Long]
