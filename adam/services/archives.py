"""Archives: the whole service in one file that either database reads, written from one moment while others write."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    bindparam,
    func,
    select,
    text,
)
from sqlalchemy.orm import Session

from adam.errors import Conflict
from adam.models import Base
from adam.models.types import Exact, UtcMoment
from adam.services import history

FORMAT = 1
MANIFEST = "manifest.json"
BATCH = 500
FUNCTION = "history_is_append_only"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself: made when, of which schema, and of each table how many rows and their digest."""

    made: str
    schema: str
    tables: dict[str, dict[str, Any]]

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(int(about["rows"]) for about in self.tables.values())


def write(connection: Connection, file: IO[bytes], now: datetime) -> Manifest:
    """Write every table as it is at one moment; the connection must read from one snapshot."""
    tables: dict[str, dict[str, Any]] = {}
    version = schema(connection)
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for table in Base.metadata.sorted_tables:
            digest, rows = hashlib.sha256(), 0
            with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as member:
                for line in _lines(connection, table):
                    digest.update(line)
                    member.write(line)
                    rows += 1
            tables[table.name] = {"rows": rows, "sha256": digest.hexdigest()}
        manifest = Manifest(now.isoformat(), version, tables)
        said = {"format": FORMAT, "made": manifest.made, "schema": version, "tables": tables}
        archive.writestr(MANIFEST, json.dumps(said, indent=1))
    return manifest


def schema(connection: Connection) -> str:
    """The migration that a database stands at."""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row as a line of JSON, in the order of its key."""
    query = select(table).order_by(*table.primary_key.columns)
    streamed = connection.execution_options(stream_results=True, yield_per=BATCH)
    with streamed.execute(query) as rows:
        for row in rows:
            values = [_plain(value) for value in row]
            yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def examine(file: IO[bytes]) -> Manifest:
    """What an archive says of itself, after every byte of it was checked; raises Conflict for a damaged one."""
    try:
        with ZipFile(file) as archive:
            said = json.loads(archive.read(MANIFEST))
            if said["format"] != FORMAT:
                raise Conflict(f"This archive has the format {said['format']}; this ADAM reads {FORMAT}.")
            for name, about in said["tables"].items():
                digest = hashlib.sha256()
                with archive.open(f"tables/{name}.jsonl") as member:
                    while part := member.read(1 << 20):
                        digest.update(part)
                if digest.hexdigest() != about["sha256"]:
                    raise Conflict(f"This archive is damaged: the table {name} is not as it was written.")
    except (BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError) as error:
        raise Conflict(f"This is no whole archive of ADAM: {error}.") from None
    return Manifest(said["made"], said["schema"], said["tables"])


def load(connection: Connection, file: IO[bytes]) -> Manifest:
    """Fill an empty schema of the same migration; raises Conflict where that differs or the history is broken."""
    manifest = examine(file)
    stands = schema(connection)
    if manifest.schema != stands:
        sentence = f"This archive is of the schema {manifest.schema}, this ADAM has {stands}"
        raise Conflict(f"{sentence}: restore with the ADAM that made it, then migrate.")
    with ZipFile(file) as archive:
        for table in Base.metadata.sorted_tables:
            with archive.open(f"tables/{table.name}.jsonl") as member:
                _fill(connection, table, member)
    _number(connection)
    _check(connection, manifest)
    return manifest


def _fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """The rows of a table; what one says of another of the same table is written once all are there."""
    columns = list(table.columns)
    own = [column for column in columns if any(key.column.table is table for key in column.foreign_keys)]
    later: list[dict[str, Any]] = []
    batch: list[dict[str, Any]] = []
    for line in lines:
        values = json.loads(line)
        row = {c.key: _value(c.type, value) for c, value in zip(columns, values, strict=True)}
        if any(row[column.key] is not None for column in own):
            later.append({f"at_{key.key}": row[key.key] for key in table.primary_key.columns})
            later[-1] |= {f"to_{column.key}": row[column.key] for column in own}
            row |= {column.key: None for column in own}
        batch.append(row)
        if len(batch) >= BATCH:
            connection.execute(table.insert(), batch)
            batch = []
    if batch:
        connection.execute(table.insert(), batch)
    if later:
        change = table.update().values({column: bindparam(f"to_{column.key}") for column in own})
        for key in table.primary_key.columns:
            change = change.where(key == bindparam(f"at_{key.key}"))
        connection.execute(change, later)


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, UtcMoment | DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Exact | Numeric):
        return Decimal(value)
    return base64.b64decode(value) if isinstance(kind, LargeBinary) else value


def _number(connection: Connection) -> None:
    """Let PostgreSQL go on counting where the rows end; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None or not issubclass(column.type.python_type, int):
            continue
        last = connection.execute(select(func.max(column))).scalar()
        name = func.pg_get_serial_sequence(table.name, column.name)
        if last is not None and connection.execute(select(name)).scalar() is not None:
            connection.execute(select(func.setval(name, last)))


def _check(connection: Connection, manifest: Manifest) -> None:
    """Whether every row is there and the history is whole."""
    for table in Base.metadata.sorted_tables:
        rows = connection.execute(select(func.count()).select_from(table)).scalar()
        if rows != manifest.tables[table.name]["rows"]:
            raise Conflict(f"The table {table.name} has {rows} rows, not those of the archive.")
    broken = history.first_broken(Session(connection))
    if broken is not None:
        raise Conflict(f"The history of this archive is broken at entry {broken}: it was changed.")


def used(connection: Connection) -> bool:
    """Whether there is anything in this database that is ours to lose."""
    found = MetaData()
    found.reflect(connection)
    tables = [table for name, table in found.tables.items() if name != "alembic_version"]
    return any(connection.execute(select(table).limit(1)).first() is not None for table in tables)


def clear(connection: Connection) -> None:
    """Take every table away; undone with the transaction."""
    found = MetaData()
    found.reflect(connection)
    found.drop_all(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"DROP FUNCTION IF EXISTS {FUNCTION}()"))
