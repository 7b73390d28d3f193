"""A partner's claim on its way to becoming fact, with its comments and problems."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Hash, Id, Long, Moment, Name, Order, Ref


class Submission(Base):
    """The document as it came, its state, and the record it updates or became.

    An addition names the record of another partner that it `adds_to`; `base` is the record's document as it was when
    an update of it was begun. `source_ref` is the partner's own key, unique per partner; `digest` tells an unchanged
    document at a glance; `once` is the hidden key of the form that made it, so that a double click makes one
    submission; `hand` that of the form that wrote it last, which may go on where the answer to its last sending got
    lost on the way.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        Index("uq_submissions_partner_source_ref", "partner", "source_ref", unique=True),
        Index("ix_submissions_queue", "state", "partner", "updated_at", "id"),
    )
    id: Mapped[Id]
    reference: Mapped[Code] = mapped_column(unique=True)
    partner: Mapped[Code] = mapped_column(ForeignKey("partners.code"))
    source_ref: Mapped[Name | None]
    project_id: Mapped[Ref | None] = mapped_column(ForeignKey("projects.id"), index=True)
    adds_to: Mapped[Ref | None] = mapped_column(index=True)
    state: Mapped[Code]
    title: Mapped[Name]
    document: Mapped[dict[str, Any]]
    base: Mapped[dict[str, Any] | None]
    digest: Mapped[Hash]
    once: Mapped[Hash | None] = mapped_column(unique=True)
    hand: Mapped[Hash | None]
    author_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"))
    origin: Mapped[Code]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    submitted_at: Mapped[Moment | None]
    decided_at: Mapped[Moment | None]
    version: Mapped[int]


class SubmissionComment(Base):
    """What a coordinator said when returning or rejecting, or a partner when answering.

    `answers` is the comment that this one replies to.
    """

    __tablename__ = "submission_comments"
    id: Mapped[Order]
    submission_id: Mapped[Ref] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), index=True)
    author: Mapped[Name]
    at: Mapped[Moment]
    move: Mapped[Code | None]
    pointer: Mapped[Name | None]
    text: Mapped[Long]
    answers: Mapped[int | None]


class SubmissionProblem(Base):
    """A problem that a kept draft still has."""

    __tablename__ = "submission_problems"
    id: Mapped[Order]
    submission_id: Mapped[Ref] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), index=True)
    pointer: Mapped[Name]
    code: Mapped[Hash]
    detail: Mapped[Long]


class WarningAnswer(Base):
    """Why a warning may stand: the sentence that was answered, the reason, who gave it and when.

    `about` is the digest of the answers that the warning was about; the reason lapses when they change.
    """

    __tablename__ = "warning_answers"
    id: Mapped[Order]
    submission_id: Mapped[Ref] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), index=True)
    code: Mapped[Code]
    pointer: Mapped[Name]
    about: Mapped[Hash]
    detail: Mapped[Long]
    reason: Mapped[Long]
    author_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"))
    author: Mapped[Name]
    at: Mapped[Moment]
