"""Knowledge: what all workers must know of a set to lay out any record of it; put together from what Spark counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow
import pyarrow.compute

from adam.matching.compiled.cells import Cells
from adam.matching.compiled.columns import LISTS, Coded, Columns
from adam.matching.compiled.layout import Shelf
from adam.matching.compiled.pieces import Words, described
from adam.matching.compiled.prepare import rarities
from adam.matching.compiled.vocabulary import Lists, Numbering
from adam.matching.policy import Policy
from adam.matching.profiles import FEW
from adam.matching.spark.counting import CODES, ROLES

Array = np.ndarray[Any, Any]
NOTHING = np.zeros(0, np.int32)


@dataclass
class Counted:
    """Distinct numbers, rising, and how many records carry them."""

    values: Array
    many: Array

    def of(self, values: Array) -> Array:
        """How many records carry each of some numbers; those not listed are carried once."""
        if not len(self.values):
            return np.ones(len(values), np.int64)
        place = np.minimum(np.searchsorted(self.values, values), len(self.values) - 1)
        return np.where(self.values[place] == values, self.many[place], 1)

    def within(self, low: Array, high: Array) -> Array:
        """How many records carry a number between two bounds, both included."""
        until = np.concatenate(([0], np.cumsum(self.many)))
        return (
            until[np.searchsorted(self.values, high, "right")]
            - until[np.searchsorted(self.values, low, "left")]
        )


@dataclass
class Texts:
    """How many records hold each word in titles or descriptions, the weights of words, and texts that repeat."""

    seen: Array
    weights: Array
    repeated: Counted


@dataclass
class Knowledge:
    """What the set knows: its size, words, names, codes, and how rare amounts and days are."""

    size: int
    cells: KnownCells
    vocabulary: Numbering
    known: Words
    title: Texts
    description: Texts
    usd: Counted
    own: Counted
    start: Counted
    shelf: Shelf


class KnownCells(Cells):
    """Names and codes of a whole set, to lay out any part of it."""

    def few(self, texts: list[str], hashed: Array, told: tuple[Lists, Array]) -> Array:
        """Which identifiers of this part few records of the whole set carry."""
        return np.array([text.casefold() not in self.seen for text in texts], bool)


class Told:
    """The counts by field."""

    def __init__(self, table: pyarrow.Table):
        self.fields: dict[str, pyarrow.Table] = {}
        for field in table["field"].unique().to_pylist():
            rows = pyarrow.compute.equal(table["field"], field)
            self.fields[field] = table.filter(rows)

    def texts(self, field: str) -> list[str]:
        """The texts of a field."""
        if field not in self.fields:
            return []
        return [each.decode("utf-8", "surrogatepass") for each in self.fields[field]["text"].to_pylist()]

    def numbers(self, field: str, column: str = "number") -> Array:
        """The numbers of a field, or how many records carry each."""
        if field not in self.fields:
            return np.zeros(0, np.int64)
        return np.array(self.fields[field][column].to_numpy(), np.int64)

    def counts(self, field: str) -> dict[str, int]:
        """How many records carry each text of a field."""
        return dict(zip(self.texts(field), self.numbers(field, "many").tolist(), strict=True))

    def counted(self, field: str, kind: type = np.int64) -> Counted:
        """The numbers of a field in order, with how many carry each."""
        values: Array = self.numbers(field).view(kind)
        order = np.argsort(values)
        return Counted(values[order], self.numbers(field, "many")[order])


def knowledge(table: pyarrow.Table, policy: Policy) -> Knowledge:
    """What the counts of a whole set make known."""
    told = Told(table)
    size = int(told.numbers("size", "many").sum())
    cells = cells_of(told, policy, size)
    counts = {name: told.counts(f"{name}_word") for name in ("title", "description")}
    words = {word for found in counts.values() for word in found}
    vocabulary = Numbering(words.union(*cells.words()))
    known = described(vocabulary)
    title, said = (
        texts_of(told, (name, counts[name]), vocabulary, (known, size)) for name in ("title", "description")
    )
    shelf = cells.shelf(title, said, known)
    usd, start = told.counted("usd", np.float64), told.counted("start")
    return Knowledge(size, cells, vocabulary, known, title, said, usd, own_of(told, cells), start, shelf)


def texts_of(
    told: Told, of: tuple[str, dict[str, int]], vocabulary: Numbering, job: tuple[Words, int]
) -> Texts:
    """What is known of the words of titles or descriptions."""
    name, counts = of
    known, size = job
    seen = np.array([counts.get(word, 0) for word in vocabulary.texts], np.int64)
    return Texts(seen, rarities(seen, known.flags, size), told.counted(f"{name}_key"))


def cells_of(told: Told, policy: Policy, size: int) -> KnownCells:
    """Names and codes of the set, and how many records carry each."""
    lists = {name: Coded([()], NOTHING) for name in LISTS}
    for field in (*ROLES, "beneficiaries", *CODES):
        lists[field] = Coded([(text,) for text in told.texts(field)], NOTHING)
    lists["currency"] = Coded(sorted(set(told.texts("own"))), NOTHING)
    cells = KnownCells(Columns([], {}, lists, {}, NOTHING, NOTHING), policy)
    cells.size = size
    carried = told.counts("identifiers")
    cells.seen = Counter({identifier: many for identifier, many in carried.items() if many > FEW})
    names = cells.organizations
    bodies = told.counts("body")
    cells.named = np.array([bodies.get(name, 0) for name in names.spellings], np.int64)
    cells.coded_seen = {}
    for field in ("countries", "sectors"):
        counts = told.counts(field)
        cells.coded_seen[field] = np.array([counts.get(code, 0) for code in cells.codes.texts], np.int64)
    return cells


def own_of(told: Told, cells: Cells) -> Counted:
    """Amounts in their own currency, keyed as scalars.rare keys them."""
    currency = np.array([cells.currencies.number(text) for text in told.texts("own")], np.int64)
    with np.errstate(over="ignore"):
        keys = told.numbers("own") * 1001 + currency
    values, which = np.unique(keys, return_inverse=True)
    return Counted(values, np.bincount(which, told.numbers("own", "many"), len(values)).astype(np.int64))
