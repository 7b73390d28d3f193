"""Backup and restore: one moment of a service that runs, into either database, all of it or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from adam.cli import archives as commands
from adam.database import make_engine, sessions
from adam.errors import Conflict
from adam.models import Base
from adam.models.history import HistoryEntry
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.services import history, import_jobs, projects, submissions
from adam.services.import_jobs import Upload
from adam.services.projects import Entry
from tests.builders.desks import Desk
from tests.builders.documents import claim, draft, everything
from tests.builders.sheets import filled, whole
from tests.databases import Database


def run(monkeypatch: pytest.MonkeyPatch, url: str, command: object, *given: object) -> str:
    """What a command says on this database; raises what it raises."""
    monkeypatch.setenv("ADAM_DATABASE_URL", url)
    result = CliRunner().invoke(command, [str(one) for one in given], catch_exceptions=False)
    return result.output


def content(engine) -> dict[str, list[tuple]]:
    """Every row of every table, as Python sees it."""
    with engine.connect().execution_options(read_only=True) as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def filled_desk(fresh_database: Database) -> Desk:
    """A bit of everything: records, one merged into a later one, a submission, a file on its way in."""
    desk = Desk(fresh_database)
    first, second = desk.do(
        lambda w: projects.record(w, [Entry(draft(), "NO"), Entry(draft(title="Потоки"), "FR")])
    )

    def merge(w):
        w.session.get_one(Project, min(first, second)).merged_into = max(first, second)

    desk.do(merge)
    desk.do(lambda w: submissions.submit(w, submissions.save(w, claim(everything())).id))
    file = filled("csv", {"K1": whole(everything())})
    desk.do(lambda w: import_jobs.upload(w, Upload("x.csv", file, "csv", "dry_run")))
    return desk


def test_an_archive_goes_into_either_database_and_nothing_differs(
    filled_desk: Desk, fresh_database: Database, empty_database: Database, tmp_path: Path, monkeypatch
):
    other = tmp_path / "other.db"
    kept = tmp_path / "kept.zip"

    run(monkeypatch, fresh_database.url, commands.backup, kept)
    said = run(monkeypatch, f"sqlite:///{other}", commands.restore, kept)
    again = tmp_path / "again.zip"
    run(monkeypatch, f"sqlite:///{other}", commands.backup, again)
    run(monkeypatch, empty_database.url, commands.restore, again)

    before, after = content(fresh_database.engine), content(empty_database.engine)
    assert "is whole" in said and kept.stat().st_mode & 0o777 == 0o600
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    make = sessions(empty_database.engine)
    with make() as session, session.begin():
        assert history.first_broken(session) is None
        session.add(HistoryEntry(**_entry()))


def _entry() -> dict:
    nothing = {"actor_id": None, "before": None, "after": None, "hash": "x" * 64}
    about = {"actor": "t", "action": "t", "entity": "t", "entity_id": "t"}
    return nothing | about | {"at": datetime.now(UTC)}


def test_a_backup_made_while_others_write_is_of_one_moment(
    filled_desk: Desk, fresh_database: Database, tmp_path: Path, monkeypatch
):
    stop, written = Event(), []

    def write() -> None:
        while not stop.is_set():
            written.append(filled_desk.do(lambda w: submissions.save(w, claim(everything())).id))

    thread = Thread(target=write)
    thread.start()
    try:
        while len(written) < 3:
            stop.wait(0.01)
        sure = list(written)
        run(monkeypatch, fresh_database.url, commands.backup, tmp_path / "live.zip")
    finally:
        stop.set()
        thread.join()
    url = f"sqlite:///{tmp_path / 'live.db'}"
    run(monkeypatch, url, commands.restore, tmp_path / "live.zip")

    engine = make_engine(url)
    with engine.connect().execution_options(read_only=True) as connection:
        there = set(connection.scalars(select(Submission.id)))
        told = set(
            connection.scalars(
                select(HistoryEntry.entity_id).where(HistoryEntry.action == "submission.saved")
            )
        )
    engine.dispose()
    assert set(sure) <= there and there == told


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_nothing_is_overwritten_unless_that_is_said(
    filled_desk: Desk, fresh_database: Database, tmp_path: Path, monkeypatch
):
    kept = tmp_path / "kept.zip"
    run(monkeypatch, fresh_database.url, commands.backup, kept)
    filled_desk.do(lambda w: submissions.save(w, claim(everything())))

    with pytest.raises(Conflict, match="is there already"):
        run(monkeypatch, fresh_database.url, commands.backup, kept)
    with pytest.raises(Conflict, match="something in this database"):
        run(monkeypatch, fresh_database.url, commands.restore, kept)
    assert filled_desk.count(Submission) == 2
    run(monkeypatch, fresh_database.url, commands.restore, kept, "--force")

    assert filled_desk.count(Submission) == 1


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_a_damaged_archive_changes_nothing(
    filled_desk: Desk, fresh_database: Database, tmp_path: Path, monkeypatch
):
    kept = tmp_path / "kept.zip"
    run(monkeypatch, fresh_database.url, commands.backup, kept)
    data = bytearray(kept.read_bytes())
    data[len(data) // 2] ^= 0xFF
    kept.write_bytes(data)

    with pytest.raises(Conflict, match="damaged|no whole archive"):
        run(monkeypatch, fresh_database.url, commands.restore, kept, "--force")

    assert filled_desk.count(Submission) == 1
