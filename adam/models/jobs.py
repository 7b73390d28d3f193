"""Later work: what was asked for and waits for a worker, written in the transaction of its cause."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from adam.models.base import Base, Code, Id, Long, Moment


class Job(Base):
    """One piece of later work: `kind` names who does it, `payload` what it is about.

    `attempts` grows with every taking and is the claim's number: who holds an older one has lost the job.
    `held_until` is when a worker that says nothing more is taken for dead. `progress` is the worker's own.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_run_after", "state", "run_after"),)
    id: Mapped[Id]
    kind: Mapped[Code]
    payload: Mapped[dict[str, Any]]
    state: Mapped[Code]
    attempts: Mapped[int]
    run_after: Mapped[Moment]
    held_until: Mapped[Moment | None]
    progress: Mapped[dict[str, Any]]
    error: Mapped[Long | None]
    created_at: Mapped[Moment]
    finished_at: Mapped[Moment | None]
