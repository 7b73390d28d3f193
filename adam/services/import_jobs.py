"""Uploaded files: taken in at once, tried first and then applied; the refused rows back; dropped after a while."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select

from adam.domain import documents
from adam.domain.actors import Actor
from adam.errors import Conflict, Forbidden, Invalid, Problem
from adam.models import new_id
from adam.models.imports import Import, ImportFile, ImportRow
from adam.queries import imports as questions
from adam.queries.imports import APPLY, DONE, DRY_RUN, FAILED, RUNNING, WAITING
from adam.services import counters, import_files, imports, jobs, templates
from adam.services.import_files import Judge
from adam.services.work import Work, working

KIND = "import"
MODES = (DRY_RUN, APPLY)
KEPT = timedelta(days=30)
MOST_STORED = 1 << 29
MOST_OF_ONE = 1 << 26
"""Bytes that the files of one partner may take: who sends much leaves room for the others."""
MOST_WAITING = 10
GONE = "The file is no longer kept: upload it again."


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: its name, its bytes, its format, and whether it is applied or only tried."""

    name: str
    content: bytes
    form: str
    mode: str


def upload(w: Work, given: Upload) -> Import:
    """Keep a file and ask for it to be read; returns at once, with the import that waits.

    Raises Forbidden without a partner to write for, Invalid for an empty file, Conflict where too many wait.
    """
    if w.actor.writes_for is None or w.actor.account is None:
        raise Forbidden("Only a focal point sends files, for its own partner.")
    if not given.content:
        raise Invalid([Problem("#/file", "empty", "The file is empty: choose another one.")])
    _refuse_full(w, len(given.content))
    found = _begin(w, given, None)
    w.session.add(ImportFile(import_id=found.id, content=given.content, drop_after=w.now + KEPT))
    w.session.flush()
    return found


def apply(w: Work, import_id: str) -> Import:
    """Apply exactly what a finished trial run showed; asked for twice, it is the same import again.

    Raises NotFound, and Conflict where it isn't finished, was no trial run, or the file is no longer kept.
    """
    trial = questions.one(w.session, w.actor, import_id)
    counters.lock(w.session, "import")
    before = questions.applied_by(w.session, trial.id)
    if before is not None:
        return questions.one(w.session, w.actor, before)
    if trial.mode != DRY_RUN or trial.state != DONE:
        raise Conflict("Only a trial run that has ended without a fault can be applied.", "state")
    content = questions.content(w.session, trial)
    if content is None:
        raise Conflict(GONE, "file_dropped")
    return _begin(w, Upload(trial.name, content, trial.format, APPLY), trial.id)


def _begin(w: Work, given: Upload, follows: str | None) -> Import:
    found = Import(
        id=new_id(),
        partner=w.actor.writes_for,
        author_id=w.actor.account,
        author=w.actor.label,
        name=_name(given.name),
        format=given.form,
        mode=given.mode,
        state=WAITING,
        follows=follows,
        size=len(given.content),
        digest=hashlib.sha256(given.content).hexdigest(),
        done=0,
        counts={},
        notes=[],
        faults=[],
        created_at=w.now,
    )
    found.job_id = jobs.put(w, KIND, {"import": found.id})
    w.session.add(found)
    w.session.flush()
    kept = {"name": found.name, "format": found.format, "mode": found.mode, "digest": found.digest}
    w.record("import.uploaded", ("import", found.id), None, kept | {"follows": follows})
    return found


def _name(name: str) -> str:
    """The file's own name without folders, as any database can hold it."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in documents.storable(bare) if sign.isprintable()).strip()[:200] or "file"


def _refuse_full(w: Work, size: int) -> None:
    counters.lock(w.session, "import")
    own = select(func.count()).where(
        Import.partner == w.actor.writes_for, Import.state.in_((WAITING, RUNNING))
    )
    if (w.session.scalar(own) or 0) >= MOST_WAITING:
        raise Conflict(
            f"{MOST_WAITING} files of yours wait already: wait until they are read, then send this one.",
            "busy",
        )
    if _stored(w, Import.partner == w.actor.writes_for) + size > MOST_OF_ONE:
        _drop_oldest(w, size)
    if _stored(w) + size > MOST_STORED:
        raise Conflict("No room is left for files now: try again tomorrow, or tell a coordinator.", "full")


def _stored(w: Work, *conditions: Any) -> int:
    query = select(func.coalesce(func.sum(Import.size), 0)).join(ImportFile).where(*conditions)
    return int(w.session.scalar(query) or 0)


def _drop_oldest(w: Work, size: int) -> None:
    """Make room among the partner's own files: those that were read go, the oldest first, as on their day."""
    own = Import.partner == w.actor.writes_for
    over = _stored(w, own) + size - MOST_OF_ONE
    needed = select(Import.follows).where(Import.follows.is_not(None), Import.state.in_((WAITING, RUNNING)))
    read = select(Import.id, Import.size).join(ImportFile).where(own, Import.state.in_((DONE, FAILED)))
    read = read.where(Import.id.not_in(needed))
    for import_id, freed in w.session.execute(read.order_by(Import.created_at, Import.id)).all():
        if over <= 0:
            return
        w.session.execute(delete(ImportFile).where(ImportFile.import_id == import_id))
        over -= freed
    if over > 0:
        raise Conflict("Files of yours that wait take all your room: wait until they are read.", "busy")


def refused(w: Work, import_id: str, judge: Judge) -> tuple[Import, bytes]:
    """The refused rows of a finished import as a file of the same kind, with what to mend.

    Raises NotFound, and Conflict where it isn't finished, nothing was refused, or the file is no longer kept.
    """
    found = questions.one(w.session, w.actor, import_id)
    content = questions.content(w.session, found)
    if found.state != DONE or not found.counts.get(imports.REFUSED):
        raise Conflict("No row of this import was refused.", "state")
    if content is None:
        raise Conflict(GONE, "file_dropped")
    choices = templates.choices(w)
    claims = import_files.read(content, found.format, (choices, judge)).claims
    rows = w.session.scalars(questions.rows(found.id, imports.REFUSED).order_by(ImportRow.number))
    pairs = [(claims[row.number - 1], [_told(item) for item in row.problems]) for row in rows]
    return found, import_files.refused(found.format, pairs, choices)


def _told(said: dict[str, Any]) -> Problem:
    return Problem(said["pointer"], said["code"], said["detail"], said["row"])


def drop_files(make: jobs.Sessions, rules: Any, actor: Actor) -> int:
    """Drop the files whose time is over; what became of their rows stays. Returns how many."""
    with working(make, actor, rules) as w:
        dropped = w.session.execute(delete(ImportFile).where(ImportFile.drop_after <= w.now))
        return int(dropped.rowcount)  # type: ignore[attr-defined]
