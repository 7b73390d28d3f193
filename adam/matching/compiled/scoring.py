"""Scoring, compiled: the grades of a pair, cheap ones first, given up once nothing could save it; then its kind."""

from __future__ import annotations

from collections.abc import Iterable
from math import log
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from adam.matching.chance import PERCENT
from adam.matching.compiled import bodies, days, describing, kinds, numbers, sets
from adam.matching.compiled import layout as at
from adam.matching.compiled import wording as text
from adam.matching.compiled.chance import chance, expected
from adam.matching.compiled.grades import NUMBER, hopes, weights
from adam.matching.keys import needed
from adam.matching.policy import COLUMNS, COORDINATION_KINDS, FEATURES, KINDS, RETURNS, Policy
from adam.matching.rarity import SCALE, UNSEEN

Array = np.ndarray[Any, Any]
N = NUMBER
WHOLE, RELATIONS, IDENTIFIERS, REPORTER, FUNDERS = (
    N[f] for f in ("whole", "relations", "identifiers", "reporter", "funders")
)
IMPLEMENTERS, ROLES, BENEFICIARIES, TYPES = (
    N[f] for f in ("implementers", "roles", "beneficiaries", "assistance_types")
)
COUNTRIES, PILLARS, SECTORS, START, PERIOD = (
    N[f] for f in ("countries", "pillars", "sectors", "start", "period")
)
AMOUNT, VALUE_DATE, REPORTED, TITLE = (N[f] for f in ("amount", "value_date", "reported", "title"))
SPELLING, RETOLD, PHASES, CODES = (N[f] for f in ("spelling", "retold", "phases", "codes"))
NAMES, MENTIONS, WORDING, DESCRIPTION, CHANCE = (
    N[f] for f in ("names", "mentions", "wording", "description", "chance")
)
RIVALS, PLENTY = N["rivals"], N["plenty"]

# What is asked in which order, what may add most first; after each stage a pair nothing more can save is given up.
STAGES = [
    [REPORTER, IDENTIFIERS, RELATIONS, TITLE, AMOUNT, START, COUNTRIES, CHANCE]
    + [PHASES, PERIOD, VALUE_DATE, REPORTED, TYPES, BENEFICIARIES, PILLARS],
    [IMPLEMENTERS, FUNDERS],
    [ROLES, SECTORS],
    [RETOLD, WORDING],
    [DESCRIPTION, SPELLING, MENTIONS, CODES, NAMES, WHOLE, RIVALS, PLENTY],
]
NO_BOUND = 1 << 61
RETURNED = COLUMNS.index(RETURNS)
DONE = len(STAGES) + 1
RECORD_COLUMNS = np.array([0, 1, 2, 3, RETURNED])


class Judge(NamedTuple):
    """What is fixed for a run: weights [feature, grade, column], priors, what later stages may add, limits, wishes."""

    weights: Array
    priors: Array
    hopes: Array
    limits: Array
    shares: Array
    needs: Array
    wanted: Array
    open: Array
    floor: float
    bound: int
    needed: int
    gain: Array
    threshold: float
    asks_coordination: bool


def judge(policy: Policy, size: int, wanted: Iterable[str], threshold: float) -> Judge:
    """The policy for so many records; `gain` is what rivals and the set, asked later, may add to a column at most."""
    asked = frozenset(wanted)
    found = weights(policy)
    priors = np.array([policy.prior(name, size) for name in COLUMNS])
    floor = max(1e-6, min(threshold, policy.kinds["same"]))
    names = ("title", "amount", "start", "countries", "sectors", "implementers")
    limits = ("held", "share", "together_days", "year_days", "project_days")
    return Judge(
        found,
        priors,
        hopes(found, STAGES),
        np.array([float(policy.kinds[name]) for name in limits]),
        np.array([*(policy.chance[name] for name in names), round(SCALE * log(size + UNSEEN))], np.int64),
        np.array([policy.kinds["same"], policy.kinds["same"], policy.kinds["part"], policy.kinds["part"]]),
        np.array([kind in asked for kind in KINDS]),
        opened(asked),
        log(floor / (1 - floor)) if floor < 1 else 700.0,
        bound(policy, size),
        needed(policy, size),
        found[[RIVALS, PLENTY]].max(axis=1).sum(axis=0),
        threshold,
        bool(asked & set(COORDINATION_KINDS)),
    )


def bound(policy: Policy, size: int) -> int:
    """The logarithm of how many records may agree by chance in what a pair shares, as chance.expected counts it.

    Only in sets so large that buckets are cut short; elsewhere everything that shares a key is looked at.
    """
    if size * policy.limits["bucket"] <= policy.limits["work"]:
        return NO_BOUND
    return round(PERCENT * SCALE * log(policy.limits["chance"]))


def opened(asked: frozenset[str]) -> Array:
    """The columns that must be followed: those of the kinds asked for; all, where a kind that outranks others is not.

    A record question outranks a coordination question, so with these all record questions must be followed.
    """
    if asked & set(COORDINATION_KINDS):
        return np.ones(len(COLUMNS), np.bool_)
    return np.array([name in asked or name == RETURNS and "record_duplicate" in asked for name in COLUMNS])


@njit(cache=True, nogil=True, _nrt=False)
def added(sums, grades, stage, judge):  # type: ignore[no-untyped-def]
    """Adds what a stage found to the sums; whether any question that is asked may still reach the threshold."""
    features, number = stage
    alive = False
    two = grades[REPORTER] == sets.DIFFERENT
    for n in range(RECORD_COLUMNS.size):
        c = RECORD_COLUMNS[n]
        if (
            not judge.open[c]
            or (c == kinds.SAME_MONEY) != two
            and c != kinds.COMPONENT
            and c != kinds.CONTINUATION
            and not grades[RELATIONS]
        ):
            continue
        for f in features:
            sums[c] += judge.weights[f, grades[f], c]
        alive = alive or sums[c] + judge.hopes[number, c] >= judge.floor
    return alive


FIRST, SECOND, THIRD, FOURTH, FIFTH = (tuple(stage) for stage in STAGES)


@njit(cache=True, nogil=True, _nrt=False)
def zeroth(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """Money, start, place; answers the weight of the words both titles share, and how many agree so by chance."""
    g, shelf, shares = job
    g[COUNTRIES] = sets.countries(a, i, b, j)
    g[START] = days.start(a.ints[i], b.ints[j])
    g[AMOUNT] = days.amount(a, i, b, j, (False, False))
    both = text.weight(a, i, b, j, shelf.title_weights)
    logarithm = expected(a, i, b, j, (both, g[AMOUNT], shelf, shares))
    g[CHANCE] = chance(logarithm)
    return both, logarithm


@njit(cache=True, nogil=True, _nrt=False)
def first(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """Reporter, title, and what money says of one reporter's two years or of two reporters' one title."""
    g, names, both, spell = job
    x, y = a.ints[i], b.ints[j]
    g[REPORTER] = bodies.reporter(a, i, b, j, names)
    alike = text.share(both, x[at.TITLE_TOTAL], y[at.TITLE_TOTAL]) >= text.ALIKE
    parted = g[REPORTER] == sets.DIFFERENT or (x[at.FLAGS] | y[at.FLAGS]) & at.IN_PART or days.paid_of(x, y)
    portion = parted and alike and days.months(x, y)
    two_years = days.two_years(x, y, g[REPORTER] == sets.SAME)
    if portion or two_years:
        g[AMOUNT] = days.amount(a, i, b, j, (two_years, portion))
    g[TITLE] = text.title(a, i, b, j, (both, spell))


@njit(cache=True, nogil=True, _nrt=False)
def plain(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """What single numbers say, and what many records don't give, so that it is soon known to be missing."""
    g, shelf = job
    x, y = a.ints[i], b.ints[j]
    g[PHASES] = numbers.phases(a.masks[x[at.MASKS]], b.masks[y[at.MASKS]])
    g[PERIOD] = days.period(x, y)
    g[VALUE_DATE] = days.value_date(x, y)
    g[REPORTED] = days.reported(x, y, g[REPORTER] == sets.SAME, g[AMOUNT])
    g[TYPES] = sets.compared(a, i, b, j, at.TYPES)
    homes = (shelf.institution_at, shelf.institution_reach)
    g[BENEFICIARIES] = bodies.together(a, i, b, j, (at.BENEFICIARIES, homes))
    g[PILLARS] = sets.pillars(a, i, b, j, shelf.pillar_of)


@njit(cache=True, nogil=True, _nrt=False)
def second(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """Who does and who pays."""
    g, names = job
    g[IMPLEMENTERS] = bodies.together(a, i, b, j, (at.IMPLEMENTERS, names))
    g[FUNDERS] = bodies.together(a, i, b, j, (at.FUNDERS, names))


@njit(cache=True, nogil=True, _nrt=False)
def third(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """One body in two roles, and what for."""
    g, names = job
    g[ROLES] = bodies.roles(a, i, b, j, (g[REPORTER], names))
    g[SECTORS] = sets.sectors(a, i, b, j)


@njit(cache=True, nogil=True, _nrt=False)
def fifth(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """The rest of the texts."""
    g, spell, both, relation = job
    shelf = spell[0]
    said = describing.said(a, i, b, j, shelf.said_weights)
    g[DESCRIPTION] = describing.description(a, i, b, j, (said, shelf.said_weights))
    g[SPELLING] = text.spelling(a, i, b, j, spell)
    met = g[IMPLEMENTERS] == sets.SAME or g[IMPLEMENTERS] == sets.SOME
    g[MENTIONS] = text.mentions(a, i, b, j, (met, shelf.title_weights))
    g[CODES] = numbers.codes(a, i, b, j)
    alike = text.share(both, a.ints[i, at.TITLE_TOTAL], b.ints[j, at.TITLE_TOTAL])
    g[NAMES] = text.names(a, i, b, j, (alike, shelf))
    g[WHOLE] = numbers.whole(a, i, b, j, (relation, g[IDENTIFIERS]))


@njit(cache=True, nogil=True)
def desk(shelf, judge):  # type: ignore[no-untyped-def]
    """What a thread judges on: room for grades, sums and a bit for each trigram; shelf; judge."""
    g, sums = np.zeros(len(FEATURES), np.int8), np.zeros(len(COLUMNS), np.float64)
    return g, sums, np.zeros(shelf.letters_many[0] // 64 + 1, np.uint64), shelf, judge


@njit(cache=True, nogil=True, _nrt=False)
def graded(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """All grades of a pair into g: job is what `desk` lays out; answers (stage reached, title weight, relation)."""
    g, sums, bits, shelf, judge = job
    names = (shelf.reach_at, shelf.reach)
    for c in range(sums.size):
        sums[c] = judge.priors[c]
    both, logarithm = zeroth(a, i, b, j, (g, shelf, judge.shares))
    g[IDENTIFIERS] = numbers.identifiers(a, i, b, j)
    relation = numbers.stated(a, i, b, j)
    g[RELATIONS] = relation >= 0
    finish = (
        judge.asks_coordination
        and sets.pooled(a, i, b, j, at.PILLARS)
        and sets.pooled(a, i, b, j, at.COUNTRIES)
    )
    apart = relation < 0 and not numbers.UNDER >= g[IDENTIFIERS] > numbers.MISSING
    if logarithm > judge.bound and apart and not finish:
        return 1, both, relation
    first(a, i, b, j, (g, names, both, (shelf, bits)))
    plain(a, i, b, j, (g, shelf))
    if not added(sums, g, (FIRST, 0), judge) and not finish:
        return 2, both, relation
    second(a, i, b, j, (g, names))
    if not added(sums, g, (SECOND, 1), judge) and not finish:
        return 3, both, relation
    third(a, i, b, j, (g, names))
    if not added(sums, g, (THIRD, 2), judge) and not finish:
        return 4, both, relation
    g[RETOLD] = text.retold(a, i, b, j, shelf.title_weights)
    g[WORDING] = text.wording(a, i, b, j, shelf)
    if not added(sums, g, (FOURTH, 3), judge) and not finish:
        return 5, both, relation
    fifth(a, i, b, j, (g, (shelf, bits), both, relation))
    return DONE, both, relation


@njit(cache=True, nogil=True, _nrt=False)
def evidence(g, column, judge):  # type: ignore[no-untyped-def]
    """The prior and what all features add to it, one after the other in the order of the policy."""
    found = judge.priors[column]
    for f in range(g.size):
        found += judge.weights[f, g[f], column]
    return found


@njit(cache=True, nogil=True, _nrt=False)
def sigmoid(value):  # type: ignore[no-untyped-def]
    """Log-odds to probability."""
    return 1 / (1 + np.exp(-value)) if value > -700 else 0.0


@njit(cache=True, nogil=True, _nrt=False)
def judged(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """The claim about a pair as (column, score), or below 0 where none is made: job is what `desk` lays out."""
    g, _, _, _, judge = job
    stage, both, relation = graded(a, i, b, j, job)
    if stage < DONE:
        return -stage, 0.0
    yearly = g[REPORTER] == sets.SAME and a.ints[i, at.FLAGS] & b.ints[j, at.FLAGS] & at.YEARLY != 0
    kind = kinds.record_kind(a, i, b, j, (g, relation, both, yearly, judge.limits))
    column = RETURNED if yearly and kind == kinds.DUPLICATE else kind
    score = sigmoid(evidence(g, column, judge))
    if score < judge.needs[kind] and judge.asks_coordination:
        other = kinds.coordination_kind(g, relation)
        if other >= 0:
            likely = sigmoid(evidence(g, other, judge))
            if likely > score:
                kind, column, score = other, other, likely
    if not judge.wanted[kind] or sigmoid(evidence(g, column, judge) + judge.gain[column]) < judge.threshold:
        return kinds.NO_KIND, 0.0
    return column, score
