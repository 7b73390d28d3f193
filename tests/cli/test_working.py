"""`adam worker`: does what is due and says how much that was."""

from __future__ import annotations

import pytest

from adam.cli import working
from adam.services import jobs
from tests.builders.commands import adam, kept
from tests.databases import Database


def test_the_worker_does_what_is_due_and_says_how_much(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
):
    seen: list[str] = []
    monkeypatch.setitem(working.HANDLERS, "test", lambda run: seen.append(run.payload["name"]))
    kept(fresh_database, lambda w: jobs.put(w, "test", {"name": "one"}))

    first, second = (adam(fresh_database, "worker", "--once") for _ in range(2))

    assert (first.stdout.strip(), second.stdout.strip(), seen) == ("1 done.", "0 done.", ["one"])


def test_the_worker_refuses_a_database_that_waits_for_migrations(empty_database: Database):
    refused = adam(empty_database, "worker", "--once")

    assert refused.exit_code == 2 and "adam db upgrade" in refused.stderr


def test_what_is_done_again_and_again_is_done_once_here(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
):
    seen: list[str] = []
    monkeypatch.setitem(working.CHORES, "test", (60.0, lambda settings, make: seen.append(settings.env)))

    adam(fresh_database, "worker", "--once")

    assert seen == ["testing"]


def test_a_chore_that_fails_stops_nothing_else(fresh_database: Database, monkeypatch: pytest.MonkeyPatch):
    def fail(settings: object, make: object) -> None:
        raise ValueError("no line")

    monkeypatch.setitem(working.CHORES, "test", (60.0, fail))
    monkeypatch.setitem(working.HANDLERS, "test", lambda run: None)
    kept(fresh_database, lambda w: jobs.put(w, "test", {}))

    assert adam(fresh_database, "worker", "--once").stdout.strip() == "1 done."
