"""Files as sheets: CSV, JSON Lines and Parquet as columns of strings; ValueError for what is malformed or unusual."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow
import pyarrow.csv
from numba import njit

from adam.matching.compiled.columns import DAYS, LISTS, Coded
from adam.matching.compiled.reading_cells import distinct

AMOUNTS = ("amount", "amount_usd")
SINGLE = ("id", "title", "description", "reporter", "currency", *DAYS, *AMOUNTS)
BLOCK = 1 << 20  # what fits the processor's cache; larger blocks, and two threads on them, take longer
LINES = 1000
BOM = b"\xef\xbb\xbf"
QUOTE, COMMA, RETURN, FEED = 34, 44, 13, 10


class Sheet:
    """Columns of a file: strings without nulls, and lists where the file has them; what is taken is let go."""

    def __init__(self, rows: int, strings: dict[str, pyarrow.ChunkedArray], lists: dict[str, Coded]):
        self.rows = rows
        self.strings = strings
        self.lists = lists

    def take(self, name: str) -> pyarrow.ChunkedArray:
        """The strings of a column; empty ones where the file doesn't have it."""
        found = self.strings.pop(name, None)
        return pyarrow.chunked_array([pyarrow.repeat("", self.rows)]) if found is None else found

    def cells(self, name: str) -> Coded:
        """The distinct cells of a column: strings, or tuples where the file has lists."""
        if name in self.lists:
            return self.lists.pop(name)
        if name not in self.strings:
            return Coded([""], np.zeros(self.rows, np.int32))
        return distinct(self.take(name))


def from_csv(path: Path) -> Sheet:
    """The columns of a CSV file that is well formed to the last quote, and UTF-8 in every column."""
    names = header(path)
    wanted = [name for name in (*SINGLE, *LISTS) if name in names]
    with ThreadPoolExecutor(1) as pool:
        checked = pool.submit(check_bytes, path)
        table = pyarrow.csv.read_csv(
            path,
            read_options=pyarrow.csv.ReadOptions(block_size=BLOCK, use_threads=False),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(wanted, pyarrow.string()),
                include_columns=wanted,
                check_utf8=False,
            ),
        )
        checked.result()
    return Sheet(table.num_rows, {name: table[name] for name in wanted}, {})


def header(path: Path) -> list[str]:
    """The names of the columns; ValueError for none called id or one that stands twice."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file, strict=True), [])
    if "id" not in names or len(set(names)) < len(names):
        raise ValueError("no header")
    return names


def check_bytes(path: Path) -> None:
    """Raises ValueError for bytes that are not UTF-8, and for quotes that strict CSV refuses."""
    data = np.memmap(path, np.uint8, "r")
    begin = len(BOM) if bytes(data[:3]) == BOM else 0
    whole = [None, pyarrow.py_buffer(np.array([0, data.size])), pyarrow.py_buffer(data)]
    pyarrow.Array.from_buffers(pyarrow.large_string(), 1, whole).validate(full=True)
    if not well_quoted(np.asarray(data), begin):
        raise ValueError("malformed quotes")


@njit(cache=True, nogil=True)
def well_quoted(data, begin):  # type: ignore[no-untyped-def]
    """Whether every quote that opens a field is closed, right before the field's end."""
    inside = False
    at, end = begin, data.size
    while at < end:
        if data[at] != QUOTE:
            at += 1
            continue
        if not inside:
            before = data[at - 1] if at > begin else FEED
            inside = before in (COMMA, FEED, RETURN)
        elif at + 1 < end and data[at + 1] == QUOTE:
            at += 1
        else:
            after = data[at + 1] if at + 1 < end else FEED
            if after not in (COMMA, FEED, RETURN):
                return False
            inside = False
        at += 1
    return not inside


def from_json_lines(path: Path) -> Sheet:
    """The columns of a JSON Lines file."""
    strings: dict[str, list[pyarrow.Array]] = {name: [] for name in SINGLE}
    seen: dict[str, dict[Any, int]] = {name: {} for name in LISTS}
    which: dict[str, list[int]] = {name: [] for name in LISTS}
    with path.open(encoding="utf-8-sig") as file:
        for rows in batches(file):
            for name in SINGLE:
                found = pyarrow.array([row.get(name) for row in rows], pyarrow.string())
                strings[name].append(found.fill_null(""))
            for name in LISTS:
                known = seen[name]
                which[name] += [known.setdefault(cell(row.get(name)), len(known)) for row in rows]
    lists = {name: coded(seen[name], which[name]) for name in LISTS}
    columns = {name: pyarrow.chunked_array(parts, pyarrow.string()) for name, parts in strings.items()}
    return Sheet(len(which["sectors"]), columns, lists)


def batches(file: IO[str]) -> Iterator[list[dict[str, Any]]]:
    """The objects of some lines at a time; ValueError for a line that holds none."""
    decode = json.JSONDecoder(parse_float=str, parse_int=str).decode
    while lines := list(islice(file, LINES)):
        rows = [decode(line) for line in lines if line.strip()]
        if not all(isinstance(row, dict) for row in rows):
            raise ValueError("not an object")
        yield rows


def cell(value: Any) -> str | tuple[Any, ...]:
    """A list's cell, so that equal ones are found again; ValueError for what is neither a text nor a list."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return tuple(value)
    if value is None:
        return ""
    raise ValueError("not a list")


def coded(seen: dict[Any, int], which: list[int]) -> Coded:
    """The distinct cells; ValueError for a list that holds anything but texts."""
    if not all(isinstance(part, str) for value in seen if isinstance(value, tuple) for part in value):
        raise ValueError("not a list of texts")
    return Coded(list(seen), np.array(which, np.int32))


def from_parquet(path: Path) -> Sheet:
    """The columns of a Parquet file whose types leave no doubt."""
    import pyarrow.parquet

    table = pyarrow.parquet.ParquetFile(path).read()
    table.validate(full=True)
    if len(set(table.column_names)) < len(table.column_names):
        raise ValueError("a column stands twice")
    strings, lists = {}, {}
    for name in table.column_names:
        column = table[name]
        if pyarrow.types.is_list(column.type) or pyarrow.types.is_large_list(column.type):
            lists[name] = listed(name, column)
        else:
            strings[name] = as_strings(name, column)
    return Sheet(table.num_rows, strings, lists)


def listed(name: str, column: pyarrow.ChunkedArray) -> Coded:
    """The distinct lists of a column of lists."""
    if name in SINGLE or not is_string(column.type.value_type):
        raise ValueError("a list where none belongs")
    seen: dict[Any, int] = {}
    values: Iterable[Any] = (value for chunk in column.chunks for value in chunk.to_pylist())
    return coded(seen, [seen.setdefault(cell(value), len(seen)) for value in values])


def as_strings(name: str, column: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
    """A column of single values as strings, as str() would write them; ValueError where that is in doubt."""
    kind = column.type
    if pyarrow.types.is_dictionary(kind):
        kind = kind.value_type
        column = column.cast(kind)
    in_amounts = name in AMOUNTS
    allowed = is_string(kind) or pyarrow.types.is_null(kind)
    allowed |= pyarrow.types.is_integer(kind) and name not in LISTS
    allowed |= pyarrow.types.is_decimal(kind) and in_amounts
    allowed |= pyarrow.types.is_date32(kind) and name in DAYS
    if pyarrow.types.is_floating(kind) and in_amounts:
        values = [None if value is None else str(value) for value in column.to_pylist()]
        column = pyarrow.chunked_array([pyarrow.array(values, pyarrow.string())])
    elif not allowed:
        raise ValueError("a type of which nothing is known")
    return column.cast(pyarrow.string()).fill_null("")


def is_string(kind: pyarrow.DataType) -> bool:
    """Whether a type holds texts."""
    return pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind)


READERS: dict[str, Callable[[Path], Sheet]] = {
    ".csv": from_csv,
    ".jsonl": from_json_lines,
    ".ndjson": from_json_lines,
    ".parquet": from_parquet,
}
