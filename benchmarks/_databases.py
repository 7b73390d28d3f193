"""Databases filled with made-up records, kept in a folder so that filling them is paid once."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import _filling as filling
import _runs as runs
import _surroundings as surroundings
from _runs import COMMAND, ROOT


@contextmanager
def sqlite(folder: Path, sizes: Sequence[int]) -> Iterator[list[str]]:
    """The addresses of SQLite databases of these sizes."""
    yield [_on_sqlite(folder, size) for size in sizes]


def _on_sqlite(folder: Path, size: int) -> str:
    path, unfinished = folder / f"{size}.db", folder / f"{size}.part"
    if not path.exists():
        unfinished.unlink(missing_ok=True)
        _filled(f"sqlite:///{runs.seeded(unfinished)}", size)
        unfinished.rename(path)
    _migrated(f"sqlite:///{path}")
    return f"sqlite:///{path}"


@contextmanager
def postgresql(folder: Path, sizes: Sequence[int]) -> Iterator[list[str]]:
    """The same on a PostgreSQL started for it; none where its programs are not installed."""
    if not (shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        print("\nPostgreSQL is not installed here; nothing measured.")
        yield []
        return
    sys.path.insert(0, str(ROOT))
    from tests import databases

    with databases.postgresql(kept=folder / "postgresql") as server:
        yield [_on_postgresql(server, folder, size) for size in sizes]


def _on_postgresql(server: object, folder: Path, size: int) -> str:
    name, done = f"pages_{size}", folder / f"{size}.postgresql"
    url: str = server.url(name)  # type: ignore[attr-defined]
    if not done.exists():
        server.drop(name)  # type: ignore[attr-defined]
        server.create(name)  # type: ignore[attr-defined]
        for words in (("db", "upgrade"), ("seed",)):
            runs.measured((*COMMAND, *words), url)
        _filled(url, size)
        done.touch()
    _migrated(url)
    return url


def _filled(url: str, size: int) -> None:
    from adam import database

    engine = database.make_engine(url)
    filling.fill(engine, size)
    surroundings.surround(engine)
    engine.dispose()


def _migrated(url: str) -> None:
    """A kept database gets what migrations came since, and what its database knows of its tables anew."""
    from adam import database

    runs.measured((*COMMAND, "db", "upgrade"), url)
    engine = database.make_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()
