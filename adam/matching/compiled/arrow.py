"""Arrow: its arrays as numpy's and back by their buffers; its own ways load pandas first, which takes 0.2 s."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow

from adam.matching.compiled.vocabulary import joined

Array = np.ndarray[Any, Any]
KINDS: dict[Any, pyarrow.DataType] = {
    np.dtype(np.int32): pyarrow.int32(),
    np.dtype(np.int64): pyarrow.int64(),
    np.dtype(np.float64): pyarrow.float64(),
}


def numbers(array: pyarrow.Array, kind: Any) -> Array:
    """The numbers of an array without nulls."""
    data = array.buffers()[1]
    found: Array = np.frombuffer(data or b"", kind)[array.offset : array.offset + len(array)]
    return found


def truths(array: pyarrow.Array) -> Array:
    """The truth values of an array without nulls."""
    bits = np.frombuffer(array.buffers()[1] or b"", np.uint8)
    found: Array = np.unpackbits(bits, bitorder="little")[array.offset : array.offset + len(array)].view(
        np.bool_
    )
    return found


def strings(texts: Sequence[str]) -> pyarrow.Array:
    """Texts as an array."""
    data, at = joined(texts)
    return pyarrow.Array.from_buffers(
        pyarrow.large_string(), len(texts), [None, pyarrow.py_buffer(at), pyarrow.py_buffer(data)]
    )


def distinct(values: Array) -> tuple[Array, Array]:
    """The distinct numbers in the order met, and for each place the position of its number among them."""
    kind = KINDS[values.dtype]
    told = pyarrow.Array.from_buffers(
        kind, len(values), [None, pyarrow.py_buffer(np.ascontiguousarray(values))]
    )
    encoded = told.dictionary_encode()
    return numbers(encoded.dictionary, values.dtype), numbers(encoded.indices, np.int32)
