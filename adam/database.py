"""The engine, and the one way to open a transaction."""

from __future__ import annotations

import json
import warnings
from functools import partial
from pathlib import Path
from select import POLLIN, poll
from time import monotonic
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker

if TYPE_CHECKING:
    from alembic.config import Config

Sessions = sessionmaker[Session]
UNDESCRIBED = (
    *("ix_search_texts_title", "ix_search_texts_named", "ix_search_texts_whole"),
    *("ix_projects_start", "ix_projects_money", "ix_projects_gone", "ix_projects_title"),
)
"""Indexes over expressions or some rows alone, which the migrations make and the models don't describe."""
LEFT, QUIET = "adam_left", 30.0
"""When a connection went back to the pool, and for how many seconds after that it is taken to be there."""
# Alembic is imported where it is used: most commands never need it, and it takes a third of their start.
LARGE = 1000
"""So many rows a table has before SQLite counts what its indexes hold; what it assumes without fits small ones."""
RECYCLE = 3600
"""Seconds after which a connection to SQLite is opened anew: it reads what was counted when it opens."""


def _write_json(value: Any) -> str:
    """What is stored of a document; one that says that it is written (domain/documents.py) is stored as it is."""
    if isinstance(value, str) and hasattr(value, "written"):
        return str(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_USUAL: dict[str, Any] = {"json_serializer": _write_json, "pool_use_lifo": True, "hide_parameters": True}
"""What is confidential must not stand in the log because a statement failed: errors name no values."""


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL, set up so that nothing that was acknowledged is lost.

    SQLite: foreign keys on, WAL, synchronous FULL, and the driver's own transaction handling off. A transaction
    begins with BEGIN IMMEDIATE unless the connection has the execution option `read_only`, because SQLite's
    deferred default loses updates silently.

    The connection that was used last is taken first: its pages and prepared statements are still warm, which halves
    the processor time of a small request.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    engine = create_engine(url, **_USUAL)
    event.listen(engine, "connect", _uncompiled)
    event.listen(engine, "checkin", _left)
    event.listen(engine, "checkout", partial(_still_there, engine.dialect))
    return engine


def _uncompiled(connection: Any, _record: Any) -> None:
    """PostgreSQL answers our questions sooner than it could compile them: it would take ten times the answer."""
    connection.execute("SET jit = off")
    connection.commit()


def _left(_connection: Any, record: Any) -> None:
    record.info[LEFT] = monotonic()


def _still_there(dialect: Any, connection: Any, record: Any, _fairy: Any) -> None:
    """Ask a connection of PostgreSQL whether it lives before it is used, where there is any doubt.

    A server that ended or lost a connection leaves something to read in it, which a look at the socket tells without
    asking the server. One that was idle for long is always asked: a firewall may have dropped it without a word.
    """
    left = record.info.get(LEFT)
    try:
        if left is not None and (monotonic() - left >= QUIET or _speaks(connection.fileno())):
            dialect.do_ping(connection)
    except dialect.dbapi.Error as error:
        raise InvalidatePoolError("The connection was lost.") from error


def _speaks(socket: int) -> bool:
    """Whether something came in at a socket that nobody asked for."""
    look = poll()
    look.register(socket, POLLIN)
    return bool(look.poll(0))


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 30}, pool_recycle=RECYCLE, **_USUAL)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("lower", 1, _lower, deterministic=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        read_only = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _lower(text: Any) -> Any:
    """SQLite's own lower() knows ASCII only; searching must find "потоки" in "Потоки", as it does on PostgreSQL."""
    return text.lower() if isinstance(text, str) else text


def count_indexes(engine: Engine) -> list[str]:
    """Let SQLite count what the indexes of its large tables hold, by which it plans; gives the tables counted.

    A table a transaction, so that who writes waits for a moment only. PostgreSQL does this itself.
    """
    if engine.dialect.name != "sqlite":
        return []
    connection = engine.raw_connection()
    try:
        # The driver commits each statement by itself: only SQLAlchemy begins transactions.
        names = connection.cursor().execute(
            "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'index' ORDER BY 1"
        )
        large = [name for (name,) in names.fetchall() if _rows(connection, name) >= LARGE]
        for name in large:
            connection.cursor().execute(f'ANALYZE "{name}"')
    finally:
        connection.close()
    return large


def _rows(connection: Any, table: str) -> int:
    """How many rows a table has, LARGE at most."""
    counted = f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT {LARGE})'
    return int(connection.cursor().execute(counted).fetchone()[0])


def sessions(engine: Engine) -> Sessions:
    """Makes sessions whose objects stay readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False, autoflush=False)


def migrations(connection: Connection | None = None) -> Config:
    """Alembic's settings: where the migrations are, and the connection they run on."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).resolve().parent.parent / "migrations"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to `revision`, all of it or nothing."""
    from alembic import command

    with engine.begin() as connection:
        command.upgrade(migrations(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take the schema back to `revision`."""
    from alembic import command

    with engine.begin() as connection:
        command.downgrade(migrations(connection), revision)


def pending(engine: Engine) -> bool:
    """Whether a migration has not been run yet."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(migrations()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() != head


def described(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether the models describe this table or index: what a full-text search is made of is the database's own."""
    text = name or ""
    own = kind == "table" and text.startswith("search_index")
    return not (own or (kind == "index" and text in UNDESCRIBED))


def drift(engine: Engine, metadata: MetaData) -> list[Any]:
    """The differences between the schema and the models; empty when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with engine.connect() as connection, warnings.catch_warnings():
        # PostgreSQL tells a reckoned column in its own words, and Alembic compares letter by letter.
        warnings.filterwarnings("ignore", "Computed default on")
        # An index over a title in small letters: on SQLite SQLAlchemy can't read it back.
        warnings.filterwarnings("ignore", "Skipped unsupported reflection")
        opts = {"compare_type": True, "include_name": described}
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, metadata))
