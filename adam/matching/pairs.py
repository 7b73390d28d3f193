"""Pairs: what the engine claims about two records, and why."""

from __future__ import annotations

from dataclasses import dataclass


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
