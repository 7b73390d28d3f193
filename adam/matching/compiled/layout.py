"""The layout of a prepared record: one row of whole numbers, one of masks and hashes, one of amounts, and its lists.

A record is compared far oftener than it is written, so all of it lies together: `ints[i]` says where in `pool` (ids)
and in `marks` (hashes) its lists begin and how long they are. 0 stands for "not given" in days and counts.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

# Lists in `pool`, sorted: the column of where a list begins; the next column is its length.
TITLE = 0
DESCRIPTION = 2
WORDS = 4  # of title and description together; as many weights follow them in the pool
SPELLING = 6
FORMS = 8
DOERS = 10  # the words that name the implementers
REPORTER = 12
FUNDERS = 14
IMPLEMENTERS = 16
BENEFICIARIES = 18
COUNTRIES = 20
PILLARS = 22
COMMITMENTS = 24
TYPES = 26
SECTORS = 28
GROUPS = 30
RARE_WORDS = 64  # of the title, rarest first
RARE_SAID = 66  # of the description, rarest first
# Lists in `marks`, sorted.
IDENTIFIERS = 32
BARE = 34
OWNERS = 36
STEMS = 38
TARGETS = 40  # of stated relations, in the order given; as many kinds follow them
CODES = 42
ALL_CODES = 44
# Single numbers.
TITLE_TOTAL = 46
TITLE_CARRIERS = 47
TITLE_BAR = 48
DESCRIPTION_TOTAL = 49
DESCRIPTION_CARRIERS = 50
START = 51
END = 52
MONEY_ON = 53
MONEY_YEAR = 54
CURRENCY = 55
FLAGS = 56
LAST_PHASE = 57
LAST_YEAR = 58
LAST_NUMBERED = 59
RARE_AMOUNT = 60
RARE_NEAR = 61
RARE_DAY = 62
RARE_MONTH = 63
SIZE = 68  # the step of the amount on a logarithmic ladder, and the nearer neighbour of that step
NEAR_SIZE = 69
LETTERS = 70  # in `pool`: the initials of the implementers
INTS = 72
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
WIDE = 12
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
