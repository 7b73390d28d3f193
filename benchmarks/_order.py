"""The order of grades: what agrees more never weighs less; grades that a fit would turn round weigh the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from adam.matching.comparisons import level

Key = tuple[str, str]
# Each line is a feature and its grades, the best first; a set at hand that says otherwise says so by accident.
RISING = """
title same_rare near_rare much_rare some little different
title same_rare same_common formula little
title near_rare near_common much_common little
title same_common near_common
title much_rare much_common
spelling nearly most half few different
retold wholly mostly partly hardly
wording nearly_all most many some few different
description same_rare much some little different
description same_rare same_common
start same_day weeks months year far
start new_year months
start year instalment
period term same long short apart
period short follows
amount exact rounded near about half part far
amount exact round near
amount exact converted near
amount near portion half
value_date same_day weeks apart
funders same some different
implementers same some different
beneficiaries same some different
assistance_types same some different
sectors same some group different
countries same contained some different
pillars same pillar other different
roles both crossed none
chance never myriadth thousandth hundredth tenth one ten many
mentions named partly none
phases same one_sided different
codes same different
rivals clear ahead even behind outdone both_outdone
rivals together joined outdone
"""

SLACK = 0.05
# What agrees in part is no reason against one project either; made-up texts of few words would teach that it is.
ALIKE = frozenset(
    [("pillars", "pillar"), ("description", "much"), ("description", "some")]
    + [("title", f"{how}_{rare}") for how in ("same", "near", "much") for rare in ("rare", "common")]
)


def against(key: Key, weight: float) -> bool:
    """Whether a weight speaks against what its grade says; how common partners are in a set is no agreement."""
    said = "exact" if key in ALIKE else level(*key)
    wrong = said == "different" and weight > SLACK or said == "exact" and weight < -SLACK
    return key[0] != "plenty" and wrong


def steps(keys: Sequence[Key]) -> list[tuple[int, int]]:
    """The places of every two neighbours of the order, the better one first."""
    place = {key: at for at, key in enumerate(keys)}
    found = []
    for line in RISING.strip().splitlines():
        feature, *grades = line.split()
        found += [(place[feature, a], place[feature, b]) for a, b in zip(grades, grades[1:], strict=False)]
    return found


def turned(theta: np.ndarray, keys: Sequence[Key], groups: np.ndarray) -> list[tuple[int, int]]:
    """The steps that weights turn round and that are not yet of one group."""
    return [(a, b) for a, b in steps(keys) if theta[a] < theta[b] - 1e-6 and groups[a] != groups[b]]


def tied(groups: np.ndarray, pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    """The groups of columns, each named by its first, once the columns of some pairs belong together."""
    found = groups.copy()
    for a, b in pairs:
        low, high = sorted((found[a], found[b]))
        found[found == high] = low
    return found


def membership(groups: np.ndarray) -> np.ndarray:
    """Which column belongs to which group, as a matrix of ones: one row for each column."""
    _, which = np.unique(groups, return_inverse=True)
    found = np.zeros((len(groups), which.max() + 1), np.float32)
    found[np.arange(len(groups)), which] = 1
    return found
