"""Explaining: claims that the kernels found, told as the readable reference tells them, with reasons in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from adam.matching.compiled.columns import Columns, of_records
from adam.matching.compiled.comparing import Result, compare
from adam.matching.compiled.lexicon import PreparedLexicon
from adam.matching.compiled.writing import Found
from adam.matching.compiled.writing_phrases import grades
from adam.matching.engine import Pairs
from adam.matching.pairs import Pair
from adam.matching.policy import COLUMNS, FEATURES, RETURNS, Policy
from adam.matching.profiles import Profile
from adam.matching.records import Record
from adam.matching.scores import Claim, Scorer


class Explainer:
    """The claims of a result with their reasons; each record is prepared once, and `record` gives it by its number.

    Grades and scores are those that were found, rivals among them, so that a waterfall adds up to its score.
    """

    def __init__(self, result: Result, columns: Columns, policy: Policy, record: Callable[[int], Record]):
        lexicon = PreparedLexicon(result.made, columns, policy)

        @cache
        def profile(number: int) -> Profile:
            return lexicon.profile(record(number))

        self.found = result.found
        self.profile = profile
        self.names = grades(policy)
        self.scorer = Scorer(policy, len(columns.ids), None, 0.0)

    def claim(self, n: int) -> Claim:
        """Claim n as the reference makes it."""
        found = self.found
        a, b = self.profile(int(found.a[n])), self.profile(int(found.b[n]))
        numbers = zip(FEATURES, found.grades[n].tolist(), strict=True)
        column = COLUMNS[int(found.kind[n])]
        kind = "record_duplicate" if column == RETURNS else column
        told = {feature: self.names[feature][number] for feature, number in numbers}
        return Claim(a, b, kind, float(found.score[n]), told, column)

    def pair(self, n: int) -> Pair:
        """Claim n with its reasons."""
        return self.scorer.explained(self.claim(n))


def compared(records: Sequence[Record], policy: Policy, wanted: frozenset[str], threshold: float) -> Pairs:
    """As engine.compared, for records in the order of what they say."""
    columns = of_records(records)
    result = compare(columns, policy, wanted, threshold)
    explainer = Explainer(result, columns, policy, records.__getitem__)
    told = Pairs(explainer.pair(n) for n in ordered(result.found, records))
    told.notes = result.notes
    return told


def ordered(found: Found, records: Sequence[Record]) -> list[int]:
    """The numbers of the claims in the order of every answer, as scores.Claim.order has it."""
    said = [record.content for record in records]
    place = np.cumsum([0] + [one != other for one, other in pairwise(said)])

    def order(n: int) -> tuple[object, ...]:
        a, b = int(found.a[n]), int(found.b[n])
        return -found.score[n], *sorted((place[a], place[b])), records[a].id, records[b].id

    return sorted(range(len(found.score)), key=order)
