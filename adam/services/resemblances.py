"""What records resemble: asked of the index once for each, with all that rivals each of their claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import exp, inf, log

from adam.matching import Hit, Pair, Told
from adam.matching.rivals import BOUNDS, SURE, known
from adam.queries import comparing
from adam.queries.comparing import Facts
from adam.services.records import record_of
from adam.services.register import Register
from adam.services.work import Work

STORED = 0.3
"""Claims below this probability are not stored; `adam match` shows them on request."""
OFTEN = 500
Say = Callable[[str], None]


@dataclass(slots=True)
class Search:
    """One search: the records asked about, their facts and those of what they meet, and what is told of each."""

    w: Work
    register: Register
    facts: dict[str, Facts]
    told: dict[str, list[Told]] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """So many coordination claims a record keeps whatever the others keep."""
        return int(self.w.rules.policy.limits["claims"])

    @property
    def rivalry(self) -> bool:
        """Whether there are enough records for rivals to weigh."""
        return known(self.w.rules.policy, len(self.register))

    @property
    def least(self) -> float:
        """The evidence from which rivals may lift a claim to what is stored."""
        weights = self.w.rules.policy.weights
        most = max(max(row) for (feature, _), row in weights.items() if feature == "rivals")
        return log(STORED / (1 - STORED)) - most

    def read(self, ids: Collection[str]) -> None:
        """Take in the facts of more records."""
        self.facts.update(comparing.some(self.w.session, set(ids) - self.facts.keys()))

    def ask(self, ids: Iterable[str], say: Say = lambda _: None) -> None:
        """Find what each of the records resembles, unless that is known."""
        wanted = set(ids) - self.told.keys()
        self.read(wanted)
        listed = [key for key in sorted(wanted) if key in self.facts]
        for number, key in enumerate(listed, 1):
            self.told[key] = self.register.told(record_of(self.facts[key]), STORED)
            if not number % OFTEN:
                say(f"Compared {number:,} of {len(listed):,} records")

    def hits(self, key: str) -> list[Hit]:
        """What a record is claimed to be that no rival changes, best first."""
        found = self.told.get(key, ())
        scored = (Hit(one.id, one.kind, 1 / (1 + exp(-one.evidence))) for one in found if not one.alike)
        return [hit for hit in scored if hit.score >= STORED]

    def alike(self, key: str) -> dict[str, float]:
        """The others that may be one project with a record, by what speaks for it."""
        return {one.id: one.evidence for one in self.told.get(key, ()) if one.alike}

    def likely(self, key: str) -> set[str]:
        """Those of them whose claim may be stored."""
        least = self.least
        return {other for other, evidence in self.alike(key).items() if evidence >= least}

    def explained(self, wanted: Mapping[str, set[str]]) -> list[Pair]:
        """The claims about each record and these others with their reasons, each once, best first."""
        rivals = {key: self.alike(key) for key in self.told}
        pairs: dict[tuple[str, str], Pair] = {}
        for key, others in wanted.items():
            left = [
                one
                for one in sorted(others)
                if one in self.facts and (min(key, one), max(key, one)) not in pairs
            ]
            if left:
                records = [record_of(self.facts[one]) for one in left]
                for pair in self.register.explained(record_of(self.facts[key]), records, STORED, rivals):
                    pairs[pair.id_a, pair.id_b] = pair
        return sorted(pairs.values(), key=lambda pair: (-pair.score, pair.id_a, pair.id_b))


def rivalled(search: Search, changed: frozenset[str], before: Iterable[str]) -> frozenset[str]:
    """The records with another claim to weigh anew, because a changed record rivals it now, or did (`before`)."""
    if not search.rivalry:
        return frozenset()
    near: dict[str, float] = defaultdict(lambda: -inf)
    for key in changed:
        for other, evidence in search.alike(key).items():
            near[other] = max(near[other], evidence)
    near.update(dict.fromkeys(before, inf))
    search.ask(near.keys() - changed)
    found, least = set(), search.least
    for other in near.keys() - changed:
        rest = [told for key, told in search.alike(other).items() if key not in changed and told >= least]
        if rest and (near[other] >= SURE or min(rest) < near[other] + BOUNDS[0]):
            found.add(other)
    return frozenset(found)
