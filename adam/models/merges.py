"""What a merge did, so that it can be kept up while both sides change, and undone exactly."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Id, Long, Moment, Name, Ref


class Merge(Base):
    """One record that went into another by a verdict.

    `choices` says which side each part of the record was taken from; `before` is what the staying record's owner said
    then and `own` what it says since, `after` what stands with what was carried over, `given` the rows that came from
    the absorbed one; `moved` lists what else was touched, each with its values before and after; `kept` says what an
    undo left as it was.
    """

    __tablename__ = "merges"
    id: Mapped[Id]
    finding_id: Mapped[Ref] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"), index=True)
    stays_id: Mapped[Ref] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    absorbed_id: Mapped[Ref] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    choices: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]]
    own: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    given: Mapped[dict[str, Any]]
    moved: Mapped[list[Any]]
    reason: Mapped[Long]
    author: Mapped[Name]
    at: Mapped[Moment]
    undone_at: Mapped[Moment | None]
    undone_by: Mapped[Name | None]
    kept: Mapped[list[Any] | None]
