"""Bits, compiled: how many of a mask are set."""

from __future__ import annotations

import numpy as np
from numba import njit

PAIRS, FOURS = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
EIGHTS, EACH_BYTE = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)


@njit(cache=True, nogil=True, _nrt=False)
def ones(mask):  # type: ignore[no-untyped-def]
    """How many bits of 64 are set."""
    mask -= mask >> np.uint64(1) & PAIRS
    mask = (mask & FOURS) + (mask >> np.uint64(2) & FOURS)
    return (mask + (mask >> np.uint64(4)) & EIGHTS) * EACH_BYTE >> np.uint64(56)
