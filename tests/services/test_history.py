"""The history: a chain in which every change of a past entry shows."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from adam.models.history import HistoryEntry
from adam.services.history import Change, first_broken, write
from tests.builders.documents import focal
from tests.builders.recording import Works, saved
from tests.conftest import NOW
from tests.databases import Database

HOSTILE = {
    "text": "Пост\u2028 'quoted' \\ é 中",
    "number": 7,
    "deep": [{"a": None, "b": [True, "1.50"]}],
    "": "",
}


def written(session: Session, *documents: dict[str, Any]) -> list[int]:
    """The ids of new entries with these documents."""
    write(session, [Change("test.done", "test", "1", None, one) for one in documents], (None, "tests"), NOW)
    query = select(HistoryEntry.id).where(HistoryEntry.action == "test.done").order_by(HistoryEntry.id)
    return list(session.scalars(query))


def unguarded(session: Session, database: Database) -> None:
    """Take the triggers away, as somebody with the database in hand could; the test's end brings them back."""
    if database.kind == "postgresql":
        session.execute(text("ALTER TABLE history DISABLE TRIGGER USER"))
    else:
        for name in ("history_no_update", "history_no_delete"):
            session.execute(text(f"DROP TRIGGER {name}"))


def test_a_chain_that_nobody_touched_holds(session: Session):
    written(session, {"a": 1}, HOSTILE, {})

    assert first_broken(session) is None


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "somebody else"},
        {"after": {"a": 2}},
        {"action": "test.undone"},
        {"entity_id": "2"},
        {"at": NOW.replace(year=2020)},
        {"hash": "0" * 64},
    ],
)
def test_an_entry_that_was_changed_is_found(session: Session, database: Database, change: dict[str, Any]):
    first, second, third = written(session, {"a": 1}, {"b": 1}, {"c": 1})
    unguarded(session, database)

    session.execute(update(HistoryEntry).where(HistoryEntry.id == second).values(**change))

    session.expire_all()
    assert first_broken(session) == second


def test_an_entry_that_was_taken_out_is_found_by_the_next(session: Session, database: Database):
    first, second, third = written(session, {"a": 1}, {"b": 1}, {"c": 1})
    unguarded(session, database)

    session.execute(delete(HistoryEntry).where(HistoryEntry.id == second))

    session.expire_all()
    assert first_broken(session) == third


def test_work_that_is_not_finished_leaves_no_history(work: Works, session: Session):
    saved(work)

    assert session.scalar(select(HistoryEntry.id).where(HistoryEntry.action == "submission.saved")) is None


def test_the_history_names_who_and_when(work: Works, session: Session):
    w = work(focal("NO"))
    w.record("test.done", ("test", "9"), None, {"a": 1})
    w.finish()
    w.finish()

    [entry] = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "test.done"))
    assert (entry.actor, entry.at, entry.entity, entry.entity_id) == ("focal point of NO", NOW, "test", "9")
