"""`adam worker` and the thread of `adam serve`: later work, taken from the database as it falls due."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

import click

from adam import settings as configuration
from adam.cli import focal_points, messages
from adam.cli.opening import BEHIND
from adam.database import count_indexes, make_engine, pending, sessions
from adam.domain.actors import system
from adam.errors import Conflict
from adam.schemas.claims import judge
from adam.services import (
    courier,
    import_jobs,
    import_runs,
    jobs,
    reminders,
    retention,
    rules,
    saved_scopes,
    tokens,
)
from adam.settings import Settings

PAUSE = 0.5
AFTER_FAULT = 5.0
HOUR = 3600.0
HANDLERS: dict[str, jobs.Handler] = {import_jobs.KIND: import_runs.handler(judge)}
"""Kind of job → who does it. A noun with later work adds one line."""
CHORES: dict[str, tuple[float, Callable[[Settings, jobs.Sessions], object]]] = {
    "mails": (10.0, messages.chore),
    "old files": (HOUR, lambda _, make: import_jobs.drop_files(make, rules.load(), system("worker"))),
    "handovers": (600.0, focal_points.chore),
    "tidying": (24 * HOUR, lambda settings, make: retention.tidy(make, retention.of(settings))),
    "token uses": (60.0, lambda _, make: tokens.keep_uses(make)),
    "scheduled reports": (600.0, lambda _, make: saved_scopes.run_due(make, rules.load())),
    "counted indexes": (6 * HOUR, lambda _, make: count_indexes(make.kw["bind"])),
    "reminders": (12 * HOUR, lambda _, make: reminders.remind(make, rules.load())),
}
"""What is done again and again, without being asked for: name → (seconds between, what). Safe to do twice at once."""
log = logging.getLogger("adam.jobs")


@contextmanager
def worker(settings: Settings) -> Iterator[None]:
    """Threads that do later work as long as the block runs; each ends after the step it is at.

    Webhooks have a thread of their own: receivers that are slow keep no import and no e-mail waiting.
    """
    stop = Event()
    threads = [
        Thread(target=do, args=(settings, stop), name=name, daemon=True)
        for name, do in (("worker", _loop), ("webhooks", _webhooks))
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(10)


def _loop(settings: Settings, stop: Event) -> None:
    engine = make_engine(settings.database_url)
    make = sessions(engine)
    due = dict.fromkeys(CHORES, 0.0)
    try:
        while not stop.is_set():
            pause = PAUSE
            try:
                _chores(settings, make, due)
                while not stop.is_set() and _one(make):
                    pass
            except Exception:
                # A database that is away for a while must not end the worker for good.
                log.exception("the worker could not go on")
                pause = AFTER_FAULT
            stop.wait(pause)
    finally:
        engine.dispose()


def _webhooks(settings: Settings, stop: Event) -> None:
    engine = make_engine(settings.database_url)
    try:
        while not stop.is_set():
            pause = PAUSE * 2
            try:
                while not stop.is_set() and courier.deliver(
                    sessions(engine), rules.load(), courier.of(settings), stop.is_set
                ):
                    pass
            except Exception:
                log.exception("webhooks could not go on")
                pause = AFTER_FAULT
            stop.wait(pause)
    finally:
        engine.dispose()


def _chores(settings: Settings, make: jobs.Sessions, due: dict[str, float]) -> None:
    """Do the chores whose time has come; one that fails is done again at its next time."""
    for name, (every, do) in CHORES.items():
        if monotonic() >= due[name]:
            due[name] = monotonic() + every
            try:
                do(settings, make)
            except Exception:
                log.exception("the chore %s failed", name)


def _one(make: jobs.Sessions) -> bool:
    """Do one job; whether there was one."""
    run = jobs.take(make, rules.load(), tuple(HANDLERS))
    if run is None:
        return False
    jobs.attempt(run, HANDLERS[run.kind])
    return True


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due, and each chore, then end.")
def command(once: bool) -> None:
    """Do later work, such as uploaded imports, until stopped; `adam serve` does the same in a thread of its own."""
    settings = configuration.load()
    _refuse_pending(settings)
    if once:
        click.echo(f"{work_off(settings)} done.")
        return
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    click.echo("Doing later work; stop with Ctrl+C.")
    with worker(settings):
        stop.wait()


def _refuse_pending(settings: Settings) -> None:
    engine = make_engine(settings.database_url)
    try:
        if pending(engine.execution_options(read_only=True)):
            raise Conflict(BEHIND)
    finally:
        engine.dispose()


def work_off(settings: Settings) -> int:
    """Do each chore once and all jobs that are due; gives how many jobs."""
    engine = make_engine(settings.database_url)
    try:
        _chores(settings, sessions(engine), dict.fromkeys(CHORES, 0.0))
        courier.deliver(sessions(engine), rules.load(), courier.of(settings))
        return jobs.work_off(sessions(engine), rules.load(), HANDLERS)
    finally:
        engine.dispose()
