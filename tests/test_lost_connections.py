"""A connection that died in the pool is found out before it is used, without a question each time."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, text

from adam import database as databases
from tests.databases import Database

pytestmark = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


@pytest.fixture
def engine(fresh_database: Database) -> Iterator[Engine]:
    """Another engine on the database, with a connection in its pool."""
    made = databases.make_engine(fresh_database.url)
    process(made)
    yield made
    made.dispose()


def process(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT pg_backend_pid()")) or 0)


def pings(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    asked: list[object] = []
    ping = engine.dialect.do_ping
    monkeypatch.setattr(engine.dialect, "do_ping", lambda link: asked.append(link) or ping(link))
    return asked


def test_a_server_that_ended_the_connection_costs_nobody_an_error(fresh_database: Database, engine: Engine):
    before = process(engine)
    with fresh_database.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": before})

    after = process(engine)

    assert after not in (0, before)


def test_one_that_was_used_a_moment_ago_is_not_asked(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    asked = pings(engine, monkeypatch)

    assert process(engine) == process(engine)
    assert not asked


def test_one_that_was_idle_for_long_is_asked(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(databases, "QUIET", 0.0)
    asked = pings(engine, monkeypatch)

    assert process(engine)
    assert asked


def test_one_that_no_longer_answers_after_a_long_time_is_replaced(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(databases, "QUIET", 0.0)
    before = process(engine)
    event.listen(engine, "checkin", lambda link, _record: link and link.close())
    process(engine)

    after = process(engine)

    assert after != before
