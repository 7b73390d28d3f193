"""Fits the weights: `weights.py SET[:SHARE]... [--judge=SET] [--only=KIND,KIND] [--write]`.

A SET is a folder of records.csv and gold.csv; SHARE says how much it weighs beside the others, 1 where none is given.

A logistic regression on the grades of every candidate pair, drawn by a ridge towards reasoned.toml. Pairs of one
reporter teach record_duplicate, pairs of two reporters same_money, lines of yearly returns a column of their own; only
pairs of which that kind would be claimed teach it. What is missing adds nothing, except in returns, where whoever
leaves out the country always leaves it out. Every set weighs its share, but no pair more than MOST times that. What
agrees more never weighs less (_order.py).

Each set is left out once (a set that alone teaches a column is cut into five by families of records), and the figures
of what was left out are printed; then all teach. With --write nothing is left out: the weights go into
config/matching.toml, and columns that --only does not name stay as they are. Sets named by --judge never teach; with
--store=FOLDER the cases are kept there for the next run of the same features.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from _cases import Cases, kept
from _held import HELD, OVERRULED
from _order import against, membership, tied, turned

from adam.matching.policy import COLUMNS, DEFAULT, Policy, load_policy

VERSION = "2026.11"
RIDGE = 1.5
STIFF = 5.0
MOST = 5.0
ROUNDS = 12
START = -9.0
FOLDS = 5
PAIRS = 2000.0
TAUGHT = ("record_duplicate", "same_money", "returns")
REASONED = Path(__file__).with_name("reasoned.toml")
# What other features tell already: without a stiffer pull their weights take signs that nobody could explain.
RETELLING = ("spelling", "retold", "mentions", "codes")
SILENT = ("missing", "none", "open", "inside", "beside")


@dataclass(frozen=True)
class Pull:
    """Where each weight is drawn to, and how strongly."""

    start: np.ndarray
    ridge: np.ndarray


def pull(kind: str, policy: Policy) -> Pull:
    """The reasoned weights, and those that are held; the last is the prior, which is free."""
    reasoned = tomllib.loads(REASONED.read_text(encoding="utf-8"))
    held = dict(HELD[kind])
    for key in policy.weights:
        silent = key[1] in SILENT and key[0] != "roles"
        if silent and not (kind == "returns" and key[1] == "missing"):
            held[key] = 0.0
        if key[0] == "plenty":  # says something of whole sets, of which there are too few to learn from
            held[key] = policy.weights[key][COLUMNS.index(kind)]
    start = [held[key] if key in held else reasoned[key[0]][key[1]] for key in policy.weights]
    stiff = {key for key in policy.weights if key[0] in RETELLING and kind != "returns"}
    ridge = [1e7 if key in held else STIFF if key in stiff else RIDGE for key in policy.weights]
    return Pull(np.array([*start, START]), np.array([*ridge, 0.0]))


def matrix(grades: np.ndarray, columns: int) -> np.ndarray:
    """One column for each feature and grade, and a last one, to be filled, for what the size adds to the prior."""
    found = np.zeros((len(grades), columns + 1), np.float32)
    rows = np.arange(len(grades))
    for feature in grades.T:
        found[rows, feature] = 1
    return found


def fit(x: np.ndarray, true: np.ndarray, weight: np.ndarray, to: Pull) -> np.ndarray:
    """Ridge logistic regression towards `to.start`, by Newton's method; the same input gives the same weights.

    The last column of `x` is not one but what the size of the set adds to the prior, which has no weight of its own.
    """
    theta, sized, x = to.start.copy(), x[:, -1].astype(float), x.copy()
    x[:, -1] = 1
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ theta + sized, -30, 30)))
        slope = x.T @ (weight * (p - true)) + to.ridge * (theta - to.start)
        bend = (x * (weight * p * (1 - p))[:, None].astype(np.float32)).T @ x + np.diag(to.ridge + 1e-6)
        step = np.linalg.solve(bend, slope)
        theta = theta - min(1.0, 4 / np.abs(step).max()) * step
        if np.abs(step).max() < 1e-3:
            break
    return theta


def together(x: np.ndarray, true: np.ndarray, weight: np.ndarray, how: tuple[Pull, np.ndarray]) -> np.ndarray:
    """The same where the columns of a group have one weight, drawn to the middle of what each is drawn to."""
    to, groups = how
    joint = membership(groups)
    ridge = joint.T @ to.ridge
    start = (joint.T @ (to.ridge * to.start)) / np.maximum(ridge, 1e-9)
    start[-1] = to.start[-1]
    return joint @ fit(x @ joint, true, weight, Pull(start, ridge))


def taught(kind: str, sets: Sequence[Cases], policy: Policy) -> np.ndarray:
    """The weights of one column, its prior last; what differs never speaks for one project, what agrees never against.

    A grade that the sets at hand would give the wrong sign (translations teach that other words are no matter) is
    held at nothing, and the rest fitted anew.
    """
    column, parts = COLUMNS.index(kind), []
    for one in sets:
        found = one.only(one.column == column)
        if len(found.true):
            share = one.share * min(MOST, PAIRS / max(1, int(found.true.sum())))
            x = matrix(found.grades, len(policy.weights))
            x[:, -1] = sized(one, policy)
            parts.append((x, found.true, found.weight * share))
    to = pull(kind, policy)
    if not parts:
        return to.start
    x, true, weight = (np.concatenate(part) for part in zip(*parts, strict=True))
    keys, groups = list(policy.weights), np.arange(len(policy.weights) + 1)
    for _ in range(ROUNDS):
        theta = together(x, true.astype(float), weight, (to, groups))
        wrong = np.array([*(against(key, at) for key, at in zip(keys, theta, strict=False)), False])
        round_about = turned(theta, keys, groups)
        if not wrong.any() and not round_about:
            break
        to = Pull(np.where(wrong, 0.0, to.start), np.where(wrong, 1e7, to.ridge))
        groups = tied(groups, round_about)
    for key, told in OVERRULED.get(kind, {}).items():
        theta[list(policy.weights).index(key)] = told
    return theta


def sized(one: Cases, policy: Policy) -> float:
    """What the size of a set adds to the prior."""
    return policy.prior("same_money", one.size) - policy.priors["same_money"]


def at_hand(policy: Policy) -> dict[str, np.ndarray]:
    """The weights of the policy, each column with its prior last."""
    return {
        kind: np.array([*(row[COLUMNS.index(kind)] for row in policy.weights.values()), policy.priors[kind]])
        for kind in TAUGHT
    }


def evidence(one: Cases, weights: Mapping[str, np.ndarray], policy: Policy) -> np.ndarray:
    """What all features and the prior add up to for each case; far below zero where another kind is claimed."""
    found = np.full(len(one.true), -99.0)
    for kind, theta in weights.items():
        chosen = one.column == COLUMNS.index(kind)
        found[chosen] = theta[one.grades[chosen]].sum(1) + theta[-1] + sized(one, policy)
    return found


def figures(one: Cases, scores: np.ndarray) -> str:
    """Average precision, precision, recall and F1 at 0.5, best F1, and for each tenth of score the share of true."""
    order = np.argsort(-scores, kind="stable")
    true, weight = one.true[order], one.weight[order]
    hits, named = np.cumsum(true), np.cumsum(weight)
    precision = float((true * hits / named).sum() / one.gold)
    best = float((2 * hits / (named + one.gold)).max())
    above = scores >= 0
    right, said = int(one.true[above].sum()), float(one.weight[above].sum())
    tenths = np.minimum(9, (10 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(int))
    told = []
    for tenth in range(10):
        inside = tenths == tenth
        share = one.true[inside].sum() / max(1e-9, one.weight[inside].sum())
        told.append(f"{share:.2f} ({one.weight[inside].sum():.0f})" if inside.any() else "-")
    return (
        f"AP {precision:.3f}  P@0.5 {right / max(1.0, said):.3f}  R@0.5 {right / one.gold:.3f}  "
        f"F1@0.5 {2 * right / (said + one.gold):.3f}  best F1 {best:.3f}\n    true by tenth: {'  '.join(told)}"
    )


def crossed(sets: Sequence[Cases], policy: Policy) -> Iterator[tuple[Cases, np.ndarray]]:
    """Each set with what weights say of it that it did not teach."""
    for one in sets:
        others = [other for other in sets if other is not one]
        found = np.full(len(one.true), -99.0)
        for kind in TAUGHT:
            column = COLUMNS.index(kind)
            if any(other.true[other.column == column].any() for other in others):
                chosen = one.column == column
                found[chosen] = evidence(one, {kind: taught(kind, others, policy)}, policy)[chosen]
                continue
            for fold in range(FOLDS):
                left = one.fold % FOLDS == fold
                theta = taught(kind, [*others, one.only(~left)], policy)
                chosen = left & (one.column == column)
                found[chosen] = evidence(one, {kind: theta}, policy)[chosen]
        yield one, found


def rewritten(text: str, policy: Policy, found: Mapping[str, np.ndarray]) -> Iterator[str]:
    """The lines of the policy with the fitted columns, priors and version in place."""
    at = {key: place for place, key in enumerate(policy.weights)}
    feature = ""
    for line in text.splitlines():
        header = re.match(r"\[weights\.(\w+)\]", line)
        feature = header[1] if header else "" if line.startswith("[") else feature
        row = re.match(r"(\w+ *= \[)([^\]]*)(\].*)", line) if feature else None
        prior = re.match(rf"({'|'.join(TAUGHT)})( += )-?[\d.]+(.*)", line)
        if row:
            numbers = [float(number) for number in row[2].split(",")]
            for kind, theta in found.items():
                numbers[COLUMNS.index(kind)] = theta[at[feature, line.split()[0]]]
            line = row[1] + ", ".join(f"{round(number, 1) + 0.0:5.1f}" for number in numbers) + row[3]
        elif prior:
            line = f"{prior[1]}{prior[2]}{found[prior[1]][-1]:.1f}{prior[3]}"
        elif line.startswith("version"):
            line = f'version = "{VERSION}"'
        yield line


def named(option: str) -> list[Path]:
    """The folders that an option names."""
    return [Path(given.removeprefix(option)) for given in sys.argv if given.startswith(option)]


def asked() -> Sequence[str]:
    """The columns that are fitted: all, or those that --only names."""
    told = next((given.removeprefix("--only=") for given in sys.argv if given.startswith("--only=")), None)
    return TAUGHT if told is None else told.split(",")


def shared(given: str, policy: Policy, store: Path | None) -> Cases:
    """The cases of a set as it is given: a folder, and after a colon its share."""
    folder, _, share = given.partition(":")
    return replace(kept(Path(folder), policy, store), share=float(share or 1))


def main() -> None:
    """The command."""
    given = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    store = next(iter(named("--store=")), None)
    policy = load_policy()
    sets = [shared(name, policy, store) for name in given]
    thin = [one.thinned(evidence(one, at_hand(policy), policy)) for one in sets]
    if "--write" not in sys.argv:
        for one, scores in crossed(thin, policy):
            print(f"{one.name}, left out: {figures(one, scores)}", flush=True)
    found = at_hand(policy) | {kind: taught(kind, thin, policy) for kind in asked()}
    for one in sets:
        print(f"{one.name}, taught: {figures(one, evidence(one, found, policy))}", flush=True)
    for one in (kept(path, policy, store) for path in named("--judge=")):
        print(f"{one.name}, never taught: {figures(one, evidence(one, found, policy))}", flush=True)
    if "--write" in sys.argv:
        text = "\n".join(rewritten(DEFAULT.read_text(encoding="utf-8"), policy, found)) + "\n"
        DEFAULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
