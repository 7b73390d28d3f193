"""Days and sums, compiled: as comparisons.start, value_date and period, and as amounts.py."""

from __future__ import annotations

from numba import njit

from adam.matching.compiled import layout as at

MISSING = 0
SAME_DAY, NEW_YEAR, WEEKS, MONTHS, YEAR, INSTALMENT, FAR_START = range(1, 8)
TERM, SAME, LONG, SHORT, FOLLOWS, APART, OPEN = range(1, 8)
PAID_SAME_DAY, PAID_WEEKS, PAID_APART = range(1, 4)
EXACT, ROUND, ROUNDED, CONVERTED, NEAR, HALF, PART, FAR, OTHER_YEAR, PORTION, ABOUT = range(1, 12)
ONE_YEAR, TWO_YEARS = 1, 2


@njit(cache=True, nogil=True, _nrt=False)
def start(x, y):  # type: ignore[no-untyped-def]
    """As comparisons.start."""
    if not x[at.START] or not y[at.START]:
        return MISSING
    days = abs(x[at.START] - y[at.START])
    if days == 0:
        return NEW_YEAR if x[at.FLAGS] & at.FIRST_DAY else SAME_DAY
    if days <= 31:
        return WEEKS
    if days <= 124:
        return MONTHS
    if abs(days - 365) <= 20 or abs(days - 730) <= 20:
        return INSTALMENT
    return YEAR if days < 547.5 else FAR_START


@njit(cache=True, nogil=True, _nrt=False)
def value_date(x, y):  # type: ignore[no-untyped-def]
    """As comparisons.value_date."""
    if not x[at.MONEY_ON] or not y[at.MONEY_ON] or (x[at.FLAGS] | y[at.FLAGS]) & at.MONEY_USUAL:
        return MISSING
    days = abs(x[at.MONEY_ON] - y[at.MONEY_ON])
    return PAID_SAME_DAY if days == 0 else PAID_WEEKS if days <= 31 else PAID_APART


@njit(cache=True, nogil=True, _nrt=False)
def period(x, y):  # type: ignore[no-untyped-def]
    """As comparisons.period."""
    if not x[at.START] or not y[at.START]:
        return MISSING
    first, last = x, y
    if (y[at.START], y[at.END]) < (x[at.START], x[at.END]):
        first, last = y, x
    if first[at.END] and first[at.END] < last[at.START]:
        return FOLLOWS if last[at.START] - first[at.END] <= 200 else APART
    if not x[at.END] or not y[at.END]:
        return OPEN
    usual = (x[at.FLAGS] | y[at.FLAGS]) & at.LAST_DAY
    if not usual and abs(x[at.START] - y[at.START]) <= 31 and abs(x[at.END] - y[at.END]) <= 3:
        return TERM
    shared = min(x[at.END], y[at.END]) - max(x[at.START], y[at.START]) + 1
    whole = max(x[at.END], y[at.END]) - min(x[at.START], y[at.START]) + 1
    return SAME if shared >= 0.9 * whole else LONG if shared >= 0.5 * whole else SHORT


@njit(cache=True, nogil=True, _nrt=False)
def sums(a, i, b, j):  # type: ignore[no-untyped-def]
    """Both amounts in one currency, 0 where not given, and whether that is their own."""
    own = a.ints[i, at.CURRENCY] and a.ints[i, at.CURRENCY] == b.ints[j, at.CURRENCY]
    column = at.OWN if own else at.USD
    return a.reals[i, column], b.reals[j, column], own


@njit(cache=True, nogil=True, _nrt=False)
def amount(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As amounts.amount: job is (whether they are lines for two years, whether one may be a portion of the other)."""
    two_years, portion = job
    left, right, own = sums(a, i, b, j)
    if not left or not right:
        return MISSING
    small, large = min(abs(left), abs(right)), max(abs(left), abs(right))
    if (left < 0) != (right < 0):
        return FAR
    share = small / large
    if share < 0.85 and two_years:
        return OTHER_YEAR
    if share >= 0.99995 or large - small < 1:
        bit = at.ROUND_OWN if own else at.ROUND_USD
        return ROUND if (a.ints[i, at.FLAGS] | b.ints[j, at.FLAGS]) & bit else EXACT
    if share >= 0.97:
        return ROUNDED if a.ints[i, at.CURRENCY] == b.ints[j, at.CURRENCY] else CONVERTED
    if share >= 0.85:
        return NEAR if share >= 0.9 else ABOUT
    if portion:
        return PORTION
    return HALF if share >= 0.45 else PART if share >= 0.05 else FAR


@njit(cache=True, nogil=True, _nrt=False)
def is_payment(x):  # type: ignore[no-untyped-def]
    """As amounts.is_payment."""
    return x[at.MONEY_ON] != 0 and x[at.MONEY_ON] == x[at.START] and x[at.END] == 0


@njit(cache=True, nogil=True, _nrt=False)
def paid_of(x, y):  # type: ignore[no-untyped-def]
    """As amounts.paid_of."""
    if not x[at.MONEY_ON] or x[at.MONEY_ON] != y[at.MONEY_ON] or x[at.FLAGS] & at.MONEY_USUAL:
        return False
    return is_payment(x) != is_payment(y)


@njit(cache=True, nogil=True, _nrt=False)
def months(x, y):  # type: ignore[no-untyped-def]
    """Whether both start within months of each other."""
    return x[at.START] and y[at.START] and abs(x[at.START] - y[at.START]) <= 124


@njit(cache=True, nogil=True, _nrt=False)
def two_years(x, y, same_reporter):  # type: ignore[no-untyped-def]
    """As amounts.two_years."""
    if not x[at.MONEY_YEAR] or not y[at.MONEY_YEAR] or x[at.MONEY_YEAR] == y[at.MONEY_YEAR]:
        return False
    return same_reporter and not x[at.IDENTIFIERS] and not y[at.IDENTIFIERS]


@njit(cache=True, nogil=True, _nrt=False)
def reported(x, y, same_reporter, money):  # type: ignore[no-untyped-def]
    """As amounts.reported: `money` is the grade of the amounts."""
    if two_years(x, y, same_reporter):
        return TWO_YEARS
    one_return = same_reporter and x[at.MONEY_YEAR] and y[at.MONEY_YEAR]
    return ONE_YEAR if one_return and money in (HALF, PART, FAR) else MISSING


@njit(cache=True, nogil=True, _nrt=False)
def to_the_cent(a, i, b, j):  # type: ignore[no-untyped-def]
    """As amounts.to_the_cent."""
    own = a.reals[i, at.OWN]
    same = own and own == b.reals[j, at.OWN] and a.ints[i, at.CURRENCY] == b.ints[j, at.CURRENCY]
    return same and a.ints[i, at.FLAGS] & at.TELLING
