"""The rules in force: the matching policy and the table that proposes pillars; loaded once a process."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from adam.domain import proposals
from adam.matching.policy import Policy, load_policy

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@dataclass(frozen=True, slots=True)
class Rules:
    """What verbs judge by; `version` is stored with every finding and report."""

    policy: Policy
    proposals: Any

    @property
    def version(self) -> str:
        """The version of the matching policy."""
        return str(self.policy.version)


@lru_cache(maxsize=1)
def load() -> Rules:
    """Read config/matching.toml and seeds/proposal_rules.csv."""
    with (SEEDS / "proposal_rules.csv").open(encoding="utf-8", newline="") as file:
        return Rules(policy=load_policy(), proposals=proposals.load_rules(csv.DictReader(file)))
