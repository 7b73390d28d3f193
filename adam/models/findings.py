"""The engine's claims about a pair or a cell, and what coordinators decided."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Computed, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Hash, Id, Long, Moment, Name, Order, Ref
from adam.models.types import Exact

STANDS = (
    "CASE WHEN state IN ('decided', 'stated') THEN 'decided' WHEN state = 'gone' THEN 'gone' "
    "WHEN kind IN ('record_duplicate', 'same_money', 'component', 'continuation') THEN 'record' "
    "ELSE 'coordination' END"
)
"""The queue in which a finding stands; the database reckons it, so that no statement can forget to."""


class Finding(Base):
    """A claim with its evidence.

    Of a pair: `a_id` < `b_id`. Of a cell (fragmentation, gap): `country`, `pillar`, `assistance_type`, no records.
    `subject` is the sorted pair or the cell as one text and is unique; `fingerprint` is that of the deciding fields
    of both records when the state was last set; `stake` is the money at stake in US dollars, `weight` is that × the
    certainty. The order of a queue is weight, certainty, reference, each falling, so that one index holds it.
    """

    __tablename__ = "findings"
    __table_args__ = (
        Index(
            "ix_findings_queue",
            *("queue", "weight", "score", "reference"),
            *("a_id", "b_id", "group_key", "id"),
        ),
        Index("ix_findings_group_key", "group_key", "queue", "weight", "score", "reference"),
        Index("ix_findings_counts", "queue", "group_key", "kind", "state"),
        Index(None, "state", "kind"),
    )
    id: Mapped[Id]
    reference: Mapped[Code] = mapped_column(unique=True)
    subject: Mapped[Name] = mapped_column(unique=True)
    kind: Mapped[Code]
    a_id: Mapped[Ref | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    b_id: Mapped[Ref | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    country: Mapped[Code | None]
    pillar: Mapped[Code | None]
    assistance_type: Mapped[Code | None]
    score: Mapped[Decimal] = mapped_column(Exact(6, 5))
    prior: Mapped[Decimal] = mapped_column(Exact(12, 6))
    evidence: Mapped[list[Any]]
    stake: Mapped[Decimal | None] = mapped_column(Exact(20, 2))
    stake_reason: Mapped[Long | None]
    state: Mapped[Code]
    fingerprint: Mapped[Hash]
    group_key: Mapped[Ref | None]
    queue: Mapped[Code | None] = mapped_column(Computed(STANDS))
    weight: Mapped[Decimal | None] = mapped_column(Exact(27, 7), Computed("coalesce(stake, 0) * score"))
    rules_version: Mapped[Code]
    first_seen: Mapped[Moment]
    last_seen: Mapped[Moment]
    version: Mapped[int]


class Judgement(Base):
    """A verdict on a subject; the newest that was not taken back counts, and survives every rerun.

    `terms` says how its remedy was meant: which record stays or is the whole, who does what.
    """

    __tablename__ = "judgements"
    id: Mapped[Order]
    finding_id: Mapped[Ref] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"), index=True)
    subject: Mapped[Name] = mapped_column(index=True)
    verdict: Mapped[Code]
    reason: Mapped[Long]
    review_on: Mapped[date | None] = mapped_column(index=True)
    fingerprint: Mapped[Hash]
    author_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"))
    author: Mapped[Name]
    at: Mapped[Moment]
    terms: Mapped[dict[str, Any] | None]
    undone_at: Mapped[Moment | None]
    undone_by: Mapped[Name | None]
    undone_because: Mapped[Long | None]


class Need(Base):
    """A recorded need; without one an empty cell is only "no recorded assistance".

    `author` is who entered it here, None for those from files; a need is open until `closed_on`.
    """

    __tablename__ = "needs"
    __table_args__ = (UniqueConstraint("country", "pillar", "commitment", "statement"),)
    id: Mapped[Order]
    country: Mapped[Code] = mapped_column(ForeignKey("countries.code"))
    pillar: Mapped[Code] = mapped_column(ForeignKey("pillars.code"))
    commitment: Mapped[Code | None] = mapped_column(ForeignKey("commitments.code"))
    assistance_type: Mapped[Code | None] = mapped_column(ForeignKey("assistance_types.code"))
    statement: Mapped[Name]
    recorded_on: Mapped[date]
    source: Mapped[Name]
    author: Mapped[Name | None]
    closed_on: Mapped[date | None]
    closed_reason: Mapped[Long | None]
    version: Mapped[int] = mapped_column(default=1)
