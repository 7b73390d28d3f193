"""How long one record against all takes in the engine: `asking.py FILE… [--asked N]`; each FILE a records.csv.

Every asked record is a stored one told anew: a word of its title and all its identifiers missing. Prints how long the
index takes to build, to write and to read back; the processor's milliseconds of an answer and of its parts (median,
95th and 99th percentile); and, by kind, how many of the claims above .3 that comparing 3,000 finds an answer holds.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from adam.matching import Index, Record, load_policy
from adam.matching.compiled.columns import Columns, record
from adam.matching.compiled.reading import columns_of

POLICY = load_policy()
WARM = 50
LIMIT, NEAR = 50, 0.002
"""What services/alike.py asks for."""
MOST, LIKELY = 3000, 0.3
SEED = 5


def main() -> None:
    """The command."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("files", nargs="+")
    reading.add_argument("--asked", type=int, default=1000)
    asked = reading.parse_args()
    for path in asked.files:
        columns = columns_of(path)
        if columns is None:
            raise SystemExit(f"{path} has to be read row by row: clean it first.")
        drafts = retold(columns, asked.asked + WARM)
        print(f"{path}: {len(columns.ids):,} records")
        index = restarted(columns)
        del columns
        timed(index, drafts)
        found(index, drafts[WARM:])


def retold(columns: Columns, many: int) -> list[Record]:
    """Stored records told anew, under an id of no other record."""
    chance, drafts = Random(SEED), []
    for number in chance.sample(range(len(columns.ids)), many):
        one = record(columns, number)
        words = one.title.split()
        if len(words) > 1:
            words.pop(chance.randrange(len(words)))
        drafts.append(replace(one, id="draft", title=" ".join(words), identifiers=()))
    return drafts


def restarted(columns: Columns) -> Index:
    """Builds the index, writes it, and reads it back: the one that was read back is asked."""
    with tempfile.TemporaryDirectory(prefix="adam-asking-") as folder:
        path = Path(folder) / "index.npz"
        built = clocked("built in", lambda: Index.of_columns(columns, POLICY, lambda _: {}))
        clocked("written in", lambda: built.save(path))
        print(f"  file                   {path.stat().st_size / 1e6:10,.0f} MB")
        index: Index = clocked("read back in", lambda: Index.load(path, POLICY, lambda _: {}))
    print(f"  memory of it all, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:10,.0f} MB")
    return index


def clocked(what: str, do: Callable[[], Any]) -> Any:
    """Prints the seconds that something takes, by the clock and of the processor."""
    started, worked = perf_counter(), process_time()
    done = do()
    print(f"  {what:22} {perf_counter() - started:10.1f} s, of the processor {process_time() - worked:.1f} s")
    return done


def timed(index: Index, drafts: list[Record]) -> None:
    """Prints what an answer and its parts take."""
    live = index.core.live  # type: ignore[union-attr]
    times: dict[str, list[float]] = {"answer": [], "  read": [], "  searched": []}
    live._read = watched(live._read, times["  read"])
    live._met = watched(live._met, times["  searched"])
    ask = watched(index.hits, times["answer"])
    for draft in drafts:
        ask(draft, LIMIT, NEAR)
    print("  processor, ms                 p50        p95        p99")
    for name, spans in times.items():
        cuts = quantiles(spans[WARM:], n=100)
        print(f"  {name:22} {median(spans[WARM:]):10.3f} {cuts[94]:10.3f} {cuts[98]:10.3f}")


def watched(ask: Callable[..., Any], spans: list[float]) -> Callable[..., Any]:
    """The same question, its milliseconds of the processor noted."""

    def call(*given: Any) -> Any:
        started = process_time()
        try:
            return ask(*given)
        finally:
            spans.append((process_time() - started) * 1e3)

    return call


def found(index: Index, drafts: list[Record]) -> None:
    """Prints, by kind, how many of the claims that comparing many finds an answer holds."""
    all_of, held = Counter[str](), Counter[str]()
    for draft in drafts:
        near = {hit.id for hit in index.hits(draft, LIMIT, NEAR)}
        for hit in index.hits(draft, MOST, LIKELY):
            all_of[hit.kind] += 1
            held[hit.kind] += hit.id in near
    for kind, many in all_of.most_common():
        print(f"  {kind:22} {held[kind]:10,} of {many:,}")


if __name__ == "__main__":
    main()
