"""The layout of a prepared record: one row of whole numbers, one of hashes, one of amounts, its lists and masks.

A record is compared far oftener than it is written, so all of it lies together: `ints[i]` says where in `pool` (ids)
and in `marks` (hashes) its lists stand, each with its length before it. 0 stands for "not given" in days and counts.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

# What is asked first of every pair lies within the first 64 bytes of a row.
# Lists in `pool`, sorted: the place where the length of a list stands, and its items after it; 0 for an empty one.
# After the items of a role stand two signatures: a bit for each body, and for each spelling that means one of them.
TITLE = 0
COUNTRIES = 1
SECTORS = 2
IMPLEMENTERS = 3
REPORTER = 4
# Single numbers.
START = 5
CURRENCY = 6
RARE_AMOUNT = 7
RARE_NEAR = 8
RARE_DAY = 9
RARE_MONTH = 10
TITLE_TOTAL = 11
TITLE_CARRIERS = 12
TITLE_BAR = 13
FLAGS = 14
END = 15
MONEY_ON = 16
MONEY_YEAR = 17
LAST_PHASE = 18
LAST_YEAR = 19
LAST_NUMBERED = 20
DESCRIPTION_TOTAL = 21
DESCRIPTION_CARRIERS = 22
SIZE = 23  # the step of the amount on a logarithmic ladder, and the nearer neighbour of that step
NEAR_SIZE = 24
SPELLING = 25  # how many trigrams the words of the title have; which ones, the shelf says of each word
MASKS = 26  # the row of `masks`
# More lists in `pool`.
FUNDERS = 27
BENEFICIARIES = 28
PILLARS = 29
COMMITMENTS = 30
TYPES = 31
GROUPS = 32
WORDS = 33  # of title and description together, each with a mark for either: see IN_TITLE
DOERS = 34  # the words that name the implementers
LETTERS = 35  # their initials
RARE_WORDS = 36  # of the title, rarest first
RARE_SAID = 37  # of the description, rarest first
# Lists in `marks`, sorted.
IDENTIFIERS = 38
BARE = 39
OWNERS = 40
STEMS = 41
TARGETS = 42  # of stated relations, in the order given; a list of their kinds follows
CODES = 43
ALL_CODES = 44
FRAMEWORKS = 45  # identifiers that many records carry
KNOWN = 46  # all identifiers, with and without their schemes
INTS = 47
NOTHING = 3
"""So many zeros begin `pool` and `marks`: a list that is empty, with signatures without a bit."""
DOLLARS = 1  # the number of the US dollar among the currencies; 0 is none

POOLED = {
    "title": TITLE,
    "words": WORDS,
    "doers": DOERS,
    "reporter": REPORTER,
    "funders": FUNDERS,
    "implementers": IMPLEMENTERS,
    "beneficiaries": BENEFICIARIES,
    "countries": COUNTRIES,
    "pillars": PILLARS,
    "commitments": COMMITMENTS,
    "assistance_types": TYPES,
    "sectors": SECTORS,
    "groups": GROUPS,
    "rare_words": RARE_WORDS,
    "rare_said": RARE_SAID,
    "letters": LETTERS,
}
MARKED = {
    "identifiers": IDENTIFIERS,
    "bare": BARE,
    "owners": OWNERS,
    "stems": STEMS,
    "targets": TARGETS,
    "frameworks": FRAMEWORKS,
    "known": KNOWN,
    "codes": CODES,
    "all_codes": ALL_CODES,
}

# An item of WORDS is a word's number, and below it whether the title holds it and whether the description does.
IN_TITLE, IN_SAID, MARKS = 1, 2, 2

# Hashes.
TITLE_KEY = 0
DESCRIPTION_KEY = 1
IDENTITY = 2
TITLE_BITS = 3  # a bit for each three letters of the title
WIDE = 4
ROLES = (REPORTER, IMPLEMENTERS, FUNDERS)
SIGNED = 31  # so many bits of a signature
SIGNATURES = 2

# Masks, which many rows share. A mask has two words of 60 bits.
PHASES = 0
PARTS = 2
YEARS = 4
NUMBERED = 6
MASKED = 8
BITS = 60
FIRST_YEAR = 1950
MORE_MONEY = 119  # the bit of additional financing among the phases

OWN, USD, WORDS_LENGTH = 0, 1, 2
REALS = 3

# Flags.
FIRST_DAY = 1
LAST_DAY = 2
MONEY_USUAL = 4
YEARLY = 8
ROUND_OWN = 16
ROUND_USD = 32
TELLING = 64
IN_PART = 128
COLLECTED = 256
SCRIPT = 512  # and the next bit: the script of the title, as a number from 0 to 3
SCRIPTS = 3 * SCRIPT


class Rows(NamedTuple):
    """Prepared records: ints int32[n, INTS], wide int64[n, WIDE], reals float64[n, REALS] (0: not given), lists.

    `masks` int64[m, MASKED] are the distinct masks of all rows.
    """

    ints: np.ndarray[Any, Any]
    wide: np.ndarray[Any, Any]
    reals: np.ndarray[Any, Any]
    pool: np.ndarray[Any, Any]
    marks: np.ndarray[Any, Any]
    masks: np.ndarray[Any, Any]


class Shelf(NamedTuple):
    """What all records share: weights of words in titles, which may name something; names that mean one body.

    `letters` lists for each word, from `letter_at`, the numbers of its trigrams, of which there are `letters_many[0]`.
    `reach` lists for each organization, from `reach_at`, the numbers of the spellings that mean it; `home` is the least
    of them.
    """

    title_weights: np.ndarray[Any, Any]
    said_weights: np.ndarray[Any, Any]
    word_flags: np.ndarray[Any, Any]
    form_at: np.ndarray[Any, Any]
    forms: np.ndarray[Any, Any]
    letter_at: np.ndarray[Any, Any]
    letters: np.ndarray[Any, Any]
    letters_many: np.ndarray[Any, Any]
    home: np.ndarray[Any, Any]
    reach_at: np.ndarray[Any, Any]
    reach: np.ndarray[Any, Any]
    institution_at: np.ndarray[Any, Any]
    institution_reach: np.ndarray[Any, Any]
    pillar_of: np.ndarray[Any, Any]
    body_told: np.ndarray[Any, Any]
    code_told: np.ndarray[Any, Any]
