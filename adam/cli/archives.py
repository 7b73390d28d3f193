"""`adam backup` and `adam restore`: the whole service in one file, while it runs, for either database."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from alembic import command
from sqlalchemy import Connection, Engine

from adam import database
from adam.cli.opening import BEHIND
from adam.errors import Conflict
from adam.services import archives
from adam.settings import load


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def backup(file: Path, force: bool) -> None:
    """Write everything, files of imports included, as it is at this moment; the service goes on meanwhile."""
    if file.exists() and not force:
        raise Conflict(f"{file} is there already: choose another name, or say --force.")
    engine = database.make_engine(load().database_url)
    try:
        if database.pending(engine.execution_options(read_only=True)):
            raise Conflict(BEHIND)
        with _snapshot(engine) as connection:
            manifest = _written(connection, file)
    finally:
        engine.dispose()
    size = file.stat().st_size / 1e6
    click.echo(f"Kept {manifest.rows:,} rows of {len(manifest.tables)} tables in {file}, {size:,.1f} MB.")


def _snapshot(engine: Engine) -> Connection:
    """A connection that sees one moment, and keeps nobody from writing."""
    options = {"read_only": True, "postgresql_readonly": True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"  # type: ignore[assignment]
    return engine.connect().execution_options(**options)


def _written(connection: Connection, file: Path) -> archives.Manifest:
    """Written beside, checked, and put in place whole, readable by its owner alone: it holds all that is secret."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as stream:
            archives.write(connection, stream, datetime.now(UTC))
            stream.flush()
            os.fsync(stream.fileno())
            stream.seek(0)
            manifest = archives.examine(stream)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(file.resolve().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return manifest


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Take what is in the database away first.")
def restore(file: Path, force: bool) -> None:
    """Put an archive into an empty database, SQLite or PostgreSQL, all of it or nothing; stop the service first."""
    with file.open("rb") as stream:
        archives.examine(stream)
        engine = database.make_engine(load().database_url)
        try:
            with engine.begin() as connection:
                if archives.used(connection) and not force:
                    raise Conflict(
                        "There is something in this database: name an empty one, or say --force to lose it."
                    )
                archives.clear(connection)
                command.upgrade(database.migrations(connection), "head")
                manifest = archives.load(connection, stream)
        finally:
            engine.dispose()
    entries = manifest.tables["history"]["rows"]
    click.echo(
        f"Restored {manifest.rows:,} rows as they were at {manifest.made}; "
        f"the history of {entries:,} entries is whole."
    )
