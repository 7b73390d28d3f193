"""Scores: from the grades of a pair to its kind and probability."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import exp, log

from adam.matching import kinds, plenty, rivals
from adam.matching.amounts import returns
from adam.matching.comparisons import COMPARISONS, level
from adam.matching.pairs import Evidence, Pair
from adam.matching.policy import COLUMNS, COORDINATION_KINDS, KINDS, RECORD_KINDS, RETURNS, Policy
from adam.matching.profiles import Profile
from adam.matching.sentences import reason

CHEAP_FIRST = (
    "title",
    "amount",
    "start",
    "countries",
    "implementers",
    "phases",
    "period",
    "identifiers",
    "relations",
    "value_date",
    "reporter",
    "funders",
    "roles",
    "sectors",
    "pillars",
    "beneficiaries",
    "assistance_types",
    "reported",
    "names",
    "codes",
    "spelling",
    "chance",
    "retold",
    "mentions",
    "wording",
    "description",
    "whole",
    "rivals",  # this and the next are told later: what they may add stays a hope to the end
    "plenty",
)
QUIET = frozenset(("relations", "names", "spelling", "codes", "mentions", "chance", "rivals", "plenty"))
TOLD_LATER = ("rivals", "plenty")
CHECKED_AFTER = frozenset((4, 10, 15, 17, 19, 21, 23))


@dataclass(frozen=True, slots=True)
class Claim:
    """What a pair is said to be, before the reasons are put into words; a comes before b by id."""

    a: Profile
    b: Profile
    kind: str
    score: float
    grades: dict[str, str]
    column: str

    @property
    def order(self) -> tuple[object, ...]:
        """The order of every answer: best first, then by what the records say, and only then by the ids."""
        said = sorted((self.a.record.content, self.b.record.content))
        return (-self.score, *said, self.a.record.id, self.b.record.id)


class Scorer:
    """Scores pairs of one set under one policy; gives up on a pair as soon as nothing more could save it."""

    def __init__(
        self, policy: Policy, size: int, wanted: Iterable[str] | None = None, threshold: float | None = None
    ):
        self.policy = policy
        self.wanted = frozenset(wanted or KINDS)
        self.threshold = policy.threshold if threshold is None else threshold
        self.priors = {name: policy.prior(name, size) for name in COLUMNS}
        self.asks_records = bool(self.wanted & set(RECORD_KINDS))
        self.asks_coordination = bool(self.wanted & set(COORDINATION_KINDS))
        self.columns = tuple(COLUMNS.index(name) for name in (*RECORD_KINDS, RETURNS))
        self.steps = [
            (
                name,
                COMPARISONS[name],
                {g: row for (feature, g), row in policy.weights.items() if feature == name},
            )
            for name in CHEAP_FIRST
        ]
        self.size = size
        self.gains = {name: self._gain(n) for n, name in enumerate(COLUMNS)}
        self.hope = self._hope()

    def _gain(self, n: int) -> float:
        """The most that what is told later may add to a column."""
        told = [rows for name, _, rows in self.steps if name in TOLD_LATER]
        return sum(max(row[n] for row in rows.values()) for rows in told)

    def _hope(self) -> list[list[float]]:
        """For each step and question, the most that the steps from there on could still add."""
        best = [
            [max(row[n] for row in rows.values()) for n in range(len(COLUMNS))] for _, _, rows in self.steps
        ]
        hope = [[0.0] * len(COLUMNS)]
        for step in reversed(best):
            hope.insert(0, [max(0.0, one) + rest for one, rest in zip(step, hope[0], strict=True)])
        return hope

    def claim(self, a: Profile, b: Profile) -> Claim | None:
        """The strongest claim about two records, or None below the threshold."""
        if a.record.id > b.record.id:
            a, b = b, a
        grades = self.grades(a, b)
        return None if grades is None else self.judge(a, b, grades)

    def grades(self, a: Profile, b: Profile) -> dict[str, str] | None:
        """The grade of every feature; None once no record question can reach the threshold."""
        floor = logit(max(1e-6, min(self.threshold, self.policy.kinds["same"])))
        must_finish = (
            self.asks_coordination and bool(a.pillars & b.pillars) and bool(a.countries & b.countries)
        )
        sums = [self.priors[name] for name in COLUMNS]
        found: dict[str, str] = {}
        for step, (name, comparison, rows) in enumerate(self.steps):
            grade = found[name] = comparison(a, b)
            row = rows[grade]
            for n in self.columns:
                sums[n] += row[n]
            if step in CHECKED_AFTER and not must_finish:
                hope = self.hope[step + 1]
                if all(sums[n] + hope[n] < floor for n in self.columns):
                    return None
        return found

    def judge(self, a: Profile, b: Profile, grades: dict[str, str]) -> Claim | None:
        """One kind for the pair: a record question if one is likely, else a coordination question."""
        kind = kinds.record_kind(a, b, grades, self.policy)
        column = column_of(kind, a, b)
        score = self.probability(column, grades)
        needed = self.policy.kinds["same" if kind in ("record_duplicate", "same_money") else "part"]
        if score < needed and self.asks_coordination:
            other = kinds.coordination_kind(a, b, grades)
            if other and self.probability(other, grades) > score:
                kind, column, score = other, other, self.probability(other, grades)
        if (
            kind not in self.wanted
            or sigmoid(self.evidence(column, grades) + self.gains[column]) < self.threshold
        ):
            return None
        return Claim(a, b, kind, score, grades, column)

    def rivalled(
        self,
        claims: list[Claim],
        asked: tuple[frozenset[str], float],
        among: rivals.Rivals | None = None,
    ) -> list[Claim]:
        """The claims with what rivals and the set add, of the kinds and from the probability asked for.

        Rivals are those of `among`, by default the claims themselves.
        """
        wanted, least = asked
        rivalry = rivals.RIVALRY if rivals.known(self.policy, self.size) else frozenset[str]()
        alike = [claim for claim in claims if claim.column in rivalry]
        judged = [claim for claim in claims if claim.column not in rivalry]
        for claim, grade in zip(alike, self._graded(alike, among), strict=True):
            grades = claim.grades | {"rivals": grade}
            judged.append(replace(claim, grades=grades))
        judged = [self._placed(claim, how) for claim, how in self._plenty(judged, rivalry)]
        return [claim for claim in judged if claim.kind in wanted and claim.score >= least]

    def _graded(self, alike: list[Claim], among: rivals.Rivals | None) -> list[str]:
        """How each claim stands among its rivals."""
        told = [(c.a.record.id, c.b.record.id, self.evidence(c.column, c.grades)) for c in alike]
        counts = logit(self.policy.listed)
        if among is None:
            return rivals.graded(told, counts)
        return [rivals.against(claim, among, counts) for claim in told]

    def _plenty(self, claims: list[Claim], rivalry: frozenset[str]) -> list[tuple[Claim, str]]:
        """Each claim with how common partners are in the set, where that weighs."""
        alike = [self.evidence(c.column, c.grades) for c in claims if c.column in rivalry]
        how = plenty.graded(plenty.tenths(alike), self.size)
        weighed = (self.policy.adapts and c.column in rivalry and plenty.weighs(c.grades) for c in claims)
        return [(claim, how if yes else "missing") for claim, yes in zip(claims, weighed, strict=True)]

    def _placed(self, claim: Claim, how: str) -> Claim:
        """The claim in a set in which partners are so common."""
        grades = claim.grades | {"plenty": how}
        return replace(claim, grades=grades, score=self.probability(claim.column, grades))

    def probability(self, column: str, grades: dict[str, str]) -> float:
        """How likely a claim is by one column of the weights, between 0 and 1."""
        return sigmoid(self.evidence(column, grades))

    def evidence(self, column: str, grades: dict[str, str]) -> float:
        """The prior and what all features add to it, one after the other in the order of the policy."""
        found, at = self.priors[column], COLUMNS.index(column)
        for name in COMPARISONS:
            found += self.policy.weights[name, grades[name]][at]
        return found

    def explained(self, claim: Claim) -> Pair:
        """The claim with one reason for each feature that says or adds something, in the order of the policy."""
        a, b, grades, column = claim.a, claim.b, claim.grades, COLUMNS.index(claim.column)
        weights = {feature: self.policy.weights[feature, grades[feature]][column] for feature in COMPARISONS}
        evidence = tuple(
            Evidence(
                feature,
                level(feature, grades[feature]),
                weight,
                *reason(feature, grades[feature], a, b),
            )
            for feature, weight in weights.items()
            if weight or tells(feature, grades, claim.kind)
        )
        return Pair(a.record.id, b.record.id, claim.kind, claim.score, self.priors[claim.column], evidence)


def column_of(kind: str, a: Profile, b: Profile) -> str:
    """The column of the weights that answers a claim: duplicates among one reporter's yearly returns have their own."""
    return RETURNS if kind == "record_duplicate" and returns(a, b) else kind


def tells(feature: str, grades: dict[str, str], kind: str) -> bool:
    """Whether a feature that adds nothing is worth a line: wholes where parts are claimed, some where they speak."""
    if feature == "whole":
        return kind == "component" and grades[feature] != "missing"
    return feature not in QUIET or grades[feature] not in ("missing", "none")


def sigmoid(value: float) -> float:
    """Log-odds to probability."""
    return 1 / (1 + exp(-value)) if value > -700 else 0.0


def logit(probability: float) -> float:
    """Probability to log-odds."""
    return log(probability / (1 - probability)) if probability < 1 else 700.0
