"""The lexicon of a prepared set: what profiles.Lexicon knows, from the arrays, for one record at a time."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import Any

import numpy as np

from adam.matching.compiled.columns import Columns
from adam.matching.compiled.prepare import Prepared
from adam.matching.compiled.rows import key
from adam.matching.policy import Policy
from adam.matching.profiles import Known, Lexicon
from adam.matching.rarity import SCALE, UNSEEN, Rarity

Array = np.ndarray[Any, Any]
NO_SUMS = np.zeros(0)


class Carriers:
    """How many records carry a title or description, by its words."""

    def __init__(self, keys: Array):
        self.keys, self.many = np.unique(keys, return_counts=True)

    def get(self, words: str, absent: int = 0) -> int:
        """How many carry the text of these words; `absent` where none does."""
        wanted = key(words.split())
        at = int(self.keys.searchsorted(wanted))
        return int(self.many[at]) if at < len(self.keys) and self.keys[at] == wanted else absent


class Prices:
    """How many records carry an amount in a currency."""

    def __init__(self, columns: Columns):
        coded = columns.lists["currency"]
        self.sums = {
            currency: np.sort(columns.own[(coded.which == number) & (np.nan_to_num(columns.own) != 0)])
            for number, currency in enumerate(coded.values)
        }

    def __getitem__(self, told: tuple[str, Any]) -> int:
        sums, amount = self.sums.get(told[0], NO_SUMS), float(told[1])
        return int(sums.searchsorted(amount, "right") - sums.searchsorted(amount, "left"))


class Measured(Rarity):
    """As Rarity, of values that lie in arrays."""

    @staticmethod
    def within(ordered: Any, low: float, high: float) -> int:
        """As Rarity.within; a bound of another type would have numpy convert all values first."""
        of = ordered.dtype.type
        return int(ordered.searchsorted(of(high), "right") - ordered.searchsorted(of(low), "left"))


class PreparedLexicon(Lexicon):
    """What a prepared set knows, to profile one more record against it."""

    def __init__(self, made: Prepared, columns: Columns, policy: Policy):
        self.size = len(columns.ids)
        words = made.vocabulary.texts
        self.title_words = counted(words, made.title.seen)
        self.description_words = counted(words, made.description.seen)
        self.titles: Any = Carriers(made.title.keys)
        self.descriptions: Any = Carriers(made.description.keys)
        self.organizations = made.cells.organizations
        self.institutions = made.cells.institutions
        self.rarity = rarity(made, columns)
        self.numbered = made.cells.seen
        self.known = Known(self.size, round(SCALE * log(self.size + UNSEEN)), policy.chance)
        self.named = Counter(dict(enumerate(made.cells.named.tolist())))


def counted(words: list[str], seen: Array) -> Counter[str]:
    """How many records hold each word."""
    return Counter({word: many for word, many in zip(words, seen.tolist(), strict=False) if many})


def rarity(made: Prepared, columns: Columns) -> Rarity:
    """How many records carry each amount, day, country and sector."""
    found = Measured(())
    found.size = len(columns.ids)
    usd = np.abs(np.nan_to_num(columns.usd))
    starts = columns.days["start"]
    found.amounts = np.sort(usd[usd > 0])  # type: ignore[assignment]
    found.starts = np.sort(starts[starts > 0])  # type: ignore[assignment]
    found.own = Prices(columns)  # type: ignore[assignment]
    codes = made.cells.codes.texts
    found.countries = counted(codes, made.cells.coded_seen["countries"])
    found.sectors = counted(codes, made.cells.coded_seen["sectors"])
    return found
