"""Statements that every request of a kind asks: made once for each database, handed straight to its driver."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn

from sqlalchemy import Connection, Dialect, Engine, PoolProxiedConnection, String, Table, bindparam, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

KEPT, CURSOR = "connection", "cursor"
NUMBER = 1700
"""PostgreSQL's own number of its type for decimal numbers: SQLAlchemy asks before it knows how to read one."""
Process = Callable[[Any], Any]
Asked = Session | Connection | Engine
Link = tuple[Any, Any, Any]
"""What holds a connection, its dialect, and its place in the pool."""


class Made(NamedTuple):
    """A statement in the words of one database: `order` names its values where the driver takes them by place."""

    text: str
    fixed: dict[str, Any]
    order: list[str] | None
    given: list[tuple[str, Process]]
    row: Callable[..., Any] | None
    taken: list[Process | None] | None


class Prepared:
    """A statement with named values, which takes half of what the usual way does.

    It is asked in the transaction of a session or a connection, or of an engine: then outside of any. Values and rows
    pass through the types of their columns, and errors are SQLAlchemy's, as always; what listens to SQLAlchemy's
    statements does not hear of these.
    """

    def __init__(self, statement: Any):
        self.statement = statement
        self._made: dict[str, Made] = {}

    def all(self, asked: Asked, **values: Any) -> list[Any]:
        """The rows, as named tuples."""
        return self._run(asked, values)

    def first(self, asked: Asked, **values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self._run(asked, values)), None)

    def scalar(self, asked: Asked, **values: Any) -> Any:
        """The first value of the first row, or None."""
        row = next(iter(self._run(asked, values)), None)
        return None if row is None else row[0]

    def run(self, asked: Asked, values: Mapping[str, Any]) -> None:
        """Do it, for what answers no rows."""
        self._run(asked, values)

    def _run(self, asked: Asked, values: Mapping[str, Any]) -> list[Any]:
        if isinstance(asked, Engine):
            return self._apart(asked, values)
        connection = connection_of(asked)
        return self._ask((connection, connection.dialect, connection.connection), values)

    def _apart(self, engine: Engine, values: Mapping[str, Any]) -> list[Any]:
        """One round trip on PostgreSQL instead of three; of SQLite we hold the transactions ourselves anyway."""
        dialect: Any = engine.dialect
        try:
            held = engine.raw_connection()
        except dialect.dbapi.Error as error:
            raise DBAPIError.instance(None, None, error, dialect.dbapi.Error, dialect=dialect) from error
        driver: Any = held.driver_connection
        postgresql = dialect.name == "postgresql"
        try:
            if postgresql:
                driver.autocommit = True
            return self._ask((held, dialect, held), values)
        finally:
            if postgresql and not driver.closed:
                driver.autocommit = False
            held.close()

    def _ask(self, link: Link, values: Mapping[str, Any]) -> list[Any]:
        _held, dialect, held = link
        made = self._made.get(dialect.name) or self._make(dialect)
        said = {**made.fixed, **values}
        for name, process in made.given:
            said[name] = process(said[name])
        sent = said if made.order is None else [said[name] for name in made.order]
        try:
            found = _cursor(dialect, held).execute(made.text, sent)
            rows = found.fetchall() if made.row is not None else ()
        except dialect.dbapi.Error as error:
            _raise(link, made.text, error)
        if made.taken is not None:
            rows = [_read(row, made.taken) for row in rows]
        return [made.row(*row) for row in rows] if made.row is not None else []

    def _make(self, dialect: Any) -> Made:
        postgresql = dialect.name == "postgresql"
        # Counted places are what psycopg needs not read the statement for.
        spoken = type(dialect)(paramstyle="numeric_dollar") if postgresql else dialect
        compiled = self.statement.compile(dialect=spoken)
        if compiled.post_compile_params:
            # Lists that stand in the statement itself are written out; what is given later needs a value until then.
            compiled = self.statement.compile(dialect=spoken, compile_kwargs={"render_postcompile": True})
        made = Made(
            str(compiled),
            {name: value for name, value in compiled.params.items() if value is not None},
            list(compiled.positiontup) if compiled.positional else None,
            _bindings(compiled, dialect),
            *_results(self.statement, dialect),
        )
        self._made[dialect.name] = made
        return made


def _cursor(dialect: Dialect, held: PoolProxiedConnection) -> Any:
    """One cursor for each connection of PostgreSQL: making one takes as long as asking."""
    driver: Any = held.driver_connection
    if dialect.name != "postgresql":
        return driver
    found = held.info.get(CURSOR)
    if found is None:
        from psycopg import RawCursor

        found = held.info[CURSOR] = RawCursor(driver)
    return found


def inserting(table: Table) -> tuple[Prepared, list[str]]:
    """One row into a table; with the names of its columns, which are all given but what the database numbers."""
    numbered = table.autoincrement_column
    names = [column.key for column in table.columns if column is not numbered]
    return Prepared(insert(table).values(dict.fromkeys(names)).inline()), names


def places(name: str, many: int) -> list[Any]:
    """Places for so many texts, for an IN; those that get no value stand for a text that nothing is."""
    return [bindparam(f"{name}_{number}", "", type_=String) for number in range(many)]


def placed(name: str, texts: Iterable[str]) -> dict[str, str]:
    """The values of such places."""
    return {f"{name}_{number}": text for number, text in enumerate(texts)}


def connection_of(session: Session | Connection) -> Connection:
    """The connection on which the session's transaction runs; asking the session each time takes longer than a row."""
    if isinstance(session, Connection):
        return session
    kept = session.info.get(KEPT)
    transaction = session.get_transaction()
    if kept is not None and transaction is not None and kept[0] is transaction:
        found: Connection = kept[1]
        return found
    connection = session.connection()
    session.info[KEPT] = session.get_transaction(), connection
    return connection


def database_of(session: Session | Connection) -> str:
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


def _results(statement: Any, dialect: Dialect) -> tuple[Any, list[Process | None] | None]:
    columns = list(statement.exported_columns)
    names: Any = [column.key or "" for column in columns]
    processes = [column.type.dialect_impl(dialect).result_processor(dialect, NUMBER) for column in columns]
    row = namedtuple("row", names, rename=True) if columns else None
    return row, processes if any(processes) else None


def _read(row: Any, taken: list[Process | None]) -> list[Any]:
    return [value if process is None else process(value) for value, process in zip(row, taken, strict=True)]


def _raise(link: Link, text: str, error: Any) -> NoReturn:
    """The error as SQLAlchemy would tell it; a connection that is gone is not used again."""
    held, dialect, fairy = link
    gone = dialect.is_disconnect(error, fairy.driver_connection, None)
    told = DBAPIError.instance(
        text, None, error, dialect.dbapi.Error, connection_invalidated=gone, dialect=dialect
    )
    if gone:
        held.invalidate(told)
    raise told from error
