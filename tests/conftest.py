"""Fixtures for every test; what touches the database runs on SQLite and on PostgreSQL.

database        session-wide, migrated, shared: .kind ("sqlite" or "postgresql"), .url, .engine
session         a SQLAlchemy session on it; whatever the test does, commits included, is rolled back
sessions        makes further sessions inside the same rolled-back transaction (what the app is given)
fresh_database  a migrated database of the test's own, for what truly commits: processes, threads, servers
empty_database  the same without tables, for tests of the migrations

ADAM_TEST_DATABASES=sqlite restricts a run to SQLite; without PostgreSQL's programs the tests fail and say
what to install.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session, sessionmaker

from adam.database import make_engine
from tests import databases
from tests.databases import Database, Server

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """The PostgreSQL of this run, started when the first test asks for it."""
    with databases.postgresql() as server:
        yield server


@pytest.fixture(scope="session", params=databases.KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def template(kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated database nobody works in, to copy from: a file's path, or a database's name."""
    if kind == "sqlite":
        path = tmp_path_factory.mktemp("template") / "adam.db"
        databases.migrate(f"sqlite:///{path}")
        return str(path)
    databases.migrate(request.getfixturevalue("postgresql_server").create("adam_template"))
    return "adam_template"


@pytest.fixture(scope="session")
def database(kind: str, template: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """The database that the tests share; each leaves it as it was."""
    yield from _opened(kind, template, request)


@pytest.fixture
def fresh_database(kind: str, template: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database of this test's own."""
    yield from _opened(kind, template, request)


@pytest.fixture
def empty_database(kind: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without tables."""
    yield from _opened(kind, None, request)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """One connection inside a transaction that is rolled back when the test ends."""
    with database.engine.connect() as opened:
        outer = opened.begin()
        yield opened
        outer.rollback()


@pytest.fixture
def sessions(connection: Connection) -> sessionmaker[Session]:
    """Makes sessions like adam.database.sessions, whose commits end at a savepoint."""
    return sessionmaker(
        connection, expire_on_commit=False, autoflush=False, join_transaction_mode="create_savepoint"
    )


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session on the shared database."""
    with sessions() as opened:
        yield opened


def _opened(kind: str, template: str | None, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A new database, copied from the template if there is one, and removed at the end."""
    name = f"adam_{next(_numbers)}"
    if kind == "sqlite":
        path = request.getfixturevalue("tmp_path_factory").mktemp(name) / "adam.db"
        url = f"sqlite:///{_copied(template, path)}"
    else:
        url = request.getfixturevalue("postgresql_server").create(name, template or "template0")
    engine = make_engine(url)
    yield Database(kind, url, engine)
    engine.dispose()
    if kind == "postgresql":
        request.getfixturevalue("postgresql_server").drop(name)


def _copied(template: str | None, path: Path) -> Path:
    if template:
        shutil.copyfile(template, path)
    return path
