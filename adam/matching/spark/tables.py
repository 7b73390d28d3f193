"""Tables: columns of records as Arrow tables that Spark can carry, sort and cut, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow

from adam.matching.compiled.columns import DAYS, LISTS, Coded, Columns
from adam.matching.compiled.ordering import contents
from adam.matching.compiled.tokens import Bytes

Array = np.ndarray[Any, Any]
TEXTS = ("title", "description")
LISTED = (*LISTS, "reporter", "currency")
SIGN = np.uint64(1 << 63)
BYTES, DOUBLE = pyarrow.binary(), pyarrow.float64()
SCHEMA = pyarrow.schema(
    [
        ("id", BYTES),
        *((name, BYTES) for name in TEXTS),
        *((name, BYTES) for name in LISTED),
        *((name, pyarrow.int32()) for name in DAYS),
        ("own", DOUBLE),
        ("usd", DOUBLE),
        ("place", BYTES),
        ("content", pyarrow.int64()),
    ]
)
ORDER = ("place", "start", "content", "id")


def table_of(columns: Columns) -> pyarrow.Table:
    """The records as a table, with what they are put in order by: `ORDER`, as ordering.order does it."""
    arrays = {"id": pyarrow.array([each.encode("utf-8", "surrogatepass") for each in columns.ids], BYTES)}
    arrays |= {name: binary(columns.texts[name]) for name in TEXTS}
    arrays |= {name: cells(columns.lists[name]) for name in LISTED}
    arrays |= {name: pyarrow.array(columns.days[name].astype(np.int32)) for name in DAYS}
    first = Coded(
        [min(value, default="") for value in columns.lists["countries"].values],
        columns.lists["countries"].which,
    )
    arrays |= {"own": pyarrow.array(columns.own), "usd": pyarrow.array(columns.usd)}
    arrays["place"] = taken([place.encode() for place in first.values], first.which)
    arrays["content"] = pyarrow.array((contents(columns) ^ SIGN).view(np.int64))
    return pyarrow.table([arrays[name] for name in SCHEMA.names], schema=SCHEMA)


def binary(texts: Bytes) -> pyarrow.Array:
    """Texts as they are."""
    at, data = np.ascontiguousarray(texts.at, np.int64), np.ascontiguousarray(texts.data)
    buffers = [None, pyarrow.py_buffer(at), pyarrow.py_buffer(data)]
    return pyarrow.Array.from_buffers(pyarrow.large_binary(), len(at) - 1, buffers).cast(BYTES)


def cells(coded: Coded) -> pyarrow.Array:
    """Values as JSON, so that whatever signs they hold they come back."""
    return taken([json.dumps(value).encode() for value in coded.values], coded.which)


def taken(values: list[bytes], which: Array) -> pyarrow.Array:
    """One of some values for each record."""
    return pyarrow.array(values, BYTES).take(pyarrow.array(which))


def columns_of(table: Any) -> Columns:
    """The columns of a table or record batch."""
    parts = {name: whole(table[name]) for name in SCHEMA.names[:-2]}
    ids = [each.decode("utf-8", "surrogatepass") for each in parts["id"].to_pylist()]
    return Columns(
        ids,
        {name: bytes_of(parts[name]) for name in TEXTS},
        {name: coded(name, parts[name]) for name in LISTED},
        {name: np.array(parts[name], np.int32) for name in DAYS},
        np.array(parts["own"], np.float64),
        np.array(parts["usd"], np.float64),
    )


def whole(column: Any) -> pyarrow.Array:
    """A column in one piece."""
    return column.combine_chunks() if isinstance(column, pyarrow.ChunkedArray) else column


def bytes_of(column: pyarrow.Array) -> Bytes:
    """The bytes of each value, one after the other."""
    data, at = concatenated(column)
    return Bytes(np.frombuffer(data.tobytes() or b" ", np.uint8), at)


def concatenated(column: pyarrow.Array) -> tuple[Array, Array]:
    """All bytes of a column, and where each value begins among them."""
    _, offsets, data = column.buffers()
    wide = np.int64 if pyarrow.types.is_large_binary(column.type) else np.int32
    size = np.dtype(wide).itemsize
    told = np.frombuffer(offsets, wide, len(column) + 1, column.offset * size).astype(np.int64)
    held = np.frombuffer(data or b"", np.uint8)[told[0] : told[-1]].copy()
    return held, told - told[0]


def coded(name: str, column: pyarrow.Array) -> Coded:
    """The distinct values of a column."""
    found = column.dictionary_encode()
    values = [value_of(name, json.loads(cell)) for cell in found.dictionary.to_pylist()]
    return Coded(values, np.array(found.indices, np.int32))


def value_of(name: str, told: Any) -> Any:
    """A value as the columns hold it: a text for currencies, tuples for all others."""
    if name == "currency":
        return told
    items: Iterable[Any] = map(tuple, told) if name == "relations" else told
    return tuple(items)
