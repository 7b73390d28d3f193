"""The ids of a pairs file, as CSV writes them."""

from __future__ import annotations

import numpy as np

from adam.matching.compiled.columns import Array, Columns, Ids, picked, texts
from adam.matching.compiled.tokens import Bytes

SPECIAL = ',"\r\n'
SPECIAL_BYTES = np.frombuffer(SPECIAL.encode(), np.uint8)


def told_ids(columns: Columns, rows: Array) -> tuple[Bytes, Array]:
    """The ids of some rows, each once; they are copied as bytes unless one of them needs quotes."""
    every = np.arange(len(rows), dtype=np.int32)
    if isinstance(columns.ids, Ids):
        found = Bytes(*picked(*columns.ids.told, rows))
        if not np.isin(found.data, SPECIAL_BYTES).any():
            return found, every
    return texts(in_csv(columns.ids[n]) for n in rows.tolist()), every


def in_csv(text: str) -> str:
    """A field of a CSV file, in quotes where it needs them."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in SPECIAL) else text
