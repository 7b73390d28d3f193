"""Later work: put into the transaction of its cause, taken by one worker at a time, resumed when a worker dies."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import Actor, system
from adam.errors import AdamError
from adam.models import new_id
from adam.models.jobs import Job
from adam.services.rules import Rules
from adam.services.work import Work, working

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
HOLD = timedelta(seconds=60)
BEAT = 20.0
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_ERROR = 2000
log = logging.getLogger("adam.jobs")
Sessions = sessionmaker[Session]


class Lost(AdamError):
    """Another worker has taken this job since: whatever was done since its last step is rolled back."""


@dataclass(slots=True)
class Run:
    """One attempt at a job: what to do, how far earlier attempts came, and how to open a transaction."""

    make: Sessions
    rules: Rules
    id: str
    kind: str
    payload: dict[str, Any]
    attempt: int
    progress: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def step(self, actor: Actor | None = None) -> Iterator[Work]:
        """One transaction of the job: its effect and `progress` are kept together, if the job is still ours.

        Raises Lost where another worker has taken it.
        """
        with working(self.make, actor or system(self.kind), self.rules) as w:
            _insist(w.session, self, {"held_until": w.now + HOLD})
            yield w
            _insist(w.session, self, {"progress": self.progress})


Handler = Callable[[Run], None]


def put(w: Work, kind: str, payload: dict[str, Any], after: datetime | None = None) -> str:
    """Ask for later work, not before `after`; returns the job's id. It is there when this work is committed."""
    job = Job(
        id=new_id(),
        kind=kind,
        payload=payload,
        state=WAITING,
        attempts=0,
        run_after=after or w.now,
        progress={},
        created_at=w.now,
    )
    w.session.add(job)
    w.session.flush()
    return job.id


def work_off(make: Sessions, rules: Rules, handlers: Mapping[str, Handler]) -> int:
    """Do all work that is due and that `handlers` know, one after another; returns how many attempts were made."""
    done = 0
    while (run := take(make, rules, tuple(handlers))) is not None:
        attempt(run, handlers[run.kind])
        done += 1
    return done


def take(make: Sessions, rules: Rules, kinds: tuple[str, ...]) -> Run | None:
    """Take the job that has waited longest, or one whose worker fell silent; None where nothing is due."""
    now = datetime.now(UTC)
    with make() as session:
        session.connection(execution_options={"read_only": True, "postgresql_readonly": True})
        if session.scalar(_due(now, kinds)) is None:
            return None
    table: Any = Job.__table__
    chosen = _due(now, kinds).with_for_update(skip_locked=True).scalar_subquery()
    claim = (
        update(table)
        .where(table.c.id == chosen)
        .values(state=RUNNING, attempts=table.c.attempts + 1, held_until=now + HOLD)
        .returning(table.c.id, table.c.kind, table.c.payload, table.c.attempts, table.c.progress)
    )
    with make() as session, session.begin():
        row = session.execute(claim).one_or_none()
    return Run(make, rules, row.id, row.kind, row.payload, row.attempts, row.progress) if row else None


def _due(now: datetime, kinds: tuple[str, ...]) -> Any:
    waits = and_(Job.state == WAITING, Job.run_after <= now)
    silent = and_(Job.state == RUNNING, Job.held_until < now)
    query = select(Job.id).where(or_(waits, silent), Job.kind.in_(kinds))
    return query.order_by(Job.run_after, Job.id).limit(1)


def attempt(run: Run, handler: Handler) -> None:
    """Do a job that was taken; what it raises is kept with the job, which is tried again later and later."""
    try:
        with _held(run):
            handler(run)
    except Lost:
        log.warning("job %s (%s) was taken by another worker", run.id, run.kind)
    except Exception as error:
        log.error("job %s (%s) failed", run.id, run.kind, exc_info=error)
        _put_back(run, f"{type(error).__name__}: {error}"[:LONGEST_ERROR])
    else:
        _finish(run, {"state": DONE, "error": None})


@contextmanager
def _held(run: Run) -> Iterator[None]:
    """Say now and then that the job is still worked on, however long a step takes; a dead process says nothing."""
    ended = Event()

    def say() -> None:
        while not ended.wait(BEAT):
            try:
                _settle(run, {"held_until": datetime.now(UTC) + HOLD})
            except Exception:
                log.warning("job %s could not be held", run.id, exc_info=True)

    thread = Thread(target=say, name=f"hold {run.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _put_back(run: Run, error: str) -> None:
    if run.attempt >= MOST_ATTEMPTS:
        _finish(run, {"state": FAILED, "error": error})
        return
    pause = FIRST_PAUSE * 2 ** (run.attempt - 1)
    _settle(run, {"state": WAITING, "error": error, "run_after": datetime.now(UTC) + pause})


def _finish(run: Run, values: dict[str, Any]) -> None:
    _settle(run, values | {"finished_at": datetime.now(UTC), "held_until": None})


def _settle(run: Run, values: dict[str, Any]) -> None:
    """Write how an attempt ended, unless another worker has taken the job since."""
    with run.make() as session, session.begin():
        session.execute(_ours(run).values(**values))


def _insist(session: Session, run: Run, values: dict[str, Any]) -> None:
    if session.execute(_ours(run).values(**values)).rowcount != 1:  # type: ignore[attr-defined]
        raise Lost("Another worker has taken this job.")


def _ours(run: Run) -> Any:
    table: Any = Job.__table__
    return update(table).where(
        table.c.id == run.id, table.c.state == RUNNING, table.c.attempts == run.attempt
    )
