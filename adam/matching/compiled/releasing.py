"""Releasing: when memory goes back to the system that an allocator would keep, and when cycles are looked for."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow

MANY = 50_000


@contextmanager
def uncollected() -> Iterator[None]:
    """Looks for no cycles meanwhile: many small lists are made, none in a cycle, and each search goes through all."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def release(records: int) -> None:
    """Gives back what Arrow keeps and, with glibc, the C library, where a set is so large that this is much."""
    if records < MANY:
        return
    pyarrow.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
