"""The rules in force: the matching policy, what proposes pillars, what is checked; loaded once a process."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from adam.domain import proposals
from adam.domain import rules as checks
from adam.matching.policy import Policy, load_policy

ROOT = Path(__file__).resolve().parents[2]
SEEDS, CONFIG = ROOT / "seeds", ROOT / "config"


@dataclass(frozen=True, slots=True)
class Rules:
    """What verbs judge by; `version` is stored with every finding and report."""

    policy: Policy
    proposals: Any
    table: checks.Table

    @property
    def version(self) -> str:
        """The version of the matching policy."""
        return str(self.policy.version)


@lru_cache(maxsize=1)
def load() -> Rules:
    """Read config/matching.toml, config/rules.csv and seeds/proposal_rules.csv."""
    return Rules(
        policy=load_policy(),
        proposals=proposals.load_rules(_rows(SEEDS / "proposal_rules.csv")),
        table=checks.load(_rows(CONFIG / "rules.csv")),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
