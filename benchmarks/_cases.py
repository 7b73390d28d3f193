"""Cases: the grades of every judged candidate pair of a set, as numbers that a fit takes seconds for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from accuracy import SAME, load

from adam.matching.comparisons import COMPARISONS
from adam.matching.engine import distinct, without_cells
from adam.matching.keys import candidates
from adam.matching.kinds import record_kind
from adam.matching.policy import COLUMNS, Policy
from adam.matching.profiles import Lexicon
from adam.matching.scores import column_of

Key = tuple[str, str]
COMMON = 25
HOPELESS = -7.0


@dataclass(frozen=True)
class Cases:
    """Judged pairs of one set: one column of grades (their place in the policy) for each feature."""

    name: str
    size: int
    gold: int
    grades: np.ndarray
    true: np.ndarray
    column: np.ndarray
    fold: np.ndarray
    weight: np.ndarray

    def only(self, chosen: np.ndarray) -> Cases:
        """Some of the cases."""
        kept = (part[chosen] for part in (self.grades, self.true, self.column, self.fold, self.weight))
        return Cases(self.name, self.size, self.gold, *kept)

    def thinned(self, evidence: np.ndarray) -> Cases:
        """All that is true or not hopeless under the weights at hand, and of the rest each twenty-fifth, counted so."""
        rest = ~self.true & (evidence < HOPELESS)
        sample = rest & (np.arange(len(rest)) % COMMON == 0)
        weight = np.where(sample, self.weight * COMMON, self.weight)
        found = Cases(self.name, self.size, self.gold, self.grades, self.true, self.column, self.fold, weight)
        return found.only(~rest | sample)


def places(policy: Policy) -> dict[Key, int]:
    """The place of each feature and grade in the order of the policy."""
    return {key: at for at, key in enumerate(policy.weights)}


def cases(folder: Path, policy: Policy) -> Cases:
    """The cases of a folder with records.csv and gold.csv; true pairs that no rule brings together count in `gold`."""
    policy, gold = without_cells(policy), load(folder)
    lexicon = Lexicon(records := distinct(gold.records), policy)
    profiles, at, size = [lexicon.profile(record) for record in records], places(policy), len(records)
    true, home = gold.true, families(gold.true)
    rows: list[tuple[list[int], bool, int, int]] = []
    for number in sorted(candidates(profiles, policy)[0]):
        a, b = profiles[number // size], profiles[number % size]
        pair = (min(a.record.id, b.record.id), max(a.record.id, b.record.id))
        if gold.counts(pair):
            grades = {name: compare(a, b) for name, compare in COMPARISONS.items()}
            kind = record_kind(a, b, grades, policy)
            column = COLUMNS.index(column_of(kind, a, b)) if kind in SAME else -1
            fold = home.get(pair[0], number // size)
            rows.append(([at[key] for key in grades.items()], pair in true, column, fold))
    grades_, true_, column_, fold_ = (np.array(part) for part in zip(*rows, strict=True))
    return Cases(
        gold.name, size, len(true), grades_.astype(np.int16), true_, column_, fold_, np.ones(len(rows))
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
