"""Preparing: a whole set laid out for the kernels at once; row by row the same as rows.Writer lays out one record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log
from typing import Any, NamedTuple

import numpy as np

from adam.matching.compiled import gathering
from adam.matching.compiled import layout as at
from adam.matching.compiled.cells import Cells
from adam.matching.compiled.columns import Columns
from adam.matching.compiled.layout import Rows, Shelf
from adam.matching.compiled.ordering import contents, order
from adam.matching.compiled.pieces import Read, Words, described, read, told
from adam.matching.compiled.rows import RAREST
from adam.matching.compiled.scalars import scalars
from adam.matching.compiled.texts import (
    Rules,
    carried,
    carriers,
    distinct_words,
    keyed,
    spans,
    summed,
    threaded,
)
from adam.matching.compiled.tokens import Bytes, Pieces, pieces
from adam.matching.compiled.vocabulary import STOP, Lists, Numbering
from adam.matching.policy import Policy
from adam.matching.profiles import FILLING, LONGEST, READ
from adam.matching.rarity import SCALE, UNSEEN
from adam.matching.words import ADDITIONAL, in_part, ordinals

Array = np.ndarray[Any, Any]
ALL = 1 << 30
NOTHING = np.zeros(0, np.int32)
MAYBE_A_PART = re.compile(rb"part of|portion|%", re.IGNORECASE)


@dataclass
class Text:
    """Titles or descriptions of a set in numbers."""

    pieces: Pieces
    read: Read
    lists: Lists
    seen: Array
    weights: Array
    totals: Array
    keys: Array
    carriers: Array


class Carried(NamedTuple):
    """What stays of the texts of a set: how many records hold each word, and the key of each text."""

    seen: Array
    keys: Array


@dataclass
class Prepared:
    """A set laid out: its rows in their order, which record of the columns each row is, and what all rows share."""

    rows: Rows
    shelf: Shelf
    order: Array
    title: Carried
    description: Carried
    vocabulary: Numbering
    known: Words
    cells: Cells


class Pool:
    """Lists of all records, one kind after the other, and where each begins."""

    def __init__(self, ints: Array, kind: type):
        self.ints = ints
        self.parts: list[Array] = []
        self.used = 0
        self.kind = kind

    def put(self, column: int, lists: Lists, which: Array | None = None) -> None:
        """One list a record, or one for each distinct value, of which each record has one."""
        sizes = np.diff(lists.at)
        begins = lists.at[:-1] + self.used
        self.ints[:, column] = begins if which is None else begins[which]
        self.ints[:, column + 1] = sizes if which is None else sizes[which]
        self.add(lists.items)

    def add(self, items: Array) -> None:
        """Items as they are."""
        self.parts.append(items.astype(self.kind, copy=False))
        self.used += len(items)

    def whole(self) -> Array:
        """All in one; each part is let go once it is copied."""
        found: Array = np.empty(self.used, self.kind)
        reached = 0
        for number, part in enumerate(self.parts):
            self.parts[number] = NOTHING
            found[reached : reached + len(part)] = part
            reached += len(part)
        return found


def prepared(columns: Columns, policy: Policy, workers: int = 1) -> Prepared:
    """The set laid out, the same whatever the order of the records in the columns."""
    content = contents(columns)
    ordered = order(columns, content)
    cells = Cells(columns, policy)
    title, said, vocabulary, known = both_texts(columns, ordered, cells, workers)
    n = len(ordered)
    ints, wide = np.zeros((n, at.INTS), np.int32), np.zeros((n, at.WIDE), np.int64)
    reals = np.zeros((n, at.REALS))
    pool, marks = Pool(ints, np.int32), Pool(ints, np.int64)
    put_texts(pool, (wide, reals), (title, said, known), workers)
    cells.put(pool, marks, wide, (ordered, vocabulary))
    put_codes(marks, (title, said), workers)
    scalars(columns, ordered, (ints, wide, reals), cells)
    put_keys(ints, wide, (title, said), lambda n: told_at(columns.texts["title"], int(ordered[n])))
    ints[saying_a_part(columns.texts["title"])[ordered], at.FLAGS] |= at.IN_PART
    ints[cells.collected()[ordered], at.FLAGS] |= at.COLLECTED
    wide[:, at.CONTENT] = content[ordered].view(np.int64)
    shelf, kept = cells.shelf(title, said, known), [Carried(text.seen, text.keys) for text in (title, said)]
    del title, said
    rows = Rows(ints, wide, reals, pool.whole(), marks.whole())
    return Prepared(rows, shelf, ordered, kept[0], kept[1], vocabulary, known, cells)


def both_texts(
    columns: Columns, ordered: Array, cells: Cells, workers: int
) -> tuple[Text, Text, Numbering, Words]:
    """Titles and descriptions, the vocabulary of both, and what is known of its words."""
    names = ("title", "description")
    longest = {"title": ALL, "description": LONGEST}
    cut = {name: pieces(columns.texts[name], ordered, longest[name], workers) for name in names}
    found = {name: told(distinct) for name, (_, distinct) in cut.items()}
    vocabulary = Numbering(
        word for each in (*found.values(), cells.words()) for words in each for word in words
    )
    known = described(vocabulary)
    built = []
    for name, rules in (("title", Rules(ALL, 0)), ("description", Rules(READ, STOP))):
        stream, distinct = cut[name]
        understood = read(distinct, found[name], vocabulary, name == "title")
        lists = distinct_words(stream, understood.words, (known.flags, rules), workers)
        built.append(weighed(stream, understood, lists, known))
    return built[0], built[1], vocabulary, known


def weighed(stream: Pieces, understood: Read, lists: Lists, known: Words) -> Text:
    """A text with the weights of its words."""
    seen = carried(lists, len(known.flags))
    weights = rarities(seen, known.flags, len(lists.at) - 1)
    keys = keyed(lists, known.hashes)
    return Text(stream, understood, lists, seen, weights, summed(lists, weights), keys, carriers(keys))


def rarities(seen: Array, flags: Array, size: int) -> Array:
    """The weight of each word, as profiles.Lexicon.weight gives it, from how many records hold it."""
    counts, which = np.unique(seen, return_inverse=True)
    rare = [SCALE * log((size + UNSEEN) / (int(count) + 1)) for count in counts]
    plain = np.array([round(each) for each in rare], np.int32)[which]
    filling = np.array([round(FILLING * each) for each in rare], np.int32)[which]
    return np.where(flags & 3, filling, plain).astype(np.int32)


def put_texts(pool: Pool, rows: tuple[Array, Array], told: tuple[Text, Text, Words], workers: int) -> None:
    """The words of the texts, their letters and forms, the rarest, and all of them together with their weights."""
    title, said, known = told
    wide, reals = rows
    pool.put(at.TITLE, title.lists)
    pool.put(at.DESCRIPTION, said.lists)
    letters = threaded(gathering.united, title.lists, known.trigrams, workers)
    pool.put(at.SPELLING, letters)
    gathering.signed(letters, wide[:, at.TITLE_BITS])
    pool.put(at.FORMS, threaded(gathering.united, title.lists, known.forms, workers))
    for column, text in ((at.RARE_WORDS, title), (at.RARE_SAID, said)):
        found, many = gathering.rarest(text.lists, text.weights, RAREST)
        begins = np.arange(len(many), dtype=np.int64) * RAREST
        pool.ints[:, column], pool.ints[:, column + 1] = begins + pool.used, many
        pool.add(found.ravel())
    for low, high in spans(len(reals), workers):
        weights = (title.weights, said.weights)
        begins, many, lengths, items = gathering.merged(title.lists, said.lists, weights, (low, high))
        pool.ints[low:high, at.WORDS], pool.ints[low:high, at.WORDS + 1] = begins + pool.used, many
        reals[low:high, at.WORDS_LENGTH] = lengths
        pool.add(items)


def put_codes(marks: Pool, told: tuple[Text, Text], workers: int) -> None:
    """The contract numbers and quantities of titles, and of titles and descriptions."""
    title, said = told
    own = threaded(gathering.united, Lists(title.pieces.at, title.pieces.numbers), title.read.codes, workers)
    other = threaded(gathering.united, Lists(said.pieces.at, said.pieces.numbers), said.read.codes, workers)
    marks.put(at.CODES, own)
    marks.put(at.ALL_CODES, gathering.joined(own, other))


def put_keys(ints: Array, wide: Array, told: tuple[Text, Text], titles: Any) -> None:
    """Sums, carriers and keys of titles and descriptions, and what the titles count."""
    title, said = told
    for text, total, many, key in (
        (title, at.TITLE_TOTAL, at.TITLE_CARRIERS, at.TITLE_KEY),
        (said, at.DESCRIPTION_TOTAL, at.DESCRIPTION_CARRIERS, at.DESCRIPTION_KEY),
    ):
        ints[:, total], ints[:, many], wide[:, key] = text.totals, text.carriers, text.keys
    counts, which = np.unique(title.carriers, return_inverse=True)
    ints[:, at.TITLE_BAR] = np.array([round(1600 * log(2 * int(each) + 400)) for each in counts], np.int32)[
        which
    ]
    phases = np.zeros((len(ints), 4), np.int64)
    last = np.ones(len(ints), np.int32)
    more = gathering.counted(title.pieces, title.read.counting, phases, last)
    for n in np.flatnonzero(more).tolist():
        if ADDITIONAL in ordinals(titles(n)):
            phases[n, 1] |= 1 << (at.MORE_MONEY - at.BITS)
            last[n] = ADDITIONAL
    wide[:, at.PHASES : at.PHASES + 4] = phases
    ints[:, at.LAST_PHASE] = last
    years = np.zeros((len(ints), 2), np.int64)
    gathering.dated(title.pieces, title.read.years, years, ints[:, at.LAST_YEAR])
    wide[:, at.YEARS : at.YEARS + 2] = years


def saying_a_part(titles: Bytes) -> Array:
    """Which titles say that their money is a part of something: all searched at once, the likely ones read."""
    found = np.zeros(len(titles.at) - 1, np.bool_)
    spans = [match.span() for match in MAYBE_A_PART.finditer(titles.data.data)]
    edges = np.array(spans, np.int64).reshape(-1, 2) - np.array([0, 1])
    maybe = np.unique(np.searchsorted(titles.at, edges, side="right") - 1)
    for n in maybe.tolist():
        found[n] = in_part(told_at(titles, n))
    return found


def told_at(texts: Bytes, n: int) -> str:
    """One text."""
    return bytes(texts.data[texts.at[n] : texts.at[n + 1]]).decode()
