"""Questions about budgets: what accepted records of one kind of help or sector cost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.models.project_parts import ProjectAssistanceType, ProjectSector
from adam.models.projects import Project
from adam.queries import visibility

NEWEST = 500
"""Enough to say what is usual, and few enough to be read while somebody waits."""


def of_type(session: Session, actor: Actor, code: str, but: str | None = None) -> Sequence[Decimal]:
    """The headline figures in US dollars of the newest records of a kind of help that the actor may see."""
    same = select(ProjectAssistanceType.id).where(
        ProjectAssistanceType.project_id == Project.id, ProjectAssistanceType.assistance_type == code
    )
    return session.scalars(_newest(actor, same.exists(), but)).all()


def of_sector(session: Session, actor: Actor, code: str, but: str | None = None) -> Sequence[Decimal]:
    """The same of a purpose code of the DAC; `but` is a record that doesn't count."""
    same = select(ProjectSector.id).where(
        ProjectSector.project_id == Project.id, ProjectSector.vocabulary == "DAC", ProjectSector.code == code
    )
    return session.scalars(_newest(actor, same.exists(), but)).all()


def _newest(actor: Actor, same: ColumnElement[bool], but: str | None) -> Select[Any]:
    counted = (visibility.projects(actor), Project.merged_into.is_(None), Project.usd > 0)
    query = select(Project.usd).where(*counted, same, Project.id != (but or ""))
    return query.order_by(Project.id.desc()).limit(NEWEST)
