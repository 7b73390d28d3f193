"""What an import is measured against: the least that reading the file and storing the same rows can take."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

BATCH = 200
DURABLE = ("journal_mode=WAL", "synchronous=FULL")


def parse(files: list[str]) -> tuple[int, float]:
    """How many activities stand in the files, and the seconds of reading them with lxml and doing nothing."""
    started, count = time.perf_counter(), 0
    for file in files:
        for _, element in etree.iterparse(file, tag="iati-activity"):
            count += 1
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return count, time.perf_counter() - started


def store(done: str, seeded: str, fresh: str) -> tuple[int, float]:
    """Rows and seconds of writing what stands in `done` beyond `seeded` into `fresh`, a copy of `seeded`.

    The same tables and indexes, written by plain executemany, one durable transaction for each 200 projects.
    """
    source, target = sqlite3.connect(done), sqlite3.connect(fresh, isolation_level=None)
    before = sqlite3.connect(seeded)
    for pragma in DURABLE:
        target.execute(f"PRAGMA {pragma}")
    firsts = {table: _last(before, table) for table in _tables(source)}
    many = source.execute("SELECT count(*) FROM projects WHERE rowid > ?", (firsts["projects"],)).fetchone()[
        0
    ]
    rounds, written, seconds = max(1, -(-many // BATCH)), 0, 0.0
    slices = [_slices(source, (table, first), rounds) for table, first in firsts.items()]
    for parts in zip(*slices, strict=True):
        started = time.perf_counter()
        target.execute("BEGIN IMMEDIATE")
        for statement, rows in parts:
            target.executemany(statement, rows)
            written += len(rows)
        target.execute("COMMIT")
        seconds += time.perf_counter() - started
    return written, seconds


def _tables(source: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [name for (name,) in source.execute(query)]


def _last(database: sqlite3.Connection, table: str) -> int:
    return int(database.execute(f'SELECT coalesce(max(rowid), 0) FROM "{table}"').fetchone()[0])


def _slices(
    source: sqlite3.Connection, start: tuple[str, int], rounds: int
) -> Iterator[tuple[str, list[Any]]]:
    """The new rows of a table in as many slices as there are rounds, each with its statement."""
    table, first = start
    last = _last(source, table)
    columns = len(source.execute(f'SELECT * FROM "{table}" LIMIT 0').description)
    statement = f'INSERT INTO "{table}" VALUES ({", ".join("?" * columns)})'
    for number in range(rounds):
        low, high = (first + (last - first) * at // rounds for at in (number, number + 1))
        query = f'SELECT * FROM "{table}" WHERE rowid > ? AND rowid <= ?'
        yield statement, source.execute(query, (low, high)).fetchall()


def main() -> None:
    """`parse FILE…` or `store DONE SEEDED FRESH`; prints how many and the seconds."""
    what, *more = sys.argv[1:]
    count, seconds = parse(more) if what == "parse" else store(*(str(Path(name)) for name in more))
    print(count, seconds)


if __name__ == "__main__":
    main()
