"""Plenty: how many records of a set likely have a partner in it; where few have, a claim needs more evidence.

The prior in config/matching.toml is that of the sets which taught the weights. In another set partners may be ten
times as rare, and look-alikes as common as ever: then nine of ten claims at even odds are wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import exp, log

USUAL = 0.17
"""Pairs that are one project, for each record: what the sets have in common that the weights were fitted on."""
DOUBT = 1000
"""So many records of a usual set are imagined beside those of a set, so that a small one is not judged by chance."""
BOUNDS = (0.01, 0.02, 0.04, 0.08, 0.12, 0.16, 0.6)
GRADES = ("hardly_any", "very_few", "few", "not_many", "fewer", "usual", "many", "most")
KNOWN = {"identifiers": "same", "relations": "stated"}
"""What says by itself that two records are one project, however rare that is."""
TENTHS = 10
FURTHEST = 100


def graded(told: Mapping[int, int], records: int) -> str:
    """How common partners are in a set, by the claims (evidence in tenths of log-odds → how many) that two are one.

    The share is the one under which the claims, weighed by it, come to just that share.

    >>> graded({50: 100, -30: 500}, 1000)
    'usual'
    >>> graded({50: 20, -10: 500}, 10_000)
    'very_few'
    >>> graded({}, 300)
    'usual'
    """
    share = USUAL
    for _ in range(60):
        shift = log(share / USUAL)
        likely = sum(many / (1 + exp(-tenths / TENTHS - shift)) for tenths, many in sorted(told.items()))
        share = (likely + DOUBT * USUAL) / (records + DOUBT)
    return GRADES[sum(share >= bound for bound in BOUNDS)]


def tenths(evidence: list[float]) -> Counter[int]:
    """How many claims stand at each tenth of log-odds.

    >>> sorted(tenths([0.04, 0.01, -2.0]).items())
    [(-20, 1), (0, 2)]
    """
    return Counter(max(-FURTHEST, min(FURTHEST, round(TENTHS * each))) for each in evidence)


def weighs(grades: Mapping[str, str]) -> bool:
    """Whether a claim is weighed by how common partners are: not where the reporters themselves name the partner."""
    return not any(grades[feature] == grade for feature, grade in KNOWN.items())
