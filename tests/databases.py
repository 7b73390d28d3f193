"""The databases of the tests: SQLite files and a PostgreSQL started for them, built by the migrations."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from adam import database
from adam.cli import seeding as seeds
from adam.domain import actors
from adam.services import rules, seeding
from adam.services.work import working

ROOT = Path(__file__).resolve().parent.parent
KINDS = tuple(os.environ.get("ADAM_TEST_DATABASES", "sqlite,postgresql").split(","))
INSTALL = (
    "PostgreSQL's server programs are not here. Install them with `apt-get install postgresql`, "
    "or run on SQLite alone with ADAM_TEST_DATABASES=sqlite."
)
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "jit=off")


@dataclass(frozen=True)
class Database:
    """One database: `kind` is sqlite or postgresql, `url` is for SQLAlchemy, `engine` is ready to use."""

    kind: str
    url: str
    engine: Engine


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL that listens on a Unix socket in `folder` only."""

    folder: Path

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://adam@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template0") -> str:
        """The address of a new database, copied from `template`."""
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user=adam dbname=postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def postgresql(settings: tuple[str, ...] = FAST, kept: Path | None = None) -> Iterator[Server]:
    """A PostgreSQL of our own, as user postgres when root runs the tests; fails with what to install.

    Its databases are gone with it, or stay in the folder `kept` for the next that is started there.
    """
    programs = _programs()
    folder = kept or Path(tempfile.mkdtemp(prefix="adam-pg-"))
    folder.mkdir(exist_ok=True)
    owner = "postgres" if os.geteuid() == 0 else None
    if owner:
        shutil.chown(folder, owner, owner)
    data = folder / "data"
    if not data.exists():
        initdb = [programs / "initdb", "-D", data, "-U", "adam", "-A", "trust", "-E", "UTF8", "--no-sync"]
        initdb += ["--locale=C.UTF-8"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=owner, group=owner)
    options = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, *options],
            stdout=log,
            stderr=log,
            cwd=folder,
            user=owner,
            group=owner,
        )
    try:
        _wait(folder, server)
        yield Server(folder)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.fail(INSTALL, pytrace=False)
    return found[-1].parent if found else Path(str(on_path)).resolve().parent


def _wait(folder: Path, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            psycopg.connect(f"host={folder} user=adam dbname=postgres", connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    pytest.fail(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}", pytrace=False)


def build(url: str) -> None:
    """Build the schema by the migrations and load the vocabulary into it, as `adam seed` does."""
    engine = database.make_engine(url)
    database.upgrade(engine)
    with working(database.sessions(engine), actors.system("tests"), rules.load()) as w:
        seeding.words(w, list(seeds.words()))
    engine.dispose()
