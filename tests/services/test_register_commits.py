"""The index and transactions: nothing that is not committed gets in, and nothing that is gets lost."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from adam.database import sessions as sessions_of
from adam.domain import actors
from adam.models.projects import Project
from adam.queries import comparing
from adam.services import rules
from adam.services.register import Register
from adam.services.work import working
from tests.builders.recording import many, recorded
from tests.databases import Database
from tests.services.test_register import OTHER, SAME_ID, near, written


@pytest.fixture
def committed(fresh_database: Database) -> Callable[[], Any]:
    """committed(): a work of its own transaction on a database of this test's own."""
    make: sessionmaker[Session] = sessions_of(fresh_database.engine)
    return lambda **more: working(make, actors.system("tests"), rules.load(), **more)


def test_what_a_work_changed_itself_does_not_leak(committed: Callable[..., Any]):
    kept = Register("test")

    with committed() as w:
        a = recorded(w, "NO", identifiers=SAME_ID).id
        w.session.flush()
        kept.catch_up(w)
        inside = len(kept)
    with committed(read_only=True) as w:
        kept.catch_up(w)
        after = near(w, kept, a), len(kept)

    assert inside == 0
    assert after == (set(), 1)


def test_a_change_of_a_work_that_fails_leaves_no_trace(committed: Callable[..., Any]):
    kept = Register("test")
    with committed() as w:
        a, b = recorded(w, "NO", identifiers=SAME_ID).id, recorded(w, "FR", **OTHER).id
    with committed(read_only=True) as w:
        kept.catch_up(w)

    with pytest.raises(RuntimeError), committed() as w:
        written(w, w.session.get(Project, b), **OTHER | {"identifiers": SAME_ID})
        kept.catch_up(w)
        raise RuntimeError
    with committed(read_only=True) as w:
        kept.catch_up(w)
        found = near(w, kept, a)

    assert found == set() and len(kept) == 2


def test_a_record_changed_by_somebody_else_and_then_by_this_work_is_read_after_the_commit(
    committed: Callable[..., Any],
):
    kept = Register("test")
    with committed() as w:
        a, b = recorded(w, "NO", identifiers=SAME_ID).id, recorded(w, "FR", **OTHER).id
    with committed(read_only=True) as w:
        kept.catch_up(w)
    with committed() as w:
        written(w, w.session.get(Project, b), **OTHER | {"title": "Laboratory"})

    with pytest.raises(RuntimeError), committed() as w:
        written(w, w.session.get(Project, b), **OTHER | {"identifiers": SAME_ID})
        kept.catch_up(w)
        raise RuntimeError
    with committed(read_only=True) as w:
        kept.catch_up(w)
        found = near(w, kept, a), len(kept)

    assert found == (set(), 2)


def test_commits_that_overlap_are_all_seen(committed: Callable[..., Any]):
    kept, go = Register("test"), Event()
    ids: list[str] = []

    def write(wait: Event | None) -> None:
        with committed() as w:
            ids.append(recorded(w, "NO", identifiers=SAME_ID).id)
            w.session.flush()
            if wait:
                begun.set()
                wait.wait(5)

    begun = Event()
    first, second = Thread(target=write, args=(go,)), Thread(target=write, args=(None,))
    first.start()
    begun.wait(5)
    second.start()
    with committed(read_only=True) as w:
        kept.catch_up(w)
        early = len(kept)
    go.set()
    first.join()
    second.join()
    with committed(read_only=True) as w:
        kept.catch_up(w)

    assert early == 0
    assert len(ids) == len(kept) == 2


def test_threads_that_catch_up_at_once_hold_every_record_once(committed: Callable[..., Any]):
    kept, start = Register("test"), Barrier(4)
    with committed() as w:
        ids = many(w, 12)
    found: list[set[str]] = []

    def ask() -> None:
        with committed(read_only=True) as w:
            start.wait(5)
            kept.catch_up(w)
            found.append(near(w, kept, ids[0]) | {ids[0]})

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(kept) == 12
    assert len(found) == 4 and all(each == found[0] for each in found)


def test_who_reads_an_older_state_takes_the_index_as_it_is(
    committed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
):
    kept = Register("test")
    with committed() as w:
        recorded(w, "NO")

    with committed(read_only=True) as early:
        comparing.facts(early.session)
        with committed() as w:
            recorded(w, "FR")
        with committed(read_only=True) as w:
            kept.catch_up(w)
        monkeypatch.setattr(Register, "_build", lambda *_: pytest.fail("it was built anew"))
        kept.catch_up(early)

    assert len(kept) == 2
