"""The policy: the agreed weights, thresholds and limits, read from config/matching.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from adam.errors import Invalid, Problem

DEFAULT = Path(__file__).resolve().parents[2] / "config" / "matching.toml"
RECORD_KINDS = ("record_duplicate", "same_money", "component", "continuation")
COORDINATION_KINDS = ("duplicate_assistance", "overlap")
KINDS = RECORD_KINDS + COORDINATION_KINDS
RETURNS = "returns"
COLUMNS = (*KINDS, RETURNS)
SIZED = ("record_duplicate", "same_money", RETURNS)
FEATURES = (
    "whole",
    "relations",
    "identifiers",
    "reporter",
    "funders",
    "implementers",
    "roles",
    "beneficiaries",
    "assistance_types",
    "countries",
    "pillars",
    "sectors",
    "start",
    "period",
    "amount",
    "value_date",
    "reported",
    "title",
    "spelling",
    "retold",
    "phases",
    "codes",
    "names",
    "mentions",
    "wording",
    "description",
    "chance",
    "rivals",
    "plenty",
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What coordinators agreed: one weight in log-odds for each feature, grade and kind."""

    version: str
    threshold: float
    listed: float
    rules: tuple[str, ...]
    limits: Mapping[str, Any]
    priors: Mapping[str, float]
    size: Mapping[str, float]
    weights: Mapping[tuple[str, str], tuple[float, ...]]
    kinds: Mapping[str, float]
    cells: Mapping[str, int]
    chance: Mapping[str, int]
    aliases: Mapping[str, tuple[str, ...]]
    adapts: bool = True

    def steady(self) -> Policy:
        """The same, but that no claim about two records is weighed by how common partners are in the whole set.

        For sets that are asked record by record as well: a claim must not change because others come or go.
        """
        return replace(self, adapts=False)

    def prior(self, kind: str, records: int) -> float:
        """The log-odds before any evidence, for a kind and a set of so many records.

        With twice the records a chance resemblance is twice as likely to turn up, so a claim needs more
        evidence; under `size.smallest` records the prior stays, so that two records can be compared at all.
        """
        from math import log

        grown = max(records, self.size["smallest"]) / self.size["reference"]
        return self.priors[kind] - (self.size["slope"] * log(grown) if kind in SIZED else 0.0)


@lru_cache(maxsize=8)
def load_policy(path: str | Path | None = None) -> Policy:
    """The policy of a file, by default the repository's config/matching.toml; raises Invalid if it is incomplete.

    >>> load_policy().kinds["same"] > 0
    True
    """
    with open(path or DEFAULT, "rb") as file:
        found = tomllib.load(file)
    weights = dict(_weights(found))
    problems = [
        _missing(feature) for feature in FEATURES if not any(feature == known for known, _ in weights)
    ]
    problems += [_short(*key) for key, row in weights.items() if len(row) != len(COLUMNS)]
    if problems:
        raise Invalid(problems)
    return Policy(
        version=str(found["version"]),
        threshold=float(found["threshold"]),
        listed=float(found["listed"]),
        rules=tuple(name for name, on in found["rules"].items() if on),
        limits=found["limits"],
        priors=found["priors"],
        size=found["size"],
        weights=weights,
        kinds=found["kinds"],
        cells=found["cells"],
        chance=found["chance"],
        aliases={code: tuple(names) for code, names in found.get("aliases", {}).items()},
    )


def _weights(found: Mapping[str, Any]) -> list[tuple[tuple[str, str], tuple[float, ...]]]:
    table = found["weights"]
    return [
        ((name, grade), tuple(map(float, row))) for name, rows in table.items() for grade, row in rows.items()
    ]


def _missing(feature: str) -> Problem:
    return Problem(f"#/weights/{feature}", "missing", f"The policy gives no weights for {feature}.")


def _short(feature: str, grade: str) -> Problem:
    return Problem(
        f"#/weights/{feature}/{grade}", "columns", f"{feature}, {grade}: give one weight for each kind."
    )
