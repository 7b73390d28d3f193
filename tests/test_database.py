"""Transactions that lose nothing, on both databases."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from adam.database import count_indexes, pending, sessions
from adam.models.history import HistoryEntry
from adam.models.vocabulary import Commitment, Counter
from adam.services import counters
from adam.services.history import Change, first_broken, write
from tests.conftest import NOW
from tests.databases import Database


def test_what_a_transaction_wrote_is_there_for_the_next(fresh_database: Database):
    make = sessions(fresh_database.engine)

    with make.begin() as session:
        session.execute(insert(Counter).values(name="kept", value=1))

    with make() as session:
        assert session.get(Counter, "kept") is not None


def test_a_transaction_that_raises_leaves_nothing(fresh_database: Database):
    make = sessions(fresh_database.engine)

    with pytest.raises(KeyboardInterrupt), make.begin() as session:
        session.execute(insert(Counter).values(name="lost", value=1))
        raise KeyboardInterrupt

    with make() as session:
        assert session.get(Counter, "lost") is None


def test_of_numbers_taken_at_once_none_is_given_twice(fresh_database: Database):
    make = sessions(fresh_database.engine)
    taken: list[int] = []

    def take() -> None:
        for _ in range(20):
            with make.begin() as session:
                taken.extend(counters.take(session, "test"))

    _at_once(take, 4)

    assert sorted(taken) == list(range(1, 81))


def test_reading_and_then_writing_loses_no_update(fresh_database: Database):
    make = sessions(fresh_database.engine)
    with make.begin() as session:
        session.execute(insert(Counter).values(name="sum", value=0))

    def add() -> None:
        for _ in range(10):
            with make.begin() as session:
                counters.lock(session, "sum")
                value = session.scalar(select(Counter.value).where(Counter.name == "sum"))
                session.execute(update(Counter).where(Counter.name == "sum").values(value=(value or 0) + 1))

    _at_once(add, 4)

    with make() as session:
        assert session.scalar(select(Counter.value).where(Counter.name == "sum")) == 40


def test_entries_written_at_once_make_one_chain(fresh_database: Database):
    make = sessions(fresh_database.engine)

    def enter() -> None:
        for _ in range(10):
            with make.begin() as session:
                write(session, [Change("test.done", "test", "1", None, {"a": 1})], (None, "tests"), NOW)

    _at_once(enter, 3)

    with make() as session:
        ours = select(func.count()).where(HistoryEntry.action == "test.done")
        assert session.scalar(ours) == 30
        assert first_broken(session) is None


def test_a_row_that_points_nowhere_is_refused(session: Session):
    orphan = insert(Commitment).values(code="V.1", pillar="V", title="No such pillar", position=99)

    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(orphan)


@pytest.mark.parametrize("change", [update(HistoryEntry).values(action="forged"), delete(HistoryEntry)])
def test_the_history_can_only_grow(session: Session, change):
    write(session, [Change("test.done", "test", "1", None, {"a": 1})], (None, "tests"), NOW)

    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.execute(change)

    assert first_broken(session) is None


def test_a_database_without_tables_waits_for_its_migrations(empty_database: Database):
    assert pending(empty_database.engine)


def test_a_built_database_waits_for_nothing(database: Database):
    assert not pending(database.engine)


def test_sqlite_keeps_what_was_acknowledged(database: Database):
    if database.kind != "sqlite":
        return
    with database.engine.connect() as connection:
        found = {name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous")}

    assert found == {"journal_mode": "wal", "synchronous": 2}


def _at_once(work, threads: int) -> None:
    """Do the work in several threads that start together; whatever one raises is raised here."""
    barrier, raised = Barrier(threads), []

    def one() -> None:
        barrier.wait()
        try:
            work()
        except Exception as error:
            raised.append(error)

    started = [Thread(target=one) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join(60)
    assert not raised


def test_sqlite_counts_what_the_indexes_of_large_tables_hold(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("adam.database.LARGE", 10)

    counted = count_indexes(fresh_database.engine)

    on_sqlite = fresh_database.kind == "sqlite"
    assert ("commitments" in counted) == on_sqlite
    assert "projects" not in counted
    if on_sqlite:
        with fresh_database.engine.connect() as connection:
            assert set(counted) == set(connection.scalars(text("SELECT tbl FROM sqlite_stat1")))
