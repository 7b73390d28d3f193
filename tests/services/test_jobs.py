"""Later work: done once, in order, by one worker at a time; resumed where a worker died, retried where it failed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from time import monotonic, sleep

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from adam.database import sessions
from adam.models.jobs import Job
from adam.models.vocabulary import Counter
from adam.services import counters, jobs, rules
from tests.builders.commands import kept
from tests.databases import Database


@pytest.fixture
def make(fresh_database: Database) -> Iterator[sessionmaker[Session]]:
    """Sessions that truly commit."""
    yield sessions(fresh_database.engine)


def asked_for(database: Database, *names: str, **more: object) -> list[str]:
    """Jobs that wait, each in a transaction of its own."""
    return [
        kept(database, lambda w, name=name: jobs.put(w, "test", {"name": name}, **more)) for name in names
    ]


def row(make: sessionmaker[Session], job_id: str) -> Job:
    """A job as it stands."""
    with make() as session:
        return session.scalars(select(Job).where(Job.id == job_id)).one()


def silenced(make: sessionmaker[Session], job_id: str) -> None:
    """As if the worker had said nothing for a long time."""
    with make() as session, session.begin():
        session.execute(update(Job).where(Job.id == job_id).values(held_until=datetime.now(UTC) - jobs.HOLD))


def test_work_is_done_once_in_the_order_in_which_it_was_asked_for(fresh_database, make):
    asked_for(fresh_database, "first", "second")
    seen: list[str] = []

    done = jobs.work_off(make, rules.load(), {"test": lambda run: seen.append(run.payload["name"])})
    again = jobs.work_off(make, rules.load(), {"test": lambda run: seen.append(run.payload["name"])})

    assert (done, again, seen) == (2, 0, ["first", "second"])


def test_work_that_nobody_here_knows_is_left_to_others(fresh_database, make):
    [job] = asked_for(fresh_database, "one")

    assert jobs.work_off(make, rules.load(), {"other": lambda run: None}) == 0
    assert row(make, job).state == jobs.WAITING


def test_work_for_later_waits(fresh_database, make):
    asked_for(fresh_database, "one", after=datetime.now(UTC) + timedelta(hours=1))

    assert jobs.take(make, rules.load(), ("test",)) is None


def test_what_fails_says_why_and_is_tried_again_later(fresh_database, make):
    [job] = asked_for(fresh_database, "one")

    def fail(run: jobs.Run) -> None:
        raise ValueError("no line")

    jobs.work_off(make, rules.load(), {"test": fail})

    after = row(make, job)
    assert (after.state, after.attempts, after.error) == (jobs.WAITING, 1, "ValueError: no line")
    assert after.run_after > datetime.now(UTC)


def test_what_fails_too_often_ends_as_failed(fresh_database, make):
    [job] = asked_for(fresh_database, "one")
    with make() as session, session.begin():
        session.execute(update(Job).values(attempts=jobs.MOST_ATTEMPTS - 1))

    def fail(run: jobs.Run) -> None:
        raise ValueError("no line")

    jobs.work_off(make, rules.load(), {"test": fail})

    assert row(make, job).state == jobs.FAILED


def test_a_job_whose_worker_fell_silent_is_taken_by_another_with_its_progress(fresh_database, make):
    [job] = asked_for(fresh_database, "one")
    first = jobs.take(make, rules.load(), ("test",))
    first.progress = {"done": 3}
    with first.step():
        pass
    assert jobs.take(make, rules.load(), ("test",)) is None

    silenced(make, job)
    second = jobs.take(make, rules.load(), ("test",))

    assert (second.attempt, second.progress) == (2, {"done": 3})


def test_a_worker_that_lost_its_job_keeps_nothing(fresh_database, make):
    [job] = asked_for(fresh_database, "one")
    first = jobs.take(make, rules.load(), ("test",))
    silenced(make, job)
    jobs.take(make, rules.load(), ("test",))

    with pytest.raises(jobs.Lost), first.step() as w:
        counters.take(w.session, "lost")

    with make() as session:
        assert session.scalar(select(Counter.value).where(Counter.name == "lost")) is None
    jobs.attempt(first, lambda run: None)
    assert row(make, job).state == jobs.RUNNING


def test_many_workers_never_share_a_job(fresh_database, make):
    asked_for(fresh_database, *(str(number) for number in range(12)))
    seen: list[str] = []
    together = Barrier(4)

    def work() -> None:
        together.wait()
        jobs.work_off(make, rules.load(), {"test": lambda run: seen.append(run.payload["name"])})

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(seen, key=int) == [str(number) for number in range(12)]


def test_a_long_step_doesn_t_lose_its_job(fresh_database, make, monkeypatch):
    [job] = asked_for(fresh_database, "one")
    monkeypatch.setattr(jobs, "BEAT", 0.05)
    run = jobs.take(make, rules.load(), ("test",))
    silenced(make, job)

    def long(run: jobs.Run) -> None:
        deadline = monotonic() + 20
        while row(make, job).held_until < datetime.now(UTC) and monotonic() < deadline:
            sleep(0.05)
        assert jobs.take(make, rules.load(), ("test",)) is None

    jobs.attempt(run, long)

    assert (row(make, job).state, row(make, job).attempts) == (jobs.DONE, 1)
