"""Aside: arrays that nobody reads for a while, kept in a file without a name; memory holds what of them is read."""

from __future__ import annotations

import mmap
from tempfile import TemporaryFile
from typing import Any

import numpy as np

from adam.matching.compiled.columns import Coded, Columns, Ids
from adam.matching.compiled.tokens import Bytes

Array = np.ndarray[Any, Any]
LEAST = 1 << 20


def aside(array: Array) -> Array:
    """The array as it is, in a file that vanishes with it; itself if it is small, or no file can be written."""
    if array.nbytes < LEAST:
        return array
    try:
        with TemporaryFile() as file:
            array.tofile(file)
            return np.asarray(np.memmap(file, array.dtype, "c", shape=array.shape))
    except OSError:
        return array


def unread(array: Array) -> None:
    """Lets memory go of what was read of an array that is set aside: who reads a little is given much around it."""
    held = getattr(array.base, "_mmap", None)
    if held is not None and hasattr(mmap, "MADV_DONTNEED"):
        held.madvise(mmap.MADV_DONTNEED)


def set_texts_aside(columns: Columns, name: str) -> None:
    """Lets go of the texts of a large set, which are asked for again when pairs are written."""
    columns.texts[name] = Bytes(*map(aside, columns.texts[name]))


def set_lists_aside(columns: Columns) -> None:
    """The same of ids, of days, and of which values the records have."""
    if isinstance(columns.ids, Ids):
        columns.ids.told = Bytes(*map(aside, columns.ids.told))
    for name, coded in columns.lists.items():
        columns.lists[name] = Coded(coded.values, aside(coded.which))
    for name, day in columns.days.items():
        columns.days[name] = aside(day)
