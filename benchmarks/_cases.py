"""Cases: the grades of every judged candidate pair of a set, as numbers that a fit takes seconds for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from accuracy import SAME, load

from adam.matching.compiled.columns import of_records
from adam.matching.compiled.comparing import compare
from adam.matching.policy import COLUMNS, FEATURES, RECORD_KINDS, RETURNS, Policy

Key = tuple[str, str]
COMMON = 25
HOPELESS = -7.0


@dataclass(frozen=True)
class Cases:
    """Judged pairs of one set: one column of grades (their place in the policy) for each feature.

    `share` is how much the set weighs beside others.
    """

    name: str
    size: int
    gold: int
    grades: np.ndarray
    true: np.ndarray
    column: np.ndarray
    fold: np.ndarray
    weight: np.ndarray
    share: float = 1.0

    def only(self, chosen: np.ndarray) -> Cases:
        """Some of the cases."""
        return replace(self, **{name: getattr(self, name)[chosen] for name in PARTS})

    def thinned(self, evidence: np.ndarray) -> Cases:
        """All that is true or not hopeless under the weights at hand, and of the rest each twenty-fifth, counted so."""
        rest = ~self.true & (evidence < HOPELESS)
        sample = rest & (np.arange(len(rest)) % COMMON == 0)
        weight = np.where(sample, self.weight * COMMON, self.weight)
        return replace(self, weight=weight).only(~rest | sample)


def places(policy: Policy) -> dict[Key, int]:
    """The place of each feature and grade in the order of the policy."""
    return {key: at for at, key in enumerate(policy.weights)}


def cases(folder: Path, policy: Policy) -> Cases:
    """The cases of a folder with records.csv and gold.csv; true pairs that no rule brings together count in `gold`.

    The compiled engine compares them: it grades every pair as the readable comparisons do.
    """
    gold = load(folder)
    columns = of_records(gold.records)
    found = compare(columns, policy.steady(), frozenset(RECORD_KINDS), 0.0).found
    ids, true, home = columns.ids, gold.true, families(gold.true)
    pairs = [(ids[a], ids[b]) for a, b in zip(found.a.tolist(), found.b.tolist(), strict=True)]
    judged = np.array([gold.counts(pair) for pair in pairs])
    first = np.array([[feature for feature, _ in policy.weights].index(name) for name in FEATURES])
    grades = (found.grades.astype(np.int16) + first)[judged]
    same = np.isin(found.kind, [COLUMNS.index(kind) for kind in (*SAME, RETURNS)])
    column = np.where(same, found.kind, -1).astype(np.int64)[judged]
    told = [pair for pair, counts in zip(pairs, judged, strict=True) if counts]
    fold = np.array([home.get(one, number) for number, (one, _) in enumerate(told)])
    hit = np.array([pair in true for pair in told])
    return Cases(
        gold.name, len(ids), len(true), grades.astype(np.int16), hit, column, fold, np.ones(len(hit))
    )


def families(true: set[tuple[str, str]]) -> dict[str, int]:
    """A number for each record of a true pair, one for all that true pairs join: no fold splits a family."""
    home: dict[str, str] = {}

    def first(name: str) -> str:
        while home.setdefault(name, name) != name:
            name = home[name]
        return name

    for one, other in sorted(true):
        home[first(one)] = first(other)
    numbers = {name: at for at, name in enumerate(sorted(home))}
    return {name: numbers[first(name)] for name in home}


def kept(folder: Path, policy: Policy, store: Path | None) -> Cases:
    """The cases of a folder, read from a file of an earlier run if one is at hand; it must be of the same policy."""
    file = store / f"{folder.name}.npz" if store else None
    if file and file.exists():
        with np.load(file) as found:
            return Cases(folder.name, int(found["size"]), int(found["gold"]), *(found[n] for n in PARTS))
    made = cases(folder, policy)
    if file:
        np.savez_compressed(file, size=made.size, gold=made.gold, **{n: getattr(made, n) for n in PARTS})
    return made


PARTS = ("grades", "true", "column", "fold", "weight")
