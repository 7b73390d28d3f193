"""Rivals: whether either record of a pair has another partner that fits it better; told once all claims are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import inf

from adam.matching.policy import RETURNS, Policy

ONE_PROJECT = ("record_duplicate", "same_money", RETURNS)
GRADES = ("clear", "ahead", "even", "behind", "outdone")
BOUNDS = (2.0, 0.7, 0.0, -2.0)
SURE = 0.0
RIVALRY = frozenset(ONE_PROJECT)
Claimed = tuple[str, str, float]
Rivals = Mapping[str, Mapping[str, float]]
"""Record → the others that may be one project with it → the evidence in log-odds."""


def graded(claims: Sequence[Claimed], counts: float) -> list[str]:
    """For each claim (id, id, evidence in log-odds) that two records are one project, how it stands among its rivals.

    A rival is another claim about either record whose evidence reaches `counts`. The worse of both sides is told,
    unless a third record fits both: then all three may tell of one project, and no rival speaks against it.

    >>> graded([("a", "b", 3.0), ("a", "c", -1.0), ("d", "e", 1.0)], -4.6)
    ['clear', 'outdone', 'clear']
    >>> graded([("a", "b", 3.0), ("b", "c", 2.0), ("a", "c", -1.0)], -4.6)
    ['ahead', 'behind', 'joined']
    """
    evidence: dict[str, list[float]] = defaultdict(list)
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other, told in claims:
        for here, there in ((one, other), (other, one)):
            if told >= counts:
                evidence[here].append(told)
            if told >= SURE:
                partners[here].add(there)
    best = {name: sorted(found)[-2:] for name, found in evidence.items()}
    return [standing(claim, best, partners) for claim in claims]


def standing(claim: Claimed, best: Mapping[str, Sequence[float]], partners: Mapping[str, set[str]]) -> str:
    """The grade of one claim, by the two best claims about each record and the partners that it likely has."""
    one, other, told = claim
    margins = sorted(ahead(told, best.get(name, [])) for name in (one, other))
    joined = partners.get(one, set()) & partners.get(other, set())
    return grade(margins[0], margins[1], bool(joined))


def against(claim: Claimed, told: Rivals, counts: float) -> str:
    """The same for one claim, by all that is told of both its records.

    >>> against(("a", "c", -1.0), {"a": {"b": 3.0, "c": -1.0}, "c": {"a": -1.0}}, -4.6)
    'outdone'
    """
    one, other, evidence = claim
    best, partners = {}, {}
    for name, partner in ((one, other), (other, one)):
        said = told.get(name, {})
        rest = [told for key, told in said.items() if key != partner and told >= counts]
        best[name] = [max(rest)] if rest else []
        partners[name] = {key for key, told in said.items() if told >= SURE}
    margins = sorted(evidence - best[name][0] if best[name] else inf for name in (one, other))
    return grade(margins[0], margins[1], bool(partners[one] & partners[other]))


def known(policy: Policy, size: int) -> bool:
    """Whether a set is large enough for its rivals to say anything: in a small one nearly nobody has any."""
    return size >= policy.size["smallest"]


def followed(wanted: frozenset[str]) -> frozenset[str]:
    """The kinds to be looked for where some are asked for: a rival may be of either kind that says one project."""
    return wanted | RIVALRY - {RETURNS} if wanted & RIVALRY else wanted


def ahead(told: float, best: Sequence[float]) -> float:
    """How far a claim is ahead of the best other claim about a record, whose two best are given in order."""
    others = list(best)
    if told in others:
        others.remove(told)
    return told - others[-1] if others else inf


def grade(worse: float, better: float = inf, joined: bool = False) -> str:
    """The grade of the margins of both records in log-odds, and of whether a third record fits both."""
    if joined:
        return "joined" if worse < 0 else "together"
    if better < 0 and worse < BOUNDS[-1]:
        return "both_outdone"
    return next((name for name, bound in zip(GRADES, BOUNDS, strict=False) if worse >= bound), GRADES[-1])
