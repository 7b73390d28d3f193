"""Room for uploaded files: each partner has its share, and what waits to be read is never dropped."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from adam.errors import Conflict
from adam.models.imports import ImportFile
from adam.services import import_jobs
from adam.services.import_jobs import Upload
from tests.builders.desks import Desk
from tests.builders.sheets import lines
from tests.databases import Database

FILE = lines(["source_ref", "title"], ["A", "x"])


def waiting(desk: Desk) -> str:
    """A file that nobody has read yet."""
    given = Upload("more.csv", FILE, "csv", "dry_run")
    return str(desk.do(lambda w: import_jobs.upload(w, given)).id)


def test_who_sends_much_loses_its_own_oldest_files_that_were_read(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(import_jobs, "MOST_OF_ONE", 2 * len(FILE))
    norway, france = Desk(fresh_database, "NO"), Desk(fresh_database, "FR")
    theirs, first, second = france.send(FILE), norway.send(FILE), norway.send(FILE)

    third = norway.send(FILE)

    kept = set(norway.ask(lambda s: s.scalars(select(ImportFile.import_id)).all()))
    assert kept == {theirs.id, second.id, third.id}
    assert norway.read(first.id).total == 1 and third.state == "done"


def test_a_file_that_waits_or_is_applied_is_not_dropped_for_another(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(import_jobs, "MOST_OF_ONE", 2 * len(FILE))
    desk = Desk(fresh_database)
    tried = desk.send(FILE)
    desk.do(lambda w: import_jobs.apply(w, tried.id))
    waits = waiting(desk)

    with pytest.raises(Conflict, match="wait until they are read"):
        waiting(desk)

    assert set(desk.ask(lambda s: s.scalars(select(ImportFile.import_id)).all())) == {tried.id, waits}
