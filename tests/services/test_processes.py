"""The index and processes: one finds what another recorded, and who is killed while saving spoils nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adam.database import sessions as sessions_of
from adam.domain import actors
from adam.models.projects import Project
from adam.services import rules, snapshots
from adam.services.register import Register
from adam.services.work import working
from tests.builders.recording import many, recorded
from tests.databases import Database
from tests.services.test_register import written

Opened = Callable[..., Any]


@pytest.fixture
def opened(fresh_database: Database) -> Opened:
    """opened(): a work of its own transaction on a database of this test's own."""
    make = sessions_of(fresh_database.engine)
    return lambda **more: working(make, actors.system("tests"), rules.load(), **more)


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
        bare = {"pillars": [], "contributions": [], "organizations": [], "start_planned": "2001-01-01"}
        other = recorded(w, "DE", title="Prisons", countries=[{"country": "SN"}], **bare).id
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
