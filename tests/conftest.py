"""Fixtures for every test; what touches the database runs on SQLite and on PostgreSQL.

database        session-wide, built by the migrations, with the vocabulary; has .kind, .url and .engine
session         a SQLAlchemy session on it; whatever the test does, commits included, is rolled back
sessions        makes further sessions inside the same rolled-back transaction (what the app is given)
work            work(actor=…, now=…) makes a Work for a verb; noon of 15 January 2026 unless told otherwise;
                the history of each is written when the next is made
app, client     the application inside the same transaction, and somebody who asks it without signing in;
                fresh_app is one of the test's own, for what adds to it
visit           visit(role, partner): somebody with an account of that role, signed in and with a token;
                .get(path), .submit(path, form), .api(method, path, json=…): see tests/visitors.py
live, page      the application served on a fresh database, and a page of Chromium to visit it with: a
                path is enough for page.goto; live.sign_in(page.context, live.visitor(role, partner))
fresh_database  such a database of the test's own, for what truly commits: processes, threads, servers
empty_database  the same without tables, for tests of the migrations

ADAM_TEST_DATABASES=sqlite restricts a run to SQLite; without PostgreSQL's programs the tests fail and say
what to install.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session, sessionmaker

from adam.app import create_app
from adam.database import make_engine
from adam.domain import actors
from adam.domain.actors import Actor
from adam.http.limits import limiter
from adam.http.work import State
from adam.services import holdings, rules
from adam.services.work import Work
from adam.settings import Settings
from adam.settings import load as load_settings
from tests import browsers, databases
from tests.browsers import Live
from tests.databases import Database, Server
from tests.visitors import Visitor, visitor

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
_numbers = count(1)
_apps: dict[Settings, Flask] = {}
_templates: dict[str, str] = {}


def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: half as many again as processors, for a part of the tests' time is waiting for servers and pages."""
    return len(os.sched_getaffinity(0)) * 3 // 2 or 1


def pytest_collection_finish() -> None:
    """What was imported stays for the whole run: it is not gone through again and again in the search for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


class Inside(Session):
    """A session inside the test's transaction: too late to make that read-only, so writes are watched."""

    def connection(self, bind_arguments: Any = None, execution_options: Any = None) -> Connection:
        """The test's connection; where only reading was promised, a flush that would write is refused."""
        if (execution_options or {}).get("read_only"):
            event.listen(self, "before_flush", _refuse_to_write)
        return super().connection(bind_arguments)


def _refuse_to_write(session: Session, *_called: Any) -> None:
    changed = [*session.new, *session.dirty, *session.deleted]
    if changed:
        pytest.fail(f"a read-only transaction would write {changed}")


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
    """A built database nobody works in, to copy from: a file's path, or a database's name.

    Built once: a worker that takes tests from another comes back to a kind it had left.
    """
    if kind not in _templates and kind == "sqlite":
        path = tmp_path_factory.mktemp("template") / "adam.db"
        databases.build(f"sqlite:///{path}")
        _templates[kind] = str(path)
    elif kind not in _templates:
        databases.build(request.getfixturevalue("postgresql_server").create("adam_template"))
        _templates[kind] = "adam_template"
    return _templates[kind]


@pytest.fixture(scope="session")
def database(kind: str, template: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """The database that the tests share; each leaves it as it was."""
    yield from _opened(kind, template, request)


@pytest.fixture
def fresh_database(kind: str, template: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A built database of this test's own."""
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
    holdings.forget(str(database.engine.url))


@pytest.fixture
def sessions(connection: Connection) -> sessionmaker[Session]:
    """Makes sessions like adam.database.sessions, whose commits end at a savepoint."""
    return sessionmaker(
        connection,
        class_=Inside,
        expire_on_commit=False,
        autoflush=False,
        join_transaction_mode="create_savepoint",
    )


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session on the shared database."""
    with sessions() as opened:
        yield opened


@pytest.fixture
def settings(database: Database) -> Settings:
    """config/testing.toml on the shared database; no variable of the machine counts."""
    return load_settings({}, env="testing", database_url=database.url)


@pytest.fixture
def app(settings: Settings, database: Database, sessions: sessionmaker[Session]) -> Iterator[Flask]:
    """The application inside this test's transaction; made once for a run of tests that leave it as it was."""
    made = _apps.pop(settings, None) or create_app(settings, engine=database.engine, sessions=sessions)
    known: State = made.extensions["adam"]
    made.extensions["adam"] = replace(known, engine=database.engine, sessions=sessions)
    limiter.reset()
    before = _shape(made)
    yield made
    if _shape(made) == before:
        _apps[settings] = made


@pytest.fixture
def fresh_app(settings: Settings, database: Database, sessions: sessionmaker[Session]) -> Flask:
    """Such an application of the test's own, which has answered nobody yet and may be added to."""
    return create_app(settings, engine=database.engine, sessions=sessions)


def _shape(app: Flask) -> tuple[Any, ...]:
    """What a test might change in an application."""
    return (
        len(app.view_functions),
        dict(app.config),
        app.extensions["adam"].pending,
        app.url_map.default_subdomain,
    )


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser or program that nobody has signed in."""
    return app.test_client()


@pytest.fixture
def visit(app: Flask, sessions: sessionmaker[Session]) -> Callable[..., Visitor]:
    """visit(role, partner): somebody with an account, who asks the application."""
    return partial(visitor, app, sessions)


@pytest.fixture
def live(fresh_database: Database) -> Iterator[Live]:
    """The application as it is served, on a database of this test's own."""
    with browsers.serving(fresh_database) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this run."""
    with browsers.chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, live: Live) -> Iterator[Page]:
    """An empty page of a browser that has never been here."""
    context = browser.new_context(base_url=live.url, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def work(session: Session) -> Callable[..., Work]:
    """work(actor, now): all a verb leans on, in this test's session; the installation acts by default."""

    begun: list[Work] = []

    def make(actor: Actor | None = None, now: datetime = NOW) -> Work:
        while begun:
            begun.pop().finish()
        begun.append(Work(session, actor or actors.system("tests"), rules.load(), now))
        return begun[-1]

    return make


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
