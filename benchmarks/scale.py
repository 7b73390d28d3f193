"""What grows how with a set: words, names, keys and bytes of the files named; docs/scale.md is made from it."""

from __future__ import annotations

import argparse
import pickle
import resource
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow
import pyarrow.compute

from adam.matching import load_policy
from adam.matching.compiled.comparing import compare, plans
from adam.matching.compiled.reading import columns_of as columns_of_file
from adam.matching.policy import KINDS
from adam.matching.spark import blocks
from adam.matching.spark.blocks import ENTRIES, Blocking
from adam.matching.spark.counting import counted
from adam.matching.spark.engine import A_PART
from adam.matching.spark.knowledge import Knowledge, knowledge
from adam.matching.spark.laying import laid_out
from adam.matching.spark.packing import packed, unpacked
from adam.matching.spark.sessions import BATCH
from adam.matching.spark.tables import ORDER, columns_of, table_of

POLICY = load_policy()
FIGURES: dict[str, Callable[[Knowledge], int]] = {
    "words": lambda known: len(known.vocabulary),
    "spellings of organizations": lambda known: len(known.cells.organizations.spellings),
    "titles that repeat": lambda known: int((known.title.repeated.many > 1).sum()),
    "distinct amounts in dollars": lambda known: len(known.usd.values),
    "megabytes every worker gets": lambda known: round(len(pickle.dumps(known)) / 1e6),
}


def main() -> None:
    """Prints the figures of each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--local", action="store_true", help="Also compare here, timed after a first run.")
    asked = parser.parse_args()
    for path in asked.files:
        columns = columns_of_file(path)
        if columns is None:
            raise SystemExit(f"{path} has to be read row by row: clean it first.")
        if asked.local:
            print_all(path, locally(columns))
        print_all(path, measured(table_of(columns)))


def print_all(path: str, figures: dict[str, Any]) -> None:
    """One figure a line."""
    for name, value in figures.items():
        print(f"{path}\t{name}\t{value}", flush=True)


def locally(columns: Any) -> dict[str, Any]:
    """Seconds and memory of the local engine."""
    compare(columns, POLICY, frozenset(KINDS), POLICY.listed)
    begun = perf_counter()
    found = compare(columns, POLICY, frozenset(KINDS), POLICY.listed)
    return {
        "seconds here": round(perf_counter() - begun, 2),
        **{f"seconds here, {name}": round(value, 2) for name, value in found.seconds.items()},
        "pairs": len(found.found.a),
        "gigabytes at most": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
    }


def measured(table: pyarrow.Table) -> dict[str, Any]:
    """What Spark counts, sends and keeps for a set, found without Spark."""
    table = table.sort_by([(name, "ascending") for name in ORDER])
    size = table.num_rows
    chunks = [table.slice(at, BATCH) for at in range(0, size, BATCH)]
    known = known_of(chunks)
    blocking = Blocking(
        plans(POLICY, size, frozenset(KINDS)),
        max(1, (size - 1).bit_length()),
        max(1, (size // A_PART).bit_length()),
    )
    rows = [
        packed(laid_out(columns_of(part), known), np.arange(at * BATCH, at * BATCH + part.num_rows))
        for at, part in enumerate(chunks)
    ]
    found = [
        blocks.entries(unpacked(row), known.shelf.home, at * BATCH, blocking) for at, row in enumerate(rows)
    ]
    kept = sifted(pyarrow.concat_tables(found), blocking)
    return {
        "records": size,
        **{name: tell(known) for name, tell in FIGURES.items()},
        "bytes of a record as it is sent": round(sum(row.nbytes for row in rows) / size),
        "keys of a record": round(sum(each.num_rows for each in found) / size, 1),
        **shared(kept, blocking, size),
    }


def known_of(chunks: list[pyarrow.Table]) -> Knowledge:
    """What the set knows."""
    counts = pyarrow.concat_tables([counted(columns_of(part)) for part in chunks])
    summed = counts.group_by(["field", "text", "number"]).aggregate([("many", "sum")])
    summed = summed.rename_columns(["field", "text", "number", "many"])
    once = pyarrow.compute.is_in(summed["field"], pyarrow.array(["title_key", "description_key"]))
    alone = pyarrow.compute.and_(once, pyarrow.compute.equal(summed["many"], 1))
    return knowledge(summed.filter(pyarrow.compute.invert(alone)), POLICY)


def sifted(entries: pyarrow.Table, blocking: Blocking) -> pyarrow.Table:
    """The entries of buckets that hold company, part by part."""
    order = entries.sort_by([("round", "ascending"), ("part", "ascending")])
    group = order["round"].to_numpy().astype(np.int64) << 32 | order["part"].to_numpy()
    begins = [*np.flatnonzero(np.diff(group, prepend=-1)).tolist(), len(group)]
    cut = [order.slice(low, high - low) for low, high in zip(begins, begins[1:], strict=False)]
    return pyarrow.concat_tables([blocks.sift(each.cast(ENTRIES), blocking) for each in cut])


def shared(kept: pyarrow.Table, blocking: Blocking, size: int) -> dict[str, Any]:
    """How many keys have company, and to how many parts records are sent for them."""
    numbers = kept["entry"].to_numpy() & int(blocking.low())
    places = np.unique(kept["part"].to_numpy().astype(np.int64) << 40 | numbers)
    largest = np.bincount(places >> 40).max()
    return {
        "keys with company, of a record": round(kept.num_rows / size, 1),
        "parts": 1 << blocking.parts,
        "parts a record is sent to": round(len(places) / size, 2),
        "records in the largest part": int(largest),
    }


if __name__ == "__main__":
    main()
