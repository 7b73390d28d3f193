"""Laying out: some records of a set as rows for the kernels, as prepare.prepared lays out a whole one."""

from __future__ import annotations

import copy
from functools import cached_property
from typing import Any

import numpy as np

from adam.matching.compiled import layout as at
from adam.matching.compiled import titles
from adam.matching.compiled.columns import Columns
from adam.matching.compiled.layout import Rows
from adam.matching.compiled.pieces import read, told
from adam.matching.compiled.pool import Pool
from adam.matching.compiled.prepare import (
    Carried,
    Text,
    codes_of,
    put_codes,
    put_keys,
    put_texts,
)
from adam.matching.compiled.scalars import scalars
from adam.matching.compiled.scalars import told as rarities
from adam.matching.compiled.texts import distinct_words, keyed, summed
from adam.matching.compiled.titles import told_at
from adam.matching.compiled.tokens import pieces
from adam.matching.rarity import EXACT, MONTH, NEAR
from adam.matching.spark.counting import TEXTS
from adam.matching.spark.knowledge import Knowledge, Texts

Array = np.ndarray[Any, Any]


def laid_out(columns: Columns, whole: Knowledge) -> Rows:
    """The records in the order of the columns, with what the whole set knows of their words, names and sums."""
    n = len(columns.ids)
    ordered = np.arange(n)
    cells = copy.copy(whole.cells)
    cells.columns = columns
    title, said = (text_of(name, columns, whole) for name in TEXTS)
    ints, wide = np.zeros((n, at.INTS), np.int32), np.zeros((n, at.WIDE), np.int64)
    reals, masks = np.zeros((n, at.REALS)), np.zeros((n, at.MASKED), np.int64)
    pool, marks = Pool(ints, np.int32), Pool(ints, np.int64)
    put_texts(pool, (wide, reals), (title, said, whole.known), 1)
    cells.put(pool, marks, masks, (ordered, whole.vocabulary))
    put_codes(marks, [codes_of(text, 1) for text in (title, said)])
    scalars(columns, ordered, (ints, wide, reals), cells)
    rare(ints, reals, whole)
    put_keys((ints, wide, masks), (title, said), lambda row: told_at(columns.texts["title"], row))
    ints[:, at.FLAGS] |= titles.flags(columns.texts["title"])
    ints[cells.collected(), at.FLAGS] |= at.COLLECTED
    ints[:, at.MASKS] = ordered
    return Rows(ints, wide, reals, pool.whole(), marks.whole(), masks)


def text_of(name: str, columns: Columns, whole: Knowledge) -> Text:
    """Titles or descriptions in numbers, weighed by the whole set."""
    longest, rules = TEXTS[name]
    known: Texts = getattr(whole, name)
    stream, distinct = pieces(columns.texts[name], np.arange(len(columns.ids)), longest, 1)
    understood = read(told(distinct), whole.vocabulary, name == "title")
    lists = distinct_words(stream, understood.words, (whole.known.flags, rules), 1)
    keys = keyed(lists, whole.known.hashes)
    totals = summed(lists, known.weights)
    carriers = known.repeated.of(keys).astype(np.int32)
    return Text(stream, understood, lists, known.seen, known.weights, totals, keys, carriers)


def rare(ints: Array, reals: Array, whole: Knowledge) -> None:
    """How rare amounts and starts are among all records, where scalars.rare saw those of a part."""
    own, usd, start = reals[:, at.OWN], reals[:, at.USD], ints[:, at.START]
    money = np.abs(usd)
    same = whole.usd.within(money * (1 - EXACT), money * (1 + EXACT)) * (money > 0)
    with np.errstate(over="ignore"):
        keys = np.ascontiguousarray(own).view(np.int64) * 1001 + ints[:, at.CURRENCY]
    same = np.maximum(same, np.where(own != 0, whole.own.of(keys), 0))
    near = whole.usd.within(money * (1 - NEAR), money * (1 + NEAR))
    ints[:, at.RARE_AMOUNT] = rarities(same, whole.size) * (own != 0)
    ints[:, at.RARE_NEAR] = rarities(near, whole.size) * (money > 0)
    days = start.astype(np.int64)
    ints[:, at.RARE_DAY] = rarities(whole.start.within(days, days), whole.size) * (days > 0)
    month = whole.start.within(days - MONTH, days + MONTH)
    ints[:, at.RARE_MONTH] = rarities(month, whole.size) * (days > 0)


class Explaining:
    """As much of a prepared set as PreparedLexicon asks for, to explain pairs of some of its records."""

    def __init__(self, whole: Knowledge, columns: Columns):
        self.whole = whole
        self.columns = columns
        self.vocabulary = whole.vocabulary
        self.cells = whole.cells

    @cached_property
    def title(self) -> Carried:
        """What is known of titles."""
        return self._carried("title")

    @cached_property
    def description(self) -> Carried:
        """What is known of descriptions."""
        return self._carried("description")

    def _carried(self, name: str) -> Carried:
        found = text_of(name, self.columns, self.whole)
        repeated = getattr(self.whole, name).repeated
        alone = found.keys[found.carriers == 1]
        return Carried(found.seen, np.concatenate((np.repeat(repeated.values, repeated.many), alone)))
