"""Pairs: what the engine claims about two records, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason: what was compared, how well it agrees, what that adds in log-odds, both values, a sentence."""

    feature: str
    level: str
    score: float
    left: str
    right: str
    sentence: str

    def as_dict(self) -> dict[str, object]:
        """The shape of the evidence column: feature, level, score, left, right, and the sentence."""
        return {
            "feature": self.feature,
            "level": self.level,
            "score": round(self.score, 3),
            "left": self.left,
            "right": self.right,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim about two records, id_a < id_b; score = sigmoid(prior + sum of the evidence), so a waterfall adds up."""

    id_a: str
    id_b: str
    kind: str
    score: float
    prior: float
    evidence: tuple[Evidence, ...]

    def other(self, record_id: str) -> str:
        """The id of the pair's other record."""
        return self.id_b if record_id == self.id_a else self.id_a


def with_prior(pair: Pair, added: float) -> Pair:
    """The same claim where so much more is known beforehand, in log-odds; its waterfall still adds up.

    >>> round(with_prior(Pair("a", "b", "same_money", 0.5, 0.0, ()), 2.2).score, 1)
    0.9
    """
    prior = pair.prior + added
    total = prior + sum(reason.score for reason in pair.evidence)
    return replace(pair, prior=prior, score=1 / (1 + exp(-max(-700.0, min(700.0, total)))))
