"""Fits the weights of record_duplicate and same_money: `weights.py FOLDER [--write]`; see config/matching.toml.

A logistic regression on the grades of every candidate pair, drawn by a ridge towards reasoned.toml.
Pairs of one reporter teach record_duplicate, pairs of two reporters same_money. What is missing adds nothing, and
some grades are held where reason or another kind of data says more than these sets do (HELD). iati_world is left out
of the fit: too few of its pairs are labelled.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from accuracy import Gold, load

from adam.matching.comparisons import COMPARISONS
from adam.matching.engine import distinct, without_cells
from adam.matching.keys import candidates
from adam.matching.policy import DEFAULT, Policy, load_policy
from adam.matching.profiles import Lexicon

SETS = {"fts_iati_afghanistan": 3.0, "worldbank_a": 1.0, "crs_finland": 1.0}
RIDGE = 1.0
START = -9.0
REASONED = Path(__file__).with_name("reasoned.toml")
KINDS = ("record_duplicate", "same_money")
Key = tuple[str, str]

# One statistical return over the years (CRS) teaches that amounts, starts and periods hardly matter; for records
# that people enter they do. So these are held: per kind, what is not to be taught by the sets at hand.
HELD: dict[str, dict[Key, float]] = {
    "record_duplicate": {
        ("identifiers", "under"): -4.0,
        ("identifiers", "siblings"): -4.0,
        ("identifiers", "apart_alike"): -1.5,
        ("identifiers", "apart"): -3.3,
        ("period", "term"): 0.3,
        ("phases", "parts"): -5.4,
        ("phases", "one_part"): -1.5,
        ("phases", "numbered"): -1.5,
        ("names", "each"): -1.5,
        ("implementers", "same"): 0.1,
        ("implementers", "some"): 0.2,
        ("period", "same"): 0.3,
        ("period", "long"): 0.3,
        ("period", "short"): 0.0,
        ("period", "follows"): -0.2,
        ("period", "apart"): -0.2,
        ("amount", "exact"): 4.5,
        ("amount", "round"): 3.0,
        ("amount", "rounded"): 1.2,
        ("amount", "near"): 0.4,
        ("amount", "converted"): 2.0,
        ("amount", "half"): -0.3,
        ("amount", "part"): -0.8,
        ("amount", "far"): -1.5,
        ("amount", "other_year"): 0.0,
        ("countries", "contained"): 0.5,
        ("countries", "one_sided"): -1.5,
        ("countries", "different"): -3.0,
        ("sectors", "same"): 0.5,
        ("sectors", "some"): 0.5,
        ("sectors", "group"): -0.3,
        ("sectors", "different"): -0.8,
        ("start", "same_day"): 0.8,
        ("start", "new_year"): 0.4,
        ("start", "weeks"): 0.6,
        ("start", "months"): 0.2,
        ("start", "year"): -0.8,
        ("start", "instalment"): 0.0,
        ("start", "far"): -0.3,
        ("value_date", "same_day"): 1.5,
        ("value_date", "weeks"): 0.5,
        ("value_date", "apart"): -0.8,
        ("reported", "one_year"): -0.5,
        ("title", "same_rare"): 4.8,
        ("title", "same_common"): 1.5,
        ("title", "near_rare"): 4.7,
        ("title", "near_common"): 2.2,
        ("title", "much_rare"): 2.8,
        ("title", "much_common"): 1.8,
        ("title", "some"): 0.8,
        ("title", "little"): -0.3,
        ("title", "different"): -1.0,
    },
    "same_money": {
        ("identifiers", "under"): -2.0,
        ("identifiers", "siblings"): -2.0,
        ("identifiers", "apart_alike"): -1.5,
        ("identifiers", "apart"): -2.0,
        ("period", "term"): 2.0,
        ("phases", "parts"): -3.0,
        ("phases", "one_part"): -0.5,
        ("phases", "numbered"): 0.0,
        ("names", "each"): 0.0,
        ("countries", "same"): 0.6,
        ("countries", "contained"): 0.2,
        ("start", "same_day"): 1.5,
        ("start", "weeks"): 0.8,
        ("start", "months"): 0.2,
        ("start", "year"): -0.9,
        ("start", "instalment"): -1.2,
        ("start", "far"): -1.2,
        ("roles", "both"): 2.8,
        ("roles", "crossed"): 2.2,
        ("amount", "rounded"): 0.8,
        ("amount", "near"): 0.0,
        ("title", "little"): -1.2,
        ("title", "different"): -2.5,
        ("wording", "most"): 1.0,
        ("wording", "nearly_all"): 1.5,
    },
}


def grades(gold: Gold, policy: Policy) -> tuple[list[dict[str, str]], np.ndarray]:
    """The grades of every judged candidate pair, and whether it is true."""
    records = distinct(gold.records)
    lexicon = Lexicon(records, policy)
    profiles = [lexicon.profile(record) for record in records]
    found, true = [], []
    for number in sorted(candidates(profiles, policy)[0]):
        a, b = profiles[number // len(profiles)], profiles[number % len(profiles)]
        pair = (min(a.record.id, b.record.id), max(a.record.id, b.record.id))
        if gold.counts(pair):
            found.append({name: compare(a, b) for name, compare in COMPARISONS.items()})
            true.append(pair in gold.true)
    return found, np.array(true, float)


def matrix(rows: list[dict[str, str]], columns: list[Key]) -> np.ndarray:
    """One column for each feature and grade, and a last one of ones for the prior."""
    at = {key: number for number, key in enumerate(columns)}
    found = np.zeros((len(rows), len(columns) + 1), np.float32)
    found[:, -1] = 1
    for number, row in enumerate(rows):
        for key in row.items():
            found[number, at[key]] = 1
    return found


@dataclass(frozen=True)
class Pull:
    """Where each weight is drawn to, and how strongly."""

    start: np.ndarray
    ridge: np.ndarray


def fit(x: np.ndarray, true: np.ndarray, weight: np.ndarray, pull: Pull) -> np.ndarray:
    """Ridge logistic regression towards `pull.start`, by Newton's method; the same input gives the same weights."""
    theta = pull.start.copy()
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ theta))
        slope = x.T @ (weight * (p - true)) + pull.ridge * (theta - pull.start)
        bend = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(pull.ridge + 1e-6)
        step = np.linalg.solve(bend, slope)
        theta = theta - min(1.0, 5 / np.abs(step).max()) * step
        if np.abs(step).max() < 1e-4:
            break
    return theta


def fitted(
    kind: str, sets: Mapping[str, tuple[list[dict[str, str]], np.ndarray]], policy: Policy
) -> dict[Key, float]:
    """The weights of one kind, and its prior at the reference size under the key ("prior", kind)."""
    columns = list(policy.weights)
    reasoned = tomllib.loads(REASONED.read_text(encoding="utf-8"))
    rows, true, weight = [], [], []
    for name, (found, labels) in sets.items():
        for row, label in zip(found, labels, strict=True):
            if (row["reporter"] == "different") == (kind == "same_money"):
                rows.append(row)
                true.append(label)
                weight.append(SETS[name])
    held = HELD[kind] | {
        key: 0.0
        for key in columns
        if key[1] in ("missing", "none", "open", "inside", "beside") and key[0] != "roles"
    }
    start = np.array([held.get(key, reasoned[key[0]][key[1]]) for key in columns] + [START])
    ridge = np.array([1e7 if key in held else RIDGE for key in columns] + [0.0])
    theta = fit(matrix(rows, columns), np.array(true), np.array(weight), Pull(start, ridge))
    return dict(zip([*columns, ("prior", kind)], theta.tolist(), strict=True))


def rewritten(text: str, found: Mapping[str, Mapping[Key, float]]) -> Iterator[str]:
    """The lines of the policy with the two fitted columns and priors in place."""
    feature = ""
    for line in text.splitlines():
        header = re.match(r"\[weights\.(\w+)\]", line)
        feature = header[1] if header else "" if line.startswith("[") else feature
        row = re.match(r"(\w+ *= \[)([^\]]*)(\].*)", line) if feature else None
        prior = re.match(r"(record_duplicate|same_money)( += )-", line)
        if row:
            numbers = [float(number) for number in row[2].split(",")]
            for at, kind in enumerate(KINDS):
                numbers[at] = found[kind][feature, line.split()[0]] + 0.0
            line = row[1] + ", ".join(f"{round(number, 1) + 0.0:5.1f}" for number in numbers) + row[3]
        elif prior:
            line = f"{prior[1]}{prior[2]}{found[prior[1]]['prior', prior[1]]:.1f}"
        yield line


def main() -> None:
    """The command."""
    policy = without_cells(load_policy())
    folder = Path(sys.argv[1])
    sets = {name: grades(load(folder / name), policy) for name in SETS}
    found = {kind: fitted(kind, sets, policy) for kind in KINDS}
    text = "\n".join(rewritten(DEFAULT.read_text(encoding="utf-8"), found)) + "\n"
    if "--write" in sys.argv:
        DEFAULT.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
