"""A request never waits for a large index: it is prepared behind, and saved while questions are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any

import pytest

from adam.database import sessions as sessions_of
from adam.domain import actors
from adam.matching import Saved
from adam.queries.changes import Mark
from adam.services import alike, register, rules, screening, snapshots
from adam.services.register import Register
from adam.services.work import working
from tests.builders.documents import draft, focal
from tests.builders.recording import many, recorded
from tests.databases import Database
from tests.services.test_register import SAME_ID, near

Opened = Callable[..., Any]


@pytest.fixture
def opened(fresh_database: Database) -> Iterator[Opened]:
    """opened(): a work of its own transaction on a database of this test's own."""
    make = sessions_of(fresh_database.engine)

    def work(actor: Any = None, **more: Any) -> Any:
        return working(make, actor or actors.system("tests"), rules.load(), **more)

    yield work
    with work(read_only=True) as w:
        behind = register.of(str(w.session.get_bind().engine.url)).behind
    if behind is not None:
        behind.join(10)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three records are many."""
    monkeypatch.setattr(register, "AT_ONCE", 2)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Building takes until this is set."""
    go, build = Event(), Register._build

    def slowly(self: Register, w: Any) -> None:
        go.wait(10)
        build(self, w)

    monkeypatch.setattr(Register, "_build", slowly)
    return go


def finished(opened: Opened) -> Register:
    """The register of the test's database once what is done behind is done."""
    with opened(read_only=True) as w:
        kept = register.of(str(w.session.get_bind().engine.url))
    assert kept.behind is not None
    kept.behind.join(10)
    return kept


def test_until_a_large_index_is_there_a_check_says_so_and_does_not_wait(
    opened: Opened, large: None, held: Event
):
    with opened() as w:
        many(w, 3)
        recorded(w, "NO")
    begun = monotonic()

    with opened(focal("FR"), read_only=True) as w:
        early = alike.lookalikes(w, draft())
    seconds = monotonic() - begun
    held.set()
    finished(opened)
    with opened(focal("FR"), read_only=True) as w:
        late = alike.lookalikes(w, draft())

    assert (list(early), early.pending) == ([], True) and seconds < 5
    assert late[0].facts.title == draft()["title"] and not late.pending


def test_few_records_are_indexed_by_the_request_itself(opened: Opened):
    with opened() as w:
        recorded(w, "NO")

    with opened(focal("FR"), read_only=True) as w:
        found = alike.lookalikes(w, draft())

    assert len(found) == 1 and not found.pending


def test_what_is_accepted_while_the_index_is_prepared_is_left_to_the_next_screening(
    opened: Opened, large: None, held: Event
):
    with opened() as w:
        recorded(w, "NO")
        many(w, 40)
    held.set()
    with opened() as w:
        screening.run(w)
    with opened() as w:
        register.of(str(w.session.get_bind().engine.url)).index = None
        held.clear()
        new = recorded(w, "FR").id
        w.session.flush()
        at_once = screening.screen_one(w, new)
    held.set()
    finished(opened)

    with opened() as w:
        later = screening.run(w)

    assert at_once == 0
    assert (later.compared, later.new >= 1) == (1, True)


def test_many_changes_are_taken_in_behind_and_the_index_answers_as_it_was(
    opened: Opened, large: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(register, "LITTLE", 1)
    with opened() as w:
        a = recorded(w, "NO", identifiers=SAME_ID).id
        many(w, 3)
    with opened(read_only=True) as w:
        kept = register.current(w)
    go, apply = Event(), Register._apply
    monkeypatch.setattr(Register, "_apply", lambda *given: (go.wait(10), apply(*given))[1])
    with opened() as w:
        b, c = (recorded(w, owner, identifiers=SAME_ID).id for owner in ("FR", "DE"))

    with opened(read_only=True) as w:
        ready, early = register.ready(w), near(w, kept, a)
    go.set()
    finished(opened)
    with opened(read_only=True) as w:
        late = near(w, kept, a)

    assert ready is kept
    assert {b, c} & early == set() and {b, c} <= late


def test_an_index_that_has_outgrown_itself_is_built_anew_behind(
    opened: Opened, large: None, monkeypatch: pytest.MonkeyPatch
):
    with opened() as w:
        many(w, 4)
    with opened(read_only=True) as w:
        kept = register.current(w)
    before = kept.index
    assert before is not None
    monkeypatch.setattr(type(before), "outgrown", property(lambda self: self is before))

    with opened(read_only=True) as w:
        ready = register.ready(w)
    finished(opened)

    assert ready is kept and kept.index is not before and len(kept) == 4


def test_questions_and_changes_do_not_wait_for_a_snapshot_which_is_of_the_moment_it_began(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    kept, begun, go = Register("test"), Event(), Event()
    kept.folder = tmp_path
    with opened() as w:
        a = recorded(w, "NO", identifiers=SAME_ID).id
    with opened(read_only=True) as w:
        kept.catch_up(w)
    mark, write = kept.mark, snapshots.write
    monkeypatch.setattr(snapshots, "write", lambda *given: (begun.set(), go.wait(10), write(*given))[2])
    saving = Thread(target=kept.save)
    saving.start()
    begun.wait(10)

    with opened() as w:
        b = recorded(w, "FR", identifiers=SAME_ID).id
    with opened(read_only=True) as w:
        kept.catch_up(w)
        meanwhile = near(w, kept, a)
    still = saving.is_alive()
    go.set()
    saving.join(10)
    found = snapshots.read((tmp_path, kept.name), rules.load(), lambda _: {})

    assert meanwhile == {b} and still
    assert found is not None and (len(found.index), found.mark) == (1, mark)


def test_a_snapshot_that_could_not_be_written_is_still_owed(tmp_path: Path):
    kept = Register("test")
    (tmp_path / "file").write_text("no folder")
    kept.folder, kept.unsaved = tmp_path / "file", 5000
    kept.index = type("Held", (), {"as_it_is": lambda self: Saved(0, lambda _: None), "__len__": len})()

    kept.save()

    assert kept.unsaved == 5000 and kept.mark == Mark()
