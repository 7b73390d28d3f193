"""Uploaded files on their way in: the job, the file as long as it is kept, and what became of each row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Hash, Id, Moment, Name, Ref


class Import(Base):
    """One file of one partner: a trial run, or the applying of one; `follows` is the trial run that is applied.

    `total` is None until the file has been read; `done` counts the rows whose outcome is kept. `faults` says what
    is wrong with the file as a whole.
    """

    __tablename__ = "imports"
    __table_args__ = (Index("ix_imports_partner_created_at", "partner", "created_at"),)
    id: Mapped[Id]
    partner: Mapped[Code] = mapped_column(ForeignKey("partners.code"))
    author_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id"))
    author: Mapped[Name]
    name: Mapped[Name]
    format: Mapped[Code]
    mode: Mapped[Code]
    state: Mapped[Code]
    follows: Mapped[Ref | None] = mapped_column(ForeignKey("imports.id"), unique=True)
    job_id: Mapped[Ref | None] = mapped_column(ForeignKey("jobs.id"))
    size: Mapped[int]
    digest: Mapped[Hash]
    total: Mapped[int | None]
    done: Mapped[int]
    counts: Mapped[dict[str, Any]]
    notes: Mapped[list[Any]]
    faults: Mapped[list[Any]]
    created_at: Mapped[Moment]
    finished_at: Mapped[Moment | None]


class ImportFile(Base):
    """The file itself, kept for a while; both of a trial run and what applies it read the same."""

    __tablename__ = "import_files"
    import_id: Mapped[Ref] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    drop_after: Mapped[Moment] = mapped_column(index=True)


class ImportRow(Base):
    """What became of one record of a file; `base` is the digest of what stood before, empty for nothing.

    `dropped` is what of it had no place in ADAM: "element: why" → how often.
    """

    __tablename__ = "import_rows"
    __table_args__ = (Index("ix_import_rows_import_id_result", "import_id", "result"),)
    import_id: Mapped[Ref] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source_ref: Mapped[Name | None]
    title: Mapped[Name]
    place: Mapped[Name]
    result: Mapped[Code]
    problems: Mapped[list[Any]]
    changes: Mapped[list[Any]]
    dropped: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    digest: Mapped[Hash]
    base: Mapped[Hash]
    submission_id: Mapped[Ref | None]
