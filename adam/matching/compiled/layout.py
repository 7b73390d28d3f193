"""The layout of a prepared record: one row of whole numbers, one of masks and hashes, one of amounts, and its lists.

A record is compared far oftener than it is written, so all of it lies together: `ints[i]` says where in `pool` (ids)
and in `marks` (hashes) its lists begin and how long they are. 0 stands for "not given" in days and counts.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

# What is asked first of every pair lies within the first 64 bytes of a row.
# Lists in `pool`, sorted: the column of where a list begins; the next column is its length.
TITLE = 0
COUNTRIES = 2
SECTORS = 4
IMPLEMENTERS = 6
REPORTER = 8
# Single numbers.
START = 10
CURRENCY = 11
RARE_AMOUNT = 12
RARE_NEAR = 13
RARE_DAY = 14
RARE_MONTH = 15
TITLE_TOTAL = 16
TITLE_CARRIERS = 17
TITLE_BAR = 18
FLAGS = 19
END = 20
MONEY_ON = 21
MONEY_YEAR = 22
LAST_PHASE = 23
LAST_YEAR = 24
LAST_NUMBERED = 25
DESCRIPTION_TOTAL = 26
DESCRIPTION_CARRIERS = 27
SIZE = 28  # the step of the amount on a logarithmic ladder, and the nearer neighbour of that step
NEAR_SIZE = 29
# More lists in `pool`.
FUNDERS = 30
BENEFICIARIES = 32
PILLARS = 34
COMMITMENTS = 36
TYPES = 38
GROUPS = 40
DESCRIPTION = 42
WORDS = 44  # of title and description together; as many weights follow them in the pool
SPELLING = 46
FORMS = 48
DOERS = 50  # the words that name the implementers
LETTERS = 52  # their initials
RARE_WORDS = 54  # of the title, rarest first
RARE_SAID = 56  # of the description, rarest first
# Lists in `marks`, sorted.
IDENTIFIERS = 58
BARE = 60
OWNERS = 62
STEMS = 64
TARGETS = 66  # of stated relations, in the order given; as many kinds follow them
CODES = 68
ALL_CODES = 70
FRAMEWORKS = 72  # identifiers that many records carry
KNOWN = 74  # all identifiers, with and without their schemes
INTS = 76
DOLLARS = 1  # the number of the US dollar among the currencies; 0 is none

POOLED = {
    "title": TITLE,
    "description": DESCRIPTION,
    "words": WORDS,
    "spelling": SPELLING,
    "forms": FORMS,
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

# Masks and hashes. A mask has two words of 60 bits.
TITLE_KEY = 0
DESCRIPTION_KEY = 1
PHASES = 2
PARTS = 4
YEARS = 6
NUMBERED = 8
CONTENT = 10
IDENTITY = 11
# Signatures: a bit for each body of a role, and for each spelling that means one of them. Roles whose bits don't meet
# have no body in common.
REPORTER_BITS = 12
IMPLEMENTER_BITS = 14
FUNDER_BITS = 16
TITLE_BITS = 18  # a bit for each three letters of the title
WIDE = 19
SIGNED = {REPORTER: REPORTER_BITS, IMPLEMENTERS: IMPLEMENTER_BITS, FUNDERS: FUNDER_BITS}
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


class Rows(NamedTuple):
    """Prepared records: ints int32[n, INTS], wide int64[n, WIDE], reals float64[n, REALS] (0: not given), lists."""

    ints: np.ndarray[Any, Any]
    wide: np.ndarray[Any, Any]
    reals: np.ndarray[Any, Any]
    pool: np.ndarray[Any, Any]
    marks: np.ndarray[Any, Any]


class Shelf(NamedTuple):
    """What all records share: weights of words in titles, which may name something; names that mean one body.

    `reach` lists for each organization, from `reach_at`, the numbers of the spellings that mean it; `home` is the least
    of them.
    """

    title_weights: np.ndarray[Any, Any]
    said_weights: np.ndarray[Any, Any]
    word_flags: np.ndarray[Any, Any]
    form_at: np.ndarray[Any, Any]
    forms: np.ndarray[Any, Any]
    home: np.ndarray[Any, Any]
    reach_at: np.ndarray[Any, Any]
    reach: np.ndarray[Any, Any]
    institution_at: np.ndarray[Any, Any]
    institution_reach: np.ndarray[Any, Any]
    pillar_of: np.ndarray[Any, Any]
    body_told: np.ndarray[Any, Any]
    code_told: np.ndarray[Any, Any]
