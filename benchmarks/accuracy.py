"""Accuracy of the engine on sets with known pairs: `accuracy.py FOLDER` with one folder of records.csv, gold.csv a set.

Prints for each set average precision, hits@1, precision and recall at 0.5, best F1, how many sure negatives stand
above 0.5, and for each tenth of score how many pairs it holds and which share of them is labelled true. A set whose
labels are not complete understates precision and calibration; recall and hits@1 still mean what they say.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from adam.matching import Pair, Record, compare_all, load_policy
from adam.matching.records import Convert

SAME = ("record_duplicate", "same_money")
CROSS = ("fts", "worldbank")
EVERY_PAIR = 0.0005


@dataclass(frozen=True)
class Gold:
    """A set of records with known pairs; `sources` say which system a record comes from."""

    name: str
    records: tuple[Record, ...]
    sources: dict[str, str]
    labels: dict[tuple[str, str], str]

    @property
    def true(self) -> set[tuple[str, str]]:
        """The pairs that are one project or the same money."""
        return {pair for pair, label in self.labels.items() if label in SAME}

    @property
    def false(self) -> set[tuple[str, str]]:
        """The pairs that are surely not."""
        return {pair for pair, label in self.labels.items() if label == "different"}

    def counts(self, pair: tuple[str, str]) -> bool:
        """Whether a pair is judged: components are neither right nor wrong; some sets ask across sources only."""
        if self.labels.get(pair) == "component":
            return False
        across = self.sources[pair[0]] != self.sources[pair[1]]
        return across or not self.name.startswith(CROSS) or pair in self.labels


def rates() -> Convert | None:
    """The rates that `adam match` uses."""
    from adam.cli.matching import rates as of_the_command

    return of_the_command()


def load(folder: Path) -> Gold:
    """A set from its folder."""
    csv.field_size_limit(2**31 - 1)
    with (folder / "records.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (folder / "gold.csv").open(encoding="utf-8") as file:
        labels = {tuple(sorted((row["id_a"], row["id_b"]))): row["label"] for row in csv.DictReader(file)}
    convert = rates()
    records = tuple(Record.from_mapping(row, convert) for row in rows)
    return Gold(folder.name, records, {row["id"]: row["source"] for row in rows}, labels)  # type: ignore[arg-type]


def ranked(gold: Gold, pairs: Iterable[Pair]) -> list[tuple[tuple[str, str], float]]:
    """The judged pairs of the two kinds that mean "one project", best first."""
    found = [((p.id_a, p.id_b), p.score) for p in pairs if p.kind in SAME and gold.counts((p.id_a, p.id_b))]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def figures(gold: Gold, found: Sequence[tuple[tuple[str, str], float]]) -> dict[str, float]:
    """Average precision, hits@1, precision and recall at 0.5, best F1, sure negatives above 0.5 (a share)."""
    true, hits, precisions, best = gold.true, 0, 0.0, 0.0
    first: dict[str, str] = {}
    for at, (pair, _) in enumerate(found, 1):
        for one, other in (pair, pair[::-1]):
            first.setdefault(one, other)
        if pair in true:
            hits += 1
            precisions += hits / at
        best = max(best, 2 * hits / (at + len(true)))
    above = [pair for pair, score in found if score >= 0.5]
    right = sum(pair in true for pair in above)
    return {
        "AP": precisions / len(true),
        "hits@1": sum(first.get(a) == b or first.get(b) == a for a, b in true) / len(true),
        "P@0.5": right / max(1, len(above)),
        "R@0.5": right / len(true),
        "bestF1": best,
        "never@0.5": sum(pair in gold.false for pair in above) / max(1, len(gold.false)),
    }


def calibration(gold: Gold, found: Iterable[tuple[tuple[str, str], float]]) -> list[tuple[int, float, float]]:
    """For each tenth of score: how many pairs, their mean score, the share labelled true."""
    tenths: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    true = gold.true
    for pair, score in found:
        tenths[min(9, int(score * 10))].append((score, pair in true))
    return [
        (len(one), sum(s for s, _ in one) / max(1, len(one)), sum(t for _, t in one) / max(1, len(one)))
        for one in tenths
    ]


def report(folder: Path) -> None:
    """Prints the figures of one set."""
    gold = load(folder)
    begun = perf_counter()
    pairs = compare_all(gold.records, load_policy(), threshold=EVERY_PAIR)
    seconds = perf_counter() - begun
    found = ranked(gold, pairs)
    told = "  ".join(f"{name} {value:.3f}" for name, value in figures(gold, found).items())
    print(f"{gold.name}: {len(gold.records)} records, {len(gold.true)} true pairs, {seconds:.1f} s\n  {told}")
    lost = sum((p.id_a, p.id_b) in gold.true for p in pairs if p.kind not in SAME)
    print(f"  true pairs called component or continuation: {lost}")
    tenths = calibration(gold, found)
    print(
        "  score: pairs, mean, true  " + "  ".join(f"{n}: {mean:.2f} {true:.2f}" for n, mean, true in tenths)
    )
    for note in pairs.notes:
        print(f"  {note}")


def main() -> None:
    """The command."""
    if len(sys.argv) < 2:
        raise SystemExit("Say where the sets are: accuracy.py FOLDER")
    for folder in sorted(path.parent for path in Path(sys.argv[1]).glob("*/gold.csv")):
        if len(sys.argv) < 3 or folder.name in sys.argv[2:]:
            report(folder)


if __name__ == "__main__":
    main()
