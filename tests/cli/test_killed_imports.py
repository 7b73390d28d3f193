"""A worker that is killed in the middle of an import: the next one goes on where it ended, and makes no twins."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from time import monotonic, sleep

from sqlalchemy import func, select, update

from adam.models.history import HistoryEntry
from adam.models.imports import Import, ImportRow
from adam.models.jobs import Job
from adam.models.submissions import Submission
from adam.services import import_jobs
from adam.services.import_jobs import Upload
from tests.builders.desks import Desk
from tests.builders.documents import document
from tests.builders.sheets import filled, whole
from tests.databases import Database

ROWS = 1500
LONGEST = 120


def worker(database: Database) -> subprocess.Popen[bytes]:
    """A process of `adam worker`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ADAM_")}
    settings = {"ADAM_DATABASE_URL": database.url, "ADAM_ENV": "testing"}
    command = [sys.executable, "-m", "adam.cli", "worker"]
    return subprocess.Popen(
        command, env=clean | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def wait(desk: Desk, import_id: str, enough: int) -> int:
    """How many rows are done, once that is enough or time is up."""
    deadline = monotonic() + LONGEST
    while (done := rows_done(desk, import_id)) < enough and monotonic() < deadline:
        sleep(0.01)
    return done


def rows_done(desk: Desk, import_id: str) -> int:
    """How many rows are done; asked without keeping the worker from writing."""
    with desk.make() as session:
        session.connection(execution_options={"read_only": True})
        return int(session.scalar(select(Import.done).where(Import.id == import_id)) or 0)


def test_a_killed_worker_leaves_no_twin_and_nothing_half_done(fresh_database: Database):
    desk = Desk(fresh_database)
    usual = whole(document())
    content = filled("csv", {f"K{n}": usual | {"title": f"Project {n}"} for n in range(ROWS)})
    found = desk.do(lambda w: import_jobs.upload(w, Upload("x.csv", content, "csv", "apply")))

    first = worker(fresh_database)
    done = wait(desk, found.id, 1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    after_kill = desk.read(found.id).done
    assert 0 < done <= after_kill < ROWS
    assert desk.count(Submission) == desk.count(ImportRow) == after_kill

    desk.do(lambda w: w.session.execute(update(Job).values(held_until=datetime.now(UTC))))
    second = worker(fresh_database)
    wait(desk, found.id, ROWS)
    second.terminate()
    second.wait()

    keys = desk.ask(lambda s: s.scalar(select(func.count(Submission.source_ref.distinct()))))
    entries = select(func.count()).where(HistoryEntry.action == "submission.imported")
    assert (desk.count(Submission), desk.count(ImportRow), keys) == (ROWS, ROWS, ROWS)
    assert desk.ask(lambda session: session.scalar(entries)) == ROWS
    assert desk.read(found.id).counts == {"new": ROWS}
