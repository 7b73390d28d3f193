"""Statements that every request of a kind asks: made once for each database, handed straight to its driver."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn

from sqlalchemy import Connection, Dialect, Engine, Table, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

KEPT = "connection"
Process = Callable[[Any], Any]


class Made(NamedTuple):
    """A statement in the words of one database: `order` names its values where the driver takes them by place."""

    text: str
    fixed: dict[str, Any]
    order: list[str] | None
    given: list[tuple[str, Process]]
    row: Callable[..., Any]
    taken: list[Process | None] | None


class Prepared:
    """A statement with named values, asked in the transaction of a session; it takes half of what the usual way does.

    Values and rows pass through the types of their columns, and errors are SQLAlchemy's, as always. What listens to
    SQLAlchemy's statements does not hear of these.
    """

    def __init__(self, statement: Any):
        self.statement = statement
        self._made: dict[str, Made] = {}

    def all(self, session: Session, **values: Any) -> list[Any]:
        """The rows, as named tuples."""
        found, made = self._run(session, values)
        if made.taken is None:
            return [made.row(*row) for row in found.fetchall()]
        return [made.row(*_read(row, made.taken)) for row in found.fetchall()]

    def first(self, session: Session, **values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self.all(session, **values)), None)

    def scalar(self, session: Session, **values: Any) -> Any:
        """The first value of the first row, or None."""
        row = self.first(session, **values)
        return None if row is None else row[0]

    def run(self, session: Session, values: Mapping[str, Any]) -> None:
        """Do it, for what answers no rows."""
        self._run(session, values)

    def _run(self, session: Session, values: Mapping[str, Any]) -> tuple[Any, Made]:
        connection = connection_of(session)
        dialect = connection.dialect
        made = self._made.get(dialect.name) or self._make(dialect)
        said = {**made.fixed, **values}
        for name, process in made.given:
            said[name] = process(said[name])
        driver: Any = connection.connection.driver_connection
        sent = said if made.order is None else [said[name] for name in made.order]
        try:
            return driver.execute(made.text, sent), made
        except Exception as error:
            _raise(connection, made.text, error)

    def _make(self, dialect: Dialect) -> Made:
        compiled = self.statement.compile(dialect=dialect)
        made = Made(
            str(compiled),
            {name: value for name, value in compiled.params.items() if value is not None},
            list(compiled.positiontup) if compiled.positional else None,
            _bindings(compiled, dialect),
            *_results(self.statement, dialect),
        )
        self._made[dialect.name] = made
        return made


def inserting(table: Table) -> tuple[Prepared, list[str]]:
    """One row into a table; with the names of its columns, which are all given but what the database numbers."""
    numbered = table.autoincrement_column
    names = [column.key for column in table.columns if column is not numbered]
    return Prepared(insert(table).values(dict.fromkeys(names)).inline()), names


def connection_of(session: Session) -> Connection:
    """The connection on which the session's transaction runs; asking the session each time takes longer than a row."""
    kept = session.info.get(KEPT)
    transaction = session.get_transaction()
    if kept is not None and transaction is not None and kept[0] is transaction:
        found: Connection = kept[1]
        return found
    connection = session.connection()
    session.info[KEPT] = session.get_transaction(), connection
    return connection


def database_of(session: Session) -> str:
    """The name of the session's database, for what is kept in memory for each."""
    return _name(connection_of(session).engine)


@lru_cache(maxsize=64)
def _name(engine: Engine) -> str:
    return str(engine.url)


def _bindings(compiled: SQLCompiler, dialect: Dialect) -> list[tuple[str, Process]]:
    found: list[tuple[str, Process]] = []
    for bind, name in compiled.bind_names.items():
        process = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if process is not None:
            found.append((name, process))
    return found


def _results(statement: Any, dialect: Dialect) -> tuple[Callable[..., Any], list[Process | None] | None]:
    columns = list(statement.exported_columns)
    names: Any = [column.key or "" for column in columns]
    processes = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return namedtuple("row", names, rename=True), processes if any(processes) else None


def _read(row: Any, taken: list[Process | None]) -> list[Any]:
    return [value if process is None else process(value) for value, process in zip(row, taken, strict=True)]


def _raise(connection: Connection, text: str, error: Exception) -> NoReturn:
    """The error as SQLAlchemy would tell it; a connection that is gone is not used again."""
    dialect: Any = connection.dialect
    if not isinstance(error, dialect.dbapi.Error):
        raise error
    gone = dialect.is_disconnect(error, connection.connection.driver_connection, None)
    told = DBAPIError.instance(
        text, None, error, dialect.dbapi.Error, connection_invalidated=gone, dialect=dialect
    )
    if gone:
        connection.invalidate(told)
    raise told from error
