"""Records added to a live set, compiled: the entries of each key as a chain, newest first."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.compiled.keys import keys_of
from adam.matching.compiled.live_kernels import VOTES

Array = np.ndarray[Any, Any]


class Chains(NamedTuple):
    """Entries of the records added since, newest first: `heads` by the first bits of a key, then `next` by `next`."""

    heads: Array
    keys: Array
    rows: Array
    next: Array
    shift: int


@njit(cache=True, nogil=True)
def met_in_chains(query, chains, alive, job):  # type: ignore[no-untyped-def]
    """Counts the votes of the records added since, the newest of each key: job is (room, rules, how many of a key)."""
    row, home = query
    room, rules, most = job
    many = 0
    for n in range(keys_of(row, home, 0, (rules, room.keys))):
        key = room.keys[n]
        entry, seen = chains.heads[key >> np.uint64(chains.shift)], 0
        while entry >= 0 and seen < most:
            j = chains.rows[entry]
            if chains.keys[entry] == key and alive[j]:
                seen += 1
                if not room.votes[j]:
                    room.met[many] = j
                    many += 1
                room.votes[j] = min(room.votes[j] + 1, VOTES - 1)
            entry = chains.next[entry]
    return many


@njit(cache=True, nogil=True)
def chained(chains, used, row, keys):  # type: ignore[no-untyped-def]
    """Puts a record under its keys, from entry `used` on."""
    for n in range(keys.size):
        lot = keys[n] >> np.uint64(chains.shift)
        chains.keys[used + n], chains.rows[used + n] = keys[n], row
        chains.next[used + n] = chains.heads[lot]
        chains.heads[lot] = used + n
