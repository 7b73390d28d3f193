"""A request never waits for a large index: it is prepared behind, and saved while questions are answered."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any

import pytest

from adam.database import sessions as sessions_of
from adam.domain import actors
from adam.matching import Saved
from adam.models.projects import Project
from adam.queries.changes import Mark
from adam.services import alike, register, rules, screening, snapshots
from adam.services.register import Register
from adam.services.work import working
from tests.builders.documents import draft, focal
from tests.builders.recording import many, recorded
from tests.databases import Database
from tests.services.test_register import SAME_ID, near, written

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


KILLED = """
import sys, time
from pathlib import Path
from adam.matching import Saved
from adam.queries.changes import Mark
from adam.services import snapshots

def stopped():
    print("there", flush=True)
    time.sleep(60)

def half(path):
    Path(path).write_bytes(b"PK half of it")
    if sys.argv[2] == "index":
        stopped()

if sys.argv[2] == "manifest":
    Path.replace = lambda *_: stopped()
snapshots.write((Path(sys.argv[1]), "test"), Saved(9, half), Mark(9, "9"), sys.argv[3])
"""


@pytest.mark.parametrize("where", ["index", "manifest"])
def test_who_is_killed_while_writing_leaves_the_snapshot_of_before(
    opened: Opened, tmp_path: Path, where: str
):
    with opened() as w:
        many(w, 3)
        kept = Register("test")
    with opened(read_only=True) as w:
        kept.catch_up(w)
    assert kept.index is not None
    place, version = (tmp_path, "test"), rules.load().version
    snapshots.write(place, kept.index.as_it_is(), kept.mark, version)

    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path), where, version], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    reached = child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.communicate()
    found = snapshots.read(place, rules.load(), lambda _: {})

    assert reached == "there\n" and child.returncode == -signal.SIGKILL
    assert len(list(tmp_path.glob("index-test-*.npz"))) == 2
    assert found is not None and (len(found.index), found.mark) == (3, kept.mark)


def test_a_snapshot_that_could_not_be_written_is_still_owed(tmp_path: Path):
    kept = Register("test")
    (tmp_path / "file").write_text("no folder")
    kept.folder, kept.unsaved = tmp_path / "file", 5000
    kept.index = type("Held", (), {"as_it_is": lambda self: Saved(0, lambda _: None), "__len__": len})()

    kept.save()

    assert kept.unsaved == 5000 and kept.mark == Mark()


WORKER = """
import json, sys
from adam.database import make_engine, sessions
from adam.domain.actors import FOCAL_POINT, Actor
from adam.services import alike, rules
from adam.services.work import working
from tests.builders.documents import draft

make = sessions(make_engine(sys.argv[1]))
for line in sys.stdin:
    with working(make, Actor(FOCAL_POINT, "FR", None, "worker"), rules.load(), read_only=True) as w:
        found = alike.lookalikes(w, draft(**json.loads(line)))
    print(json.dumps([item.facts.id for item in found]), flush=True)
"""


def test_another_process_finds_what_was_recorded_changed_and_merged_with_its_next_check(
    opened: Opened, fresh_database: Database
):
    with opened() as w:
        other = recorded(w, "DE", title="Prisons", countries=[{"country": "SN"}], pillars=[]).id
    url = fresh_database.engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def asked(**differences: Any) -> list[str]:
        assert worker.stdin is not None and worker.stdout is not None
        worker.stdin.write(json.dumps(differences) + "\n")
        worker.stdin.flush()
        return list(json.loads(worker.stdout.readline()))

    before = asked()
    with opened() as w:
        new = recorded(w, "NO").id
    recorded_now = asked()
    with opened() as w:
        elsewhere = {"title": "Prison reform", "countries": [{"country": "SN"}], "organizations": []}
        rest = {"pillars": [], "beneficiaries": [], "contributions": [], "assistance_types": []}
        written(w, w.session.get(Project, new), **elsewhere, **rest, start_planned="2001-01-01")
    changed = asked()
    with opened() as w:
        written(w, w.session.get(Project, new))
    changed_back = asked()
    with opened() as w:
        w.session.get(Project, new).merged_into = other
        w.session.flush()
        w.record("project.merged", ("project", new), None, {"merged_into": other})
    merged = asked()
    worker.communicate()

    assert new not in before and recorded_now == [new]
    assert new not in changed and changed_back == [new]
    assert new not in merged
