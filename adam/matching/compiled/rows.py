"""Rows: profiles laid out for the kernels, one at a time; large sets are laid out all at once, by prepare.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from adam.matching.compiled import layout as at
from adam.matching.compiled.layout import Rows
from adam.matching.compiled.vocabulary import MASK64, Numbering, hashed, short, spread
from adam.matching.keys import steps
from adam.matching.profiles import Bodies, Profile
from adam.matching.words import ADDITIONAL

RAREST = 3
RELATION_KINDS = ("component", "continuation", "same_money", "co_financed", "complementary")


class Codes:
    """Numbers for the words and codes of a set; a row speaks of these only."""

    def __init__(self, words: Iterable[str] = (), codes: Iterable[str] = ()):
        self.words = Numbering(words)
        self.codes = Numbering(codes)
        self.currencies = Numbering(["", "USD"])
        self.trigrams = Numbering()


class Writer:
    """Lays out profiles one after the other."""

    def __init__(self, codes: Codes):
        self.codes = codes
        self.ints: list[list[int]] = []
        self.wide: list[list[int]] = []
        self.reals: list[tuple[float, float, float]] = []
        self.pool: list[int] = [0] * at.NOTHING
        self.marks: list[int] = [0] * at.NOTHING
        self.masks: list[list[int]] = []

    def add(self, p: Profile) -> None:
        """One more row."""
        ints = [0] * at.INTS
        for name, items in pooled(p, self.codes).items():
            put(ints, at.POOLED[name], self.pool, items)
            if at.POOLED[name] in at.ROLES and items:
                self.pool.extend(signatures(getattr(p, name)))
        for name, items in marked(p).items():
            put(ints, at.MARKED[name], self.marks, items)
        kinds = [RELATION_KINDS.index(kind) for kind, _ in p.record.relations]
        self.marks.extend((len(kinds), *kinds))
        for column, value in numbers(p, self.codes).items():
            ints[column] = value
        ints[at.MASKS] = len(self.masks)
        self.masks.append(masks(p))
        self.ints.append(ints)
        self.wide.append(wide(p))
        self.reals.append((p.own or 0.0, p.usd or 0.0, p.words.length))

    def rows(self) -> Rows:
        """What was laid out so far."""
        return Rows(
            np.array(self.ints, np.int32).reshape(-1, at.INTS),
            np.array(self.wide, np.int64).reshape(-1, at.WIDE),
            np.array(self.reals, np.float64).reshape(-1, at.REALS),
            np.array(self.pool, np.int32),
            np.array(self.marks, np.int64),
            np.array(self.masks, np.int64).reshape(-1, at.MASKED),
        )


def put(ints: list[int], column: int, target: list[int], items: Collection[int]) -> None:
    """A list at the end of all lists, its length before it, and in the row where it stands."""
    if items:
        ints[column] = len(target)
        target.extend((len(items), *items))


def pooled(p: Profile, codes: Codes) -> dict[str, list[int]]:
    """The lists of numbers."""
    word, code = codes.words.number, codes.codes.number
    every = {text: word(text) for text in p.words.weights}
    found = {
        "title": sorted([every[text] for text in p.title.weights]),
        "doers": sorted(map(word, p.doer_words)),
        "letters": sorted(map(word, p.doer_letters)),
    }
    for role in ("reporter", "funders", "implementers", "beneficiaries"):
        bodies: Bodies = getattr(p, role)
        found[role] = sorted(bodies.ids)
    for field in ("countries", "pillars", "commitments", "assistance_types", "sectors", "groups"):
        found[field] = sorted(map(code, getattr(p, field)))
    found["rare_words"] = [every[text] for text in p.title.rarest(RAREST)]
    found["rare_said"] = [every[text] for text in p.description.rarest(RAREST)]
    title, said = p.title.weights, p.description.weights
    found["words"] = sorted(
        [
            n << at.MARKS | at.IN_TITLE * (text in title) | at.IN_SAID * (text in said)
            for text, n in every.items()
        ]
    )
    return found


def marked(p: Profile) -> dict[str, list[int]]:
    """The lists of hashes; targets last, for their kinds follow them."""
    found = {
        "identifiers": p.identifiers,
        "bare": {value.split(":", 1)[-1] for value in p.identifiers},
        "frameworks": p.frameworks,
        "known": {
            form for value in p.identifiers | p.frameworks for form in (value, value.split(":", 1)[-1])
        },
        "owners": p.owners,
        "stems": p.stems,
        "codes": p.codes,
        "all_codes": p.all_codes,
    }
    told = {name: sorted(map(hashed, values)) for name, values in found.items()}
    return told | {"targets": [hashed(target.casefold()) for _, target in p.record.relations]}


def numbers(p: Profile, codes: Codes) -> dict[int, int]:
    """The single numbers of a row."""
    size, near_size = steps(p.usd or p.own or 0.0) or (0, 0)
    return {
        at.SIZE: size,
        at.NEAR_SIZE: near_size,
        at.TITLE_TOTAL: p.title.total,
        at.TITLE_CARRIERS: p.title.carriers,
        at.TITLE_BAR: p.title.bar,
        at.DESCRIPTION_TOTAL: p.description.total,
        at.DESCRIPTION_CARRIERS: p.description.carriers,
        at.START: p.start or 0,
        at.END: p.end or 0,
        at.MONEY_ON: p.money_on or 0,
        at.MONEY_YEAR: p.money_year,
        at.CURRENCY: codes.currencies.number(p.record.currency),
        at.FLAGS: flags(p),
        at.LAST_PHASE: max(p.phases, default=1),
        at.LAST_YEAR: max(p.years, default=0),
        at.LAST_NUMBERED: max(p.numbered, default=0),
        at.RARE_AMOUNT: p.rare.amount,
        at.RARE_NEAR: p.rare.near,
        at.RARE_DAY: p.rare.day,
        at.RARE_MONTH: p.rare.month,
        at.SPELLING: len(set(short(p.trigrams))),
    }


def flags(p: Profile) -> int:
    """What is true of a record or not, as bits."""
    told = (
        (at.FIRST_DAY, p.first_day),
        (at.LAST_DAY, p.last_day),
        (at.MONEY_USUAL, p.money_usual),
        (at.YEARLY, p.yearly),
        (at.ROUND_OWN, p.round_own),
        (at.ROUND_USD, p.round_usd),
        (at.TELLING, p.telling),
        (at.IN_PART, p.in_part),
        (at.COLLECTED, p.collected),
    )
    return sum(bit for bit, holds in told if holds) + p.script * at.SCRIPT


def wide(p: Profile) -> list[int]:
    """Keys and hashes."""
    return [
        key(p.title.weights),
        key(p.description.weights),
        hashed(p.record.id.casefold()),
        bits(short(p.trigrams)),
    ]


def masks(p: Profile) -> list[int]:
    """What a record counts: phases, parts, years, years of its identifiers."""
    return [
        *mask(at.MORE_MONEY if n == ADDITIONAL else n for n in p.phases),
        *mask(p.parts),
        *mask(year - at.FIRST_YEAR for year in p.years),
        *mask(year - at.FIRST_YEAR for year in p.numbered),
    ]


def signatures(role: Bodies) -> tuple[int, int]:
    """A bit for each body of a role, and for each spelling that means one of them."""
    return signed(role.ids), signed(role.reach)


def mask(found: Iterable[int]) -> tuple[int, int]:
    """Small numbers as bits of two words."""
    low = high = 0
    for number in found:
        if number < at.BITS:
            low |= 1 << number
        else:
            high |= 1 << (number - at.BITS)
    return low, high


def bits(found: Iterable[int]) -> int:
    """A bit for each number, of 63."""
    return bits_of(found, 63)


def bits_of(found: Iterable[int], many: int) -> int:
    """A bit for each number, of so many."""
    told = 0
    for number in found:
        told |= 1 << number % many
    return told


@lru_cache(1 << 12)
def signed(found: frozenset[int]) -> int:
    """The bits of the bodies of a role, kept as long as these are: many spellings may mean one of them."""
    return bits_of(found, at.SIGNED)


@lru_cache(1 << 16)
def spread_word(word: str) -> int:
    """The hash of a word, its bits well spread."""
    return spread(hashed(word))


def key(words: Iterable[str]) -> int:
    """One hash for a set of words; 0 for none."""
    found: list[Any] = [spread_word(word) for word in words]
    return spread(sum(found) & MASK64) >> 1 | 1 if found else 0
