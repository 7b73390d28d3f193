"""Grades: the words of the reference for each number that a compiled comparison answers."""

from __future__ import annotations

from typing import Any

import numpy as np

from adam.matching import plenty
from adam.matching.policy import COLUMNS, FEATURES, Policy

SETS = ("missing", "same", "some", "different")
GRADES: dict[str, tuple[str, ...]] = {
    "whole": ("missing", "inside", "beside"),
    "relations": ("none", "stated"),
    "identifiers": ("missing", "same", "under", "siblings", "apart_alike", "apart", "different", "framework"),
    "reporter": ("missing", "same", "", "different"),
    "funders": SETS,
    "implementers": SETS,
    "roles": ("missing", "both", "crossed", "none"),
    "beneficiaries": SETS,
    "assistance_types": SETS,
    "countries": (*SETS, "contained", "one_sided"),
    "pillars": ("missing", "same", "", "different", "", "", "pillar", "other"),
    "sectors": (*SETS, "", "", "group"),
    "start": ("missing", "same_day", "new_year", "weeks", "months", "year", "instalment", "far"),
    "period": ("missing", "term", "same", "long", "short", "follows", "apart", "open"),
    "amount": (
        "missing",
        "exact",
        "round",
        "rounded",
        "converted",
        "near",
        "half",
        "part",
        "far",
        "other_year",
        "portion",
        "about",
    ),
    "value_date": ("missing", "same_day", "weeks", "apart"),
    "reported": ("missing", "one_year", "two_years"),
    "title": (
        "missing",
        "same_rare",
        "same_common",
        "formula",
        "near_rare",
        "near_common",
        "much_rare",
        "much_common",
        "some",
        "little",
        "different",
    ),
    "spelling": ("missing", "nearly", "most", "half", "few", "different", "scripts"),
    "retold": ("missing", "wholly", "mostly", "partly", "hardly"),
    "phases": ("missing", "same", "one_sided", "different", "parts", "one_part", "numbered"),
    "codes": ("missing", "same", "different"),
    "names": ("missing", "each"),
    "mentions": ("missing", "named", "partly", "none"),
    "wording": ("missing", "nearly_all", "most", "many", "some", "few", "different"),
    "description": ("missing", "same_rare", "same_common", "much", "some", "little", "different", "each"),
    "chance": ("missing", "many", "ten", "one", "tenth", "hundredth", "thousandth", "myriadth", "never"),
    "rivals": (
        "missing",
        "clear",
        "ahead",
        "even",
        "behind",
        "outdone",
        "both_outdone",
        "joined",
        "together",
    ),
    "plenty": ("missing", *plenty.GRADES),
}
MOST = max(map(len, GRADES.values()))
NUMBER = {feature: number for number, feature in enumerate(FEATURES)}


def weights(policy: Policy) -> np.ndarray[Any, Any]:
    """The weights of the policy as float64[features, grades, columns], by the numbers of the kernels."""
    found = np.zeros((len(FEATURES), MOST, len(COLUMNS)))
    for feature, names in GRADES.items():
        for number, grade in enumerate(names):
            if grade:
                found[NUMBER[feature], number] = policy.weights[feature, grade]
    return found


def hopes(found: np.ndarray[Any, Any], stages: list[list[int]]) -> np.ndarray[Any, Any]:
    """For each stage and column the most that all later stages together can still add."""
    best = [found[stage].max(axis=1).clip(min=0.0).sum(axis=0) for stage in stages]
    return np.array([sum(best[at + 1 :], np.zeros(found.shape[2])) for at in range(len(stages))])
