"""The index over all records: it follows every commit, holds nothing that is not committed, and costs one question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from adam.database import sessions as sessions_of
from adam.domain import actors
from adam.models.projects import Project
from adam.queries import comparing
from adam.queries.changes import Mark
from adam.services import money, projects, register, rules
from adam.services.records import record_of
from adam.services.register import Register
from adam.services.work import Work, working
from tests.builders.documents import draft
from tests.builders.documents import money as amounts
from tests.builders.recording import Works, many, recorded, statements
from tests.databases import Database

NEAR = 0.0001
SAME_ID = [{"scheme": "iati", "value": "NO-1-7", "owner": "NO"}]


def caught_up(w: Work, kept: Register | None = None) -> Register:
    """A register that has caught up with what this work sees."""
    kept = Register("test") if kept is None else kept
    kept.catch_up(w)
    return kept


def near(w: Work, kept: Register, project_id: str) -> set[str]:
    """The ids of all records in the register that resemble this one."""
    record = record_of(comparing.some(w.session, [project_id])[project_id])
    return {hit.id for hit in kept.hits(record, 1000, NEAR)}


def written(w: Work, project: Project, **differences: Any) -> None:
    """The record is written down anew."""
    projects.record(w, [projects.Entry(draft(**differences), project.owner, project.id)])


@pytest.fixture
def committed(fresh_database: Database) -> Callable[[], Any]:
    """committed(): a work of its own transaction on a database of this test's own."""
    make: sessionmaker[Session] = sessions_of(fresh_database.engine)
    return lambda **more: working(make, actors.system("tests"), rules.load(), **more)


def test_a_new_record_is_found_without_building_anew(work: Works, monkeypatch: pytest.MonkeyPatch):
    a = recorded(work(), "NO", identifiers=SAME_ID)
    kept = caught_up(work())
    monkeypatch.setattr(Register, "_build", lambda *_: pytest.fail("it was built anew"))

    b = recorded(work(), "FR", identifiers=SAME_ID)
    caught_up(work(), kept)

    assert near(work(), kept, a.id) == {b.id} and len(kept) == 2


def test_a_changed_record_is_found_by_what_it_says_now(work: Works):
    a, b = recorded(work(), "NO", identifiers=SAME_ID), recorded(work(), "FR", **OTHER)
    kept = caught_up(work())
    before = near(work(), kept, a.id)

    written(work(), b, **OTHER | {"identifiers": SAME_ID})
    caught_up(work(), kept)

    assert before == set()
    assert near(work(), kept, a.id) == {b.id}


OTHER = {
    "title": "Forensic laboratory",
    "countries": [{"country": "AF"}],
    "pillars": [],
    "organizations": [],
    "contributions": [],
    "assistance_types": [],
    "beneficiaries": [],
    "start_planned": "2010-01-01",
    "end_planned": "2011-12-31",
}


def test_a_merged_record_is_left_out(work: Works):
    a, b = recorded(work(), "NO", identifiers=SAME_ID), recorded(work(), "FR", identifiers=SAME_ID)
    kept = caught_up(work())

    w = work()
    b.merged_into = a.id
    w.session.flush()
    w.record("project.merged", ("project", b.id), None, {"merged_into": a.id})
    caught_up(work(), kept)

    assert near(work(), kept, a.id) == set() and len(kept) == 1


def test_a_record_converted_at_a_new_rate_is_taken_in_anew(work: Works, monkeypatch: pytest.MonkeyPatch):
    a = recorded(work(), "NO", contributions=amounts("600000.00", "AFN"))
    kept = caught_up(work())
    put: list[Any] = []
    monkeypatch.setattr(kept.index, "put", put.append)

    day = datetime(2024, 1, 1, tzinfo=UTC).date()
    money.load_rates(work(), [{"currency": "AFN", "day": day, "usd": 2, "source": "bank"}])
    caught_up(work(), kept)

    assert [(record.id, record.amount_usd) for record in put] == [(a.id, 1200000)]


def test_reading_a_record_changes_nothing(work: Works, monkeypatch: pytest.MonkeyPatch):
    a = recorded(work(), "NO")
    kept = caught_up(work())
    monkeypatch.setattr(kept.index, "put", lambda _: pytest.fail("it was taken in anew"))

    work().record("project.read", ("project", a.id), None, None)
    caught_up(work(), kept)

    assert len(kept) == 1


def test_a_body_that_gets_an_identifier_renames_who_reported(work: Works):
    owner = {"identifiers": [{"scheme": "iati", "value": "XX-77-1", "owner": "XX-77"}]}
    a = recorded(work(), "NO", **owner)
    kept = caught_up(work())
    put: list[Any] = []
    kept.index.put = put.append  # type: ignore[union-attr, method-assign]

    recorded(work(), "NO", organizations=[{"role": "funding", "organization": "XX-77", "name": "Red Cross"}])
    caught_up(work(), kept)

    assert {record.id: record.reporter for record in put}[a.id] == "Red Cross"


def test_other_rules_build_it_anew(work: Works):
    recorded(work(), "NO")
    kept = caught_up(work())
    w = work()
    w.rules = replace(w.rules, policy=replace(w.rules.policy, version="another"))

    caught_up(w, kept)

    assert kept.rules == "another" and len(kept) == 1
    assert kept.index is not None and kept.index.policy.version == "another"


def test_a_history_that_is_another_builds_it_anew(work: Works):
    recorded(work(), "NO")
    kept = caught_up(work())

    kept.mark = Mark(kept.mark.number, "0" * 64)
    recorded(work(), "FR")
    caught_up(work(), kept)

    assert len(kept) == 2 and kept.mark.hash != "0" * 64


def test_one_question_is_asked_where_nothing_changed(work: Works, session: Session):
    many(work(), 20)
    kept = caught_up(work())
    w = work()
    caught_up(w, kept)

    assert statements(session, lambda: kept.catch_up(w)) == 1


def test_catching_up_takes_as_many_questions_for_fifty_as_for_two(work: Works, session: Session):
    kept = caught_up(work())
    asked = []

    for number in (2, 50):
        many(work(), number)
        w = work()
        asked.append(statements(session, lambda w=w: kept.catch_up(w)))

    assert asked[0] == asked[1]
    assert len(kept) == 52


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


def test_the_register_of_a_database_is_one_for_the_process(work: Works):
    recorded(work(), "NO")

    assert register.current(work()) is register.current(work())
    assert len(register.current(work())) == 1
