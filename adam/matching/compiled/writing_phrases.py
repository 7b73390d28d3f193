"""The fixed parts of the evidence: for each grade and kind what stands before, between and after the two values."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

import numpy as np

from adam.matching.comparisons import level
from adam.matching.compiled.columns import Array
from adam.matching.policy import COLUMNS, FEATURES, RETURNS, Policy
from adam.matching.sentences import GIVEN, SAID, SILENT

# Sentences that say a number which the columns don't hold; without it they say this.
FIXED = {
    ("start", "weeks"): "Start within weeks",
    ("start", "year"): "Start about a year apart",
    ("amount", "rounded"): "Amounts nearly the same",
    ("amount", "converted"): "Amounts in two currencies, nearly the same once converted",
}
FIXED_FEATURES = {"chance": "How many records would agree with it by chance"}
PLACE = re.compile(r",? ?\{[^}]*\}( apart)?")
BETWEEN = b'"",""right"":""'
TOLD = tuple("record_duplicate" if name == RETURNS else name for name in COLUMNS)


class Phrases(NamedTuple):
    """Bytes, and where in them the parts stand.

    `spans[kind, feature, grade]` is (begin, end) of what stands before the left value and (begin, end) of what
    stands after the right one, all 0 where the weight is 0; `kinds[kind]` is (begin, end) of its name.
    """

    data: Array
    spans: Array
    kinds: Array
    between: Array


def grades(policy: Policy) -> dict[str, list[str]]:
    """The grades of each feature in the order of the policy: what the numbers in `Found.grades` mean."""
    return {feature: [grade for known, grade in policy.weights if known == feature] for feature in FEATURES}


def phrase(feature: str, grade: str) -> str:
    """What a grade says, without the values."""
    if (feature, grade) in FIXED:
        return FIXED[feature, grade]
    if feature in FIXED_FEATURES and grade != "missing":
        return FIXED_FEATURES[feature]
    if (feature, grade) in SAID:
        return PLACE.sub("", SAID[feature, grade].split(": ")[0])
    return SILENT.get(feature) or f"No {GIVEN.get(feature, feature)} to compare"


def phrases(policy: Policy) -> Phrases:
    """The parts of all grades that say something for a kind, escaped for JSON within CSV."""
    parts = Parts()
    known = grades(policy)
    spans = np.zeros((len(COLUMNS), len(FEATURES), max(map(len, known.values())), 4), np.int64)
    for column in range(len(COLUMNS)):
        for place, feature in enumerate(FEATURES):
            for number, grade in enumerate(known[feature]):
                weight = policy.weights[feature, grade][column]
                if weight:
                    spans[column, place, number, :2] = parts.add(head(feature, grade, weight))
                    spans[column, place, number, 2:] = parts.add(tail(phrase(feature, grade)))
    kinds = np.array([parts.add(name) for name in TOLD], np.int64)
    between = np.frombuffer(BETWEEN, np.uint8)
    return Phrases(np.frombuffer(bytes(parts.data), np.uint8), spans, kinds, between)


def head(feature: str, grade: str, weight: float) -> str:
    """What stands before the left value."""
    said = {"feature": feature, "level": level(feature, grade), "score": round(weight, 3)}
    return json.dumps(said, separators=(",", ":"))[:-1].replace('"', '""') + ',""left"":""'


def tail(sentence: str) -> str:
    """What stands after the right value."""
    return '"",""sentence"":' + json.dumps(sentence, ensure_ascii=False).replace('"', '""') + "}"


class Parts:
    """Texts one after the other."""

    def __init__(self) -> None:
        self.data = bytearray()

    def add(self, text: str) -> tuple[int, int]:
        """Where a text now stands."""
        begin = len(self.data)
        self.data += text.encode()
        return begin, len(self.data)
