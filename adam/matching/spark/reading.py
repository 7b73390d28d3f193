"""Reading: records as a Spark table, whether they come as records, as columns, or as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow

from adam.errors import Invalid, Problem
from adam.matching.compiled import reading
from adam.matching.compiled.columns import Columns, of_records
from adam.matching.compiled.reading_files import Sheet, as_strings, listed
from adam.matching.compiled.reading_money import Rate
from adam.matching.records import Record
from adam.matching.spark.sessions import BATCH
from adam.matching.spark.tables import SCHEMA, table_of

Source = Path | str | Columns | Iterable[Record]


def read(spark: Any, source: Source, rate: Rate | None = None) -> Any:
    """A Spark table of the records; Parquet, a file or a folder of files, is read where Spark works, all else here.

    Raises Invalid where a file can't be read so, or where an id is missing or stands twice.
    """
    if isinstance(source, str | Path) and is_parquet(Path(source)):
        found = spark.read.parquet(str(source))
        return found.mapInArrow(partial(tables, rate=rate), ddl())
    return spark.createDataFrame(table_of(columns_of(source, rate)))


def is_parquet(path: Path) -> bool:
    """Whether a path is a Parquet file or a folder of such."""
    return path.suffix.lower() == ".parquet" or path.is_dir() and any(path.glob("*.parquet"))


def columns_of(source: Source, rate: Rate | None) -> Columns:
    """The columns of what is read here."""
    if isinstance(source, Columns):
        return source
    if not isinstance(source, str | Path):
        return of_records(list(source))
    found = reading.columns_of(source, rate)
    if found is None:
        raise Invalid(
            [Problem("#/", "unreadable", f"{source} can't be read as a whole: read it row by row.")]
        )
    return found


def tables(batches: Iterator[Any], rate: Rate | None) -> Iterator[Any]:
    """Batches of a Parquet file as tables of records."""
    for batch in batches:
        table = pyarrow.Table.from_batches([batch])
        if not table.num_rows:
            continue
        strings, lists = {}, {}
        for name in table.column_names:
            kind = table[name].type
            if pyarrow.types.is_list(kind) or pyarrow.types.is_large_list(kind):
                lists[name] = listed(name, table[name])
            else:
                strings[name] = as_strings(name, table[name])
        columns = reading._columns(Sheet(table.num_rows, strings, lists), rate)
        yield from table_of(columns).to_batches(max_chunksize=BATCH)


def ddl() -> str:
    """The columns of a table of records, as Spark declares them."""
    return declared(SCHEMA)


def declared(schema: pyarrow.Schema) -> str:
    """An Arrow schema as Spark declares it."""
    names = {"binary": "binary", "int32": "int", "int64": "bigint", "double": "double", "string": "string"}
    return ", ".join(f"`{field.name}` {names[str(field.type)]}" for field in schema)
