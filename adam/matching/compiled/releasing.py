"""Releasing: how memory goes back to the system that an allocator would keep."""

from __future__ import annotations

import ctypes
import sys

import pyarrow

MANY = 50_000
M_MMAP_THRESHOLD, ALONE = -3, 1 << 20


def freed_at_once() -> None:
    """Has glibc keep each array of a megabyte or more by itself from here on, so that it is given back once freed.

    Else it learns from the first that are freed to keep larger ones among others, where they leave gaps.
    """
    if sys.platform == "linux":
        tell = getattr(ctypes.CDLL(None), "mallopt", None)
        if tell is not None:
            tell(M_MMAP_THRESHOLD, ALONE)


def release(records: int) -> None:
    """Gives back what Arrow keeps and, with glibc, the C library, where a set is so large that this is much."""
    if records < MANY:
        return
    pyarrow.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
