"""Rivals: whether either record of a pair has another partner that fits it better; told once all claims are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import inf

from adam.matching.policy import Policy

ONE_PROJECT = ("record_duplicate", "same_money")
GRADES = ("clear", "ahead", "even", "behind", "outdone")
BOUNDS = (2.0, 0.7, 0.0, -2.0)
RIVALRY = frozenset(ONE_PROJECT)
Claimed = tuple[str, str, float]


def graded(claims: Sequence[Claimed], counts: float) -> list[str]:
    """For each claim (id, id, evidence in log-odds) that two records are one project, how it stands among its rivals.

    A rival is another claim about either record whose evidence reaches `counts`. The worse of both sides is told.

    >>> graded([("a", "b", 3.0), ("a", "c", 0.0), ("d", "e", 1.0)], -4.6)
    ['clear', 'outdone', 'clear']
    """
    evidence: dict[str, list[float]] = defaultdict(list)
    for one, other, told in claims:
        if told >= counts:
            evidence[one].append(told)
            evidence[other].append(told)
    best = {name: sorted(found)[-2:] for name, found in evidence.items()}
    return [
        grade(min(ahead(told, best.get(name, [])) for name in (one, other))) for one, other, told in claims
    ]


def known(policy: Policy, size: int) -> bool:
    """Whether a set is large enough for its rivals to say anything: in a small one nearly nobody has any."""
    return size >= policy.size["smallest"]


def followed(wanted: frozenset[str]) -> frozenset[str]:
    """The kinds to be looked for where some are asked for: a rival may be of either kind that says one project."""
    return wanted | RIVALRY if wanted & RIVALRY else wanted


def ahead(told: float, best: Sequence[float]) -> float:
    """How far a claim is ahead of the best other claim about a record, whose two best are given in order."""
    others = list(best)
    if told in others:
        others.remove(told)
    return told - others[-1] if others else inf


def grade(margin: float) -> str:
    """The grade of a margin in log-odds."""
    return next((name for name, bound in zip(GRADES, BOUNDS, strict=False) if margin >= bound), GRADES[-1])
