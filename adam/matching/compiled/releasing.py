"""Releasing: when memory goes back to the system that an allocator would keep."""

from __future__ import annotations

import ctypes
import sys

import pyarrow

MANY = 50_000


def release(records: int) -> None:
    """Gives back what Arrow keeps and, with glibc, the C library, where a set is so large that this is much."""
    if records < MANY:
        return
    pyarrow.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
