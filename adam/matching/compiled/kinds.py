"""Kinds, compiled: as ../kinds.py, from the grades of a pair."""

from __future__ import annotations

from numba import njit

from adam.matching.compiled import days, describing, numbers, sets
from adam.matching.compiled import layout as at
from adam.matching.compiled import wording as text
from adam.matching.compiled.bodies import BOTH, CROSSED, NONE
from adam.matching.compiled.grades import NUMBER

DUPLICATE, SAME_MONEY, COMPONENT, CONTINUATION, DUPLICATE_ASSISTANCE, OVERLAP, NO_KIND = 0, 1, 2, 3, 4, 5, -1
STATED = (COMPONENT, CONTINUATION, SAME_MONEY, SAME_MONEY, NO_KIND)  # in the order of rows.RELATION_KINDS
HELD, SHARE, TOGETHER, YEAR, PROJECT = range(5)  # places in the limits

IDENTIFIERS, REPORTER, ROLES = NUMBER["identifiers"], NUMBER["reporter"], NUMBER["roles"]
FUNDERS, IMPLEMENTERS = NUMBER["funders"], NUMBER["implementers"]
BENEFICIARIES, TYPES = NUMBER["beneficiaries"], NUMBER["assistance_types"]
COUNTRIES, PILLARS, PERIOD = NUMBER["countries"], NUMBER["pillars"], NUMBER["period"]
AMOUNT, TITLE, PHASES = NUMBER["amount"], NUMBER["title"], NUMBER["phases"]
NAMES, WORDING, DESCRIPTION = NUMBER["names"], NUMBER["wording"], NUMBER["description"]


@njit(cache=True, nogil=True, _nrt=False)
def telling(grade):  # type: ignore[no-untyped-def]
    """Whether titles share rare words."""
    return grade == text.SAME_RARE or grade == text.NEAR_RARE or grade == text.MUCH_RARE


@njit(cache=True, nogil=True, _nrt=False)
def alike(grade):  # type: ignore[no-untyped-def]
    """Whether titles are nearly the same."""
    return text.SAME_RARE <= grade <= text.NEAR_COMMON


@njit(cache=True, nogil=True, _nrt=False)
def one_undertaking(grades):  # type: ignore[no-untyped-def]
    """As kinds.one_undertaking."""
    if telling(grades[TITLE]) or text.NEARLY_ALL <= grades[WORDING] <= text.MOSTLY:
        return True
    told_apart = grades[DESCRIPTION] == describing.HARDLY or grades[DESCRIPTION] == describing.OTHER
    plain = grades[TITLE] == text.SAME_COMMON or grades[TITLE] == text.NEAR_COMMON
    place = grades[COUNTRIES]
    return plain and (place == sets.SAME or place == sets.CONTAINED or place == sets.SOME) and not told_apart


@njit(cache=True, nogil=True, _nrt=False)
def apart(x, y):  # type: ignore[no-untyped-def]
    """As kinds.apart."""
    return abs(x[at.START] - y[at.START]) if x[at.START] and y[at.START] else 0


@njit(cache=True, nogil=True, _nrt=False)
def together(x, y, most):  # type: ignore[no-untyped-def]
    """As kinds.together."""
    if not x[at.START] or not y[at.START] or not x[at.END] or not y[at.END]:
        return False
    return apart(x, y) <= most and abs(x[at.END] - y[at.END]) <= 2 * most


@njit(cache=True, nogil=True, _nrt=False)
def in_order(x, y):  # type: ignore[no-untyped-def]
    """As kinds.in_order."""
    if not x[at.START] or not y[at.START]:
        return True
    for column in (at.LAST_PHASE, at.LAST_YEAR, at.LAST_NUMBERED):
        left, right = x[column], y[column]
        if left and right and left != right:
            return x[at.START] != y[at.START] and (left < right) == (x[at.START] < y[at.START])
    return True


@njit(cache=True, nogil=True, _nrt=False)
def lasts(x):  # type: ignore[no-untyped-def]
    """As kinds.days."""
    return x[at.END] - x[at.START] if x[at.END] and x[at.START] else 0


@njit(cache=True, nogil=True, _nrt=False)
def held(both, x, y):  # type: ignore[no-untyped-def]
    """As texts.held of the titles."""
    least = min(x[at.TITLE_TOTAL], y[at.TITLE_TOTAL])
    return both / least if least > 0 else 0.0


@njit(cache=True, nogil=True, _nrt=False)
def is_continuation(x, y, grades, job):  # type: ignore[no-untyped-def]
    """As kinds.is_continuation: job is (weight of shared title words, whether yearly returns, limits)."""
    both, yearly, limits = job
    strangers = grades[REPORTER] == sets.DIFFERENT and grades[ROLES] == NONE
    if not one_undertaking(grades) or grades[COUNTRIES] == sets.DIFFERENT or strangers:
        return False
    if grades[PHASES] == numbers.PARTS or grades[IDENTIFIERS] == numbers.UNDER:
        return False
    if together(x, y, limits[TOGETHER]):
        return False
    money = grades[AMOUNT]
    if grades[PHASES] == numbers.DIFFERENT:
        return in_order(x, y)
    if grades[PHASES] == numbers.ONE_SIDED:
        another = x[at.LAST_PHASE] != y[at.LAST_PHASE]
        told = another and held(both, x, y) >= limits[HELD] and in_order(x, y)
        return told and apart(x, y) > 31 and money != days.EXACT and money != days.ROUNDED
    if not alike(grades[TITLE]) or money == days.EXACT or money == days.ROUND or yearly:
        return False
    if grades[PHASES] == numbers.NUMBERED and in_order(x, y) and apart(x, y) >= limits[YEAR]:
        return True
    return grades[PERIOD] == days.FOLLOWS and min(lasts(x), lasts(y)) >= limits[PROJECT]


@njit(cache=True, nogil=True, _nrt=False)
def is_sibling(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As kinds.is_sibling: job is (grades, limits)."""
    grades, limits = job
    if not one_undertaking(grades):
        return False
    if grades[IDENTIFIERS] == numbers.SIBLINGS:
        return alike(grades[TITLE]) or telling(grades[TITLE])
    if grades[PHASES] == numbers.PARTS or grades[PHASES] == numbers.DIFFERENT:
        beside = together(a.ints[i], b.ints[j], limits[TOGETHER])
        same_year = (
            not numbers.clash(a.masks[a.ints[i, at.MASKS]], b.masks[b.ints[j, at.MASKS]], at.YEARS) or beside
        )
        return grades[REPORTER] == sets.SAME and same_year and (grades[PHASES] == numbers.PARTS or beside)
    money = grades[AMOUNT]
    return (
        grades[IDENTIFIERS] == numbers.APART
        and alike(grades[TITLE])
        and money != days.EXACT
        and money != days.ROUND
    )


@njit(cache=True, nogil=True, _nrt=False)
def is_share(grades):  # type: ignore[no-untyped-def]
    """As kinds.is_share."""
    others = grades[REPORTER] == sets.DIFFERENT and grades[IMPLEMENTERS] == sets.DIFFERENT
    if not others or grades[FUNDERS] != sets.SAME or not one_undertaking(grades):
        return False
    money = grades[AMOUNT]
    apart = money == days.HALF or money == days.PART or money == days.FAR
    return apart or money == days.NEAR or money == days.ABOUT or money == days.PORTION


@njit(cache=True, nogil=True, _nrt=False)
def is_component(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As kinds.is_component: job is (grades, limits)."""
    grades, limits = job
    if grades[IDENTIFIERS] == numbers.UNDER or is_sibling(a, i, b, j, job):
        return True
    if grades[PERIOD] == days.APART or grades[PERIOD] == days.FOLLOWS or grades[NAMES]:
        return False
    if is_share(grades):
        return True
    money = grades[AMOUNT]
    if days.EXACT <= money <= days.NEAR and money != days.CONVERTED or money == days.ABOUT:
        return False
    left, right, _ = days.sums(a, i, b, j)
    smaller = left and right and 0 < min(left, right) / max(left, right) <= limits[SHARE]
    ours = grades[REPORTER] == sets.SAME or grades[ROLES] == BOTH or grades[ROLES] == CROSSED
    return grades[COUNTRIES] == sets.CONTAINED and smaller and ours


@njit(cache=True, nogil=True, _nrt=False)
def record_kind(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As kinds.record_kind: job is (grades, relation stated, weight of shared title words, yearly, limits)."""
    grades, relation, both, yearly, limits = job
    if relation >= 0 and STATED[relation] != NO_KIND:
        return STATED[relation]
    same = SAME_MONEY if grades[REPORTER] == sets.DIFFERENT else DUPLICATE
    if grades[IDENTIFIERS] == numbers.SAME_ID:
        return same
    if is_continuation(a.ints[i], b.ints[j], grades, (both, yearly, limits)):
        return CONTINUATION
    return COMPONENT if is_component(a, i, b, j, (grades, limits)) else same


@njit(cache=True, nogil=True, _nrt=False)
def coordination_kind(grades, relation):  # type: ignore[no-untyped-def]
    """As kinds.coordination_kind; a grade says whether countries are shared."""
    place = grades[COUNTRIES]
    if place != sets.SAME and place != sets.CONTAINED and place != sets.SOME:
        return NO_KIND
    if grades[PILLARS] != sets.SAME and grades[PILLARS] != sets.GROUP:
        return NO_KIND
    period = grades[PERIOD]
    if period == days.FOLLOWS or period == days.APART or period == days.MISSING or relation >= 0:
        return NO_KIND
    one_place = grades[BENEFICIARIES] == sets.SAME or grades[BENEFICIARIES] == sets.SOME
    one_job = one_place and (grades[TYPES] == sets.SAME or grades[TYPES] == sets.SOME)
    return DUPLICATE_ASSISTANCE if one_job and grades[PILLARS] == sets.SAME else OVERLAP
