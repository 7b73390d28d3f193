"""Questions about uploaded files: one, a partner's latest, the outcomes of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.errors import NotFound
from adam.models.imports import Import, ImportFile, ImportRow
from adam.queries import visibility

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
DRY_RUN, APPLY = "dry_run", "apply"


class Told(NamedTuple):
    """What a trial run showed of one row."""

    result: str
    digest: str
    base: str


def one(session: Session, actor: Actor, import_id: str) -> Import:
    """The import, if it is there for this actor; raises NotFound otherwise."""
    found = session.scalar(select(Import).where(Import.id == import_id, visibility.imports(actor)))
    if found is None:
        raise NotFound("There is no such import.")
    return found


def listed(actor: Actor) -> Select[Import]:
    """The imports that are there for this actor; not ordered."""
    return select(Import).where(visibility.imports(actor))


def latest(session: Session, actor: Actor, most: int) -> Sequence[Import]:
    """The newest of them."""
    return session.scalars(
        listed(actor).order_by(Import.created_at.desc(), Import.id.desc()).limit(most)
    ).all()


def rows(import_id: str, result: str | None = None) -> Select[ImportRow]:
    """The outcomes of an import that the caller may see, of one kind where one is asked for; not ordered."""
    query = select(ImportRow).where(ImportRow.import_id == import_id)
    return query.where(ImportRow.result == result) if result else query


def page(session: Session, query: Select[ImportRow], window: tuple[int, int]) -> Sequence[ImportRow]:
    """One page in the order of the file; `window` is (offset, limit)."""
    return session.scalars(query.order_by(ImportRow.number).offset(window[0]).limit(window[1])).all()


def told(session: Session, import_id: str, numbers: Sequence[int]) -> dict[int, Told]:
    """Row → what a trial run showed of it."""
    columns = (ImportRow.number, ImportRow.result, ImportRow.digest, ImportRow.base)
    query = select(*columns).where(
        ImportRow.import_id == import_id, ImportRow.number.between(min(numbers), max(numbers))
    )
    return {row.number: Told(row.result, row.digest, row.base) for row in session.execute(query)}


def content(session: Session, found: Import) -> bytes | None:
    """The file itself; None once it was dropped. What applies a trial run reads the same file."""
    return session.scalar(
        select(ImportFile.content).where(ImportFile.import_id == (found.follows or found.id))
    )


def applied_by(session: Session, import_id: str) -> str | None:
    """The import that applies a trial run, or None."""
    return session.scalar(select(Import.id).where(Import.follows == import_id))


def ahead(session: Session, found: Import) -> int:
    """How many imports of anybody wait or run before this one."""
    query = select(func.count()).where(
        Import.state.in_((WAITING, RUNNING)), Import.created_at < found.created_at
    )
    return session.scalar(query) or 0
