"""Titles and descriptions, compiled: as texts.py."""

from __future__ import annotations

import numpy as np
from numba import njit

from adam.matching.compiled import layout as at
from adam.matching.compiled.lists import in_pool, reached
from adam.matching.compiled.vocabulary import NAMED

MISSING = 0
SAME_RARE, SAME_COMMON, FORMULA, NEAR_RARE, NEAR_COMMON, MUCH_RARE, MUCH_COMMON, SOME, LITTLE, DIFFERENT = (
    range(1, 11)
)
NEARLY, MOST, HALF, FEW, UNLIKE, SCRIPTS = range(1, 7)
NAMES, PARTLY, NOWHERE = range(1, 4)
WHOLLY, MAINLY, IN_PART, BARELY = range(1, 5)
NEARLY_ALL, MOSTLY, MANY, SEVERAL, A_FEW, NONE = range(1, 7)
COMMON = 15
ALIKE = 0.72
LETTERS = 0.85
ONE, SIX, LOW = np.uint64(1), np.uint64(6), np.uint64(63)


@njit(cache=True, nogil=True, _nrt=False)
def weight(a, i, b, j, weights):  # type: ignore[no-untyped-def]
    """The weight of the words that two titles share."""
    (p, end), (q, last) = in_pool(a, i, at.TITLE), in_pool(b, j, at.TITLE)
    found = 0
    while p < end and q < last:
        if a.pool[p] == b.pool[q]:
            found += weights[a.pool[p]]
            p += 1
            q += 1
        elif a.pool[p] < b.pool[q]:
            p += 1
        else:
            q += 1
    return found


@njit(cache=True, nogil=True, _nrt=False)
def share(both, total, other):  # type: ignore[no-untyped-def]
    """As the first answer of texts.shared."""
    union, least = total + other - both, min(total, other)
    return 0.6 * both / union + 0.4 * both / least if least > 0 and union > 0 else 0.0


@njit(cache=True, nogil=True, _nrt=False)
def common(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """How many trigrams two titles share: job is (shelf, a bit for each trigram, none of which is set)."""
    shelf, bits = job
    (p, end), (q, last) = in_pool(a, i, at.TITLE), in_pool(b, j, at.TITLE)
    for n in range(p, end):
        for m in range(shelf.letter_at[a.pool[n]], shelf.letter_at[a.pool[n] + 1]):
            letter = np.uint64(shelf.letters[m])
            bits[letter >> SIX] |= ONE << (letter & LOW)
    found = 0
    for n in range(q, last):
        for m in range(shelf.letter_at[b.pool[n]], shelf.letter_at[b.pool[n] + 1]):
            letter = np.uint64(shelf.letters[m])
            if bits[letter >> SIX] >> (letter & LOW) & ONE:
                found += 1
            bits[letter >> SIX] &= ~(ONE << (letter & LOW))
    for n in range(p, end):
        for m in range(shelf.letter_at[a.pool[n]], shelf.letter_at[a.pool[n] + 1]):
            bits[np.uint64(shelf.letters[m]) >> SIX] = 0
    return found


@njit(cache=True, nogil=True, _nrt=False)
def letters(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As texts.letters: job as `common` has it."""
    many = a.ints[i, at.SPELLING] + b.ints[j, at.SPELLING]
    return 2 * common(a, i, b, j, job) / many if many else 0.0


@njit(cache=True, nogil=True, _nrt=False)
def ones(mask):  # type: ignore[no-untyped-def]
    """How many bits of a mask of 63 are set."""
    mask -= mask >> 1 & 0x5555555555555555
    mask = (mask & 0x3333333333333333) + (mask >> 2 & 0x3333333333333333)
    return ((mask + (mask >> 4) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101) >> 56


@njit(cache=True, nogil=True, _nrt=False)
def spelt_alike(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """Whether titles share nearly all letters; the bits of both say at least how many they can't share."""
    left, right = a.wide[i, at.TITLE_BITS], b.wide[j, at.TITLE_BITS]
    many, others = a.ints[i, at.SPELLING], b.ints[j, at.SPELLING]
    most = min(many - ones(left & ~right), others - ones(right & ~left))
    return 2 * most >= LETTERS * (many + others) and letters(a, i, b, j, job) >= LETTERS


@njit(cache=True, nogil=True, _nrt=False)
def title(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As texts.title: job is (the weight of the words they share, what `common` asks for)."""
    both, spell = job
    x, y = a.ints[i], b.ints[j]
    if not x[at.TITLE_TOTAL] or not y[at.TITLE_TOTAL]:
        return MISSING
    carriers = max(x[at.TITLE_CARRIERS], y[at.TITLE_CARRIERS])
    if a.wide[i, at.TITLE_KEY] == b.wide[j, at.TITLE_KEY]:
        return SAME_RARE if carriers <= 3 else SAME_COMMON if carriers <= COMMON else FORMULA
    alike = share(both, x[at.TITLE_TOTAL], y[at.TITLE_TOTAL])
    rare = both >= max(x[at.TITLE_BAR], y[at.TITLE_BAR])
    if alike >= ALIKE or spelt_alike(a, i, b, j, spell):
        if carriers > COMMON:
            return FORMULA
        return NEAR_RARE if rare else NEAR_COMMON
    if alike >= 0.45:
        return MUCH_RARE if rare else MUCH_COMMON
    return SOME if alike >= 0.25 else LITTLE if alike >= 0.08 else DIFFERENT


@njit(cache=True, nogil=True, _nrt=False)
def spelling(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As texts.spelling: job as `common` has it."""
    if not a.ints[i, at.TITLE_TOTAL] or not b.ints[j, at.TITLE_TOTAL]:
        return MISSING
    if a.wide[i, at.TITLE_KEY] == b.wide[j, at.TITLE_KEY]:
        return MISSING
    if (a.ints[i, at.FLAGS] ^ b.ints[j, at.FLAGS]) & at.SCRIPTS:
        return SCRIPTS
    alike = letters(a, i, b, j, job)
    if alike >= 0.6:
        return NEARLY if alike >= 0.8 else MOST
    return HALF if alike >= 0.4 else FEW if alike >= 0.2 else UNLIKE


@njit(cache=True, nogil=True, _nrt=False)
def weighed(item, shelf):  # type: ignore[no-untyped-def]
    """What a word of title or description weighs: as one of the title, if it stands there."""
    word = item >> at.MARKS
    return np.int64(shelf.title_weights[word] if item & at.IN_TITLE else shelf.said_weights[word])


@njit(cache=True, nogil=True, _nrt=False)
def cosine(a, i, b, j, shelf):  # type: ignore[no-untyped-def]
    """As texts.cosine, of title and description together."""
    (p, end), (q, last) = in_pool(a, i, at.WORDS), in_pool(b, j, at.WORDS)
    both = 0
    while p < end and q < last:
        left, right = a.pool[p], b.pool[q]
        if left >> at.MARKS == right >> at.MARKS:
            both += weighed(left, shelf) * weighed(right, shelf)
            p += 1
            q += 1
        elif left < right:
            p += 1
        else:
            q += 1
    return both / (a.reals[i, at.WORDS_LENGTH] * b.reals[j, at.WORDS_LENGTH]) if both else 0.0


@njit(cache=True, nogil=True, _nrt=False)
def wording(a, i, b, j, shelf):  # type: ignore[no-untyped-def]
    """As texts.wording."""
    x, y = a.ints[i], b.ints[j]
    if not (x[at.DESCRIPTION_TOTAL] or y[at.DESCRIPTION_TOTAL]):
        return MISSING
    if not a.reals[i, at.WORDS_LENGTH] or not b.reals[j, at.WORDS_LENGTH]:
        return MISSING
    alike = cosine(a, i, b, j, shelf)
    if alike >= 0.45:
        return NEARLY_ALL if alike >= 0.7 else MOSTLY
    return MANY if alike >= 0.3 else SEVERAL if alike >= 0.2 else A_FEW if alike >= 0.1 else NONE


@njit(cache=True, nogil=True, _nrt=False)
def within(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """Which part of the words of a list of record i record j says, by weight: job is (column, weights of words)."""
    column, weights = job
    (p, end), (q, last) = in_pool(a, i, column), in_pool(b, j, at.WORDS)
    total = both = 0
    while p < end:
        total += weights[a.pool[p]]
        q, says = reached(b.pool, (q, last), a.pool[p])
        if says:
            both += weights[a.pool[p]]
        p += 1
    return both / total if total else 0.0


@njit(cache=True, nogil=True, _nrt=False)
def retold(a, i, b, j, weights):  # type: ignore[no-untyped-def]
    """As texts.retold."""
    if not a.ints[i, at.TITLE_TOTAL] or not b.ints[j, at.TITLE_TOTAL]:
        return MISSING
    most = max(within(a, i, b, j, (at.TITLE, weights)), within(b, j, a, i, (at.TITLE, weights)))
    if most >= 0.6:
        return WHOLLY if most >= 0.9 else MAINLY
    return IN_PART if most >= 0.3 else BARELY


@njit(cache=True, nogil=True, _nrt=False)
def initials(a, i, b, j):  # type: ignore[no-untyped-def]
    """Whether record j says the initials of an implementer of record i."""
    (begin, end), (q, last) = in_pool(a, i, at.LETTERS), in_pool(b, j, at.WORDS)
    for p in range(begin, end):
        q, says = reached(b.pool, (q, last), a.pool[p])
        if says:
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def mentions(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As texts.mentions: job is (whether the implementers meet, weights of words)."""
    met, weights = job
    here = a.ints[i, at.DOERS] and b.reals[j, at.WORDS_LENGTH]
    if met or not (here or b.ints[j, at.DOERS] and a.reals[i, at.WORDS_LENGTH]):
        return MISSING
    if initials(a, i, b, j) or initials(b, j, a, i):
        return NAMES
    most = max(within(a, i, b, j, (at.DOERS, weights)), within(b, j, a, i, (at.DOERS, weights)))
    return NAMES if most >= 0.8 else PARTLY if most >= 0.4 else NOWHERE


@njit(cache=True, nogil=True, _nrt=False)
def formed(b, j, word, shelf):  # type: ignore[no-untyped-def]
    """Whether the title of record j has a word of one form with this one."""
    (begin, end), forms = in_pool(b, j, at.TITLE), shelf.forms
    for p in range(begin, end):
        other = b.pool[p]
        for q in range(shelf.form_at[other], shelf.form_at[other + 1]):
            for n in range(shelf.form_at[word], shelf.form_at[word + 1]):
                if forms[q] == forms[n]:
                    return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def own(a, i, b, j, shelf):  # type: ignore[no-untyped-def]
    """Whether the title of i has a rare word that record j never says, in whatever form: as texts.own."""
    (begin, end), (q, last) = in_pool(a, i, at.TITLE), in_pool(b, j, at.WORDS)
    for p in range(begin, end):
        word = a.pool[p]
        if not shelf.word_flags[word] & NAMED:
            continue
        q, says = reached(b.pool, (q, last), word)
        if says:
            continue
        if not formed(b, j, word, shelf):
            return True
    return False


@njit(cache=True, nogil=True, _nrt=False)
def names(a, i, b, j, job):  # type: ignore[no-untyped-def]
    """As texts.names: job is (the share of the titles' words, shelf)."""
    alike, shelf = job
    return 1 if alike >= 0.25 and own(a, i, b, j, shelf) and own(b, j, a, i, shelf) else MISSING
