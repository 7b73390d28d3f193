"""Preparing: a whole set laid out for the kernels at once; row by row the same as rows.Writer lays out one record."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import log
from typing import Any, NamedTuple

import numpy as np

from adam.matching.compiled import gathering, titles
from adam.matching.compiled import layout as at
from adam.matching.compiled.aside import aside, set_texts_aside, unread
from adam.matching.compiled.cells import Cells
from adam.matching.compiled.columns import Columns
from adam.matching.compiled.layout import Rows, Shelf
from adam.matching.compiled.ordering import contents, order
from adam.matching.compiled.pieces import Read, Words, described, read, some, told
from adam.matching.compiled.pool import Pool
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
from adam.matching.compiled.titles import told_at
from adam.matching.compiled.tokens import Pieces, distinct_rows, pieces
from adam.matching.compiled.vocabulary import STOP, Lists, Numbering
from adam.matching.cycles import uncollected
from adam.matching.policy import Policy
from adam.matching.profiles import FILLING, LONGEST, READ
from adam.matching.rarity import SCALE, UNSEEN
from adam.matching.words import ADDITIONAL, ordinals

Array = np.ndarray[Any, Any]
ALL = 1 << 30
LONG = {"title": ALL, "description": LONGEST}
RULES = {"title": Rules(ALL, 0), "description": Rules(READ, STOP)}
NOTHING = np.zeros(0, np.int32)
NO_PIECES = Pieces(np.zeros(1, np.int64), NOTHING)


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

    def let_go(self) -> None:
        """Lets go of the pieces, of which nothing is asked any more."""
        self.pieces = NO_PIECES


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

    def let_go_of_rarest(self) -> None:
        """Lets go of the rarest words, which only keys ask for, once there are keys: they stand behind all else."""
        pool = self.rows.pool
        begin = len(pool)
        for column in (self.rows.ints[:, at.RARE_WORDS], self.rows.ints[:, at.RARE_SAID]):
            begin = int(np.min(column, where=column > 0, initial=begin))
            column[:] = 0
        pool.resize(begin, refcheck=False)

    def let_go(self) -> None:
        """Lets go of the rows, once all pairs are found."""
        self.rows = Rows(*(part[:0].copy() for part in self.rows))


@uncollected()
def prepared(columns: Columns, policy: Policy, workers: int = 1) -> Prepared:
    """The set laid out, the same whatever the order of the records in the columns.

    What Python reads word by word and what kernels count go side by side, each in a thread.
    """
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(Cells, columns, policy)
        ordered = order(columns, contents(columns))
        cut = {name: pieces(columns.texts[name], ordered, LONG[name], workers) for name in LONG}
        cells, n = reading.result(), len(ordered)
        beside.submit(set_texts_aside, columns, "description")
        ints, wide = np.zeros((n, at.INTS), np.int32), np.zeros((n, at.WIDE), np.int64)
        reals, masks = np.zeros((n, at.REALS)), np.zeros((n, at.MASKED), np.int64)
        counting = beside.submit(put_numbers, columns, ordered, (ints, wide, reals), cells)
        understood, vocabulary = read_words({name: cut[name][1] for name in LONG}, cells)
        known = described(vocabulary)
        counting.result()
        pool, marks = Pool(ints, np.int32), Pool(ints, np.int64)
        putting = beside.submit(cells.put, pool, marks, masks, (ordered, vocabulary))
        title, said = (
            text_of(cut.pop(name)[0], understood[name], (known, RULES[name]), workers) for name in LONG
        )
        codes = [codes_of(text, workers) for text in (title, said)]
        said.let_go()
        put_keys(
            (ints, wide, masks), (title, said), lambda n: told_at(columns.texts["title"], int(ordered[n]))
        )
        unread(columns.texts["title"].data)
        title.let_go()
        putting.result()
    ints[:, at.MASKS], masks = distinct_rows(masks)
    put_codes(marks, codes)
    put_texts(pool, (wide, reals), (title, said, known), workers)
    shelf, kept = (
        cells.shelf(title, said, known),
        [Carried(text.seen, aside(text.keys)) for text in (title, said)],
    )
    del title, said, understood
    rows = Rows(ints, wide, reals, pool.whole(workers), marks.whole(workers), masks)
    return Prepared(rows, shelf, ordered, kept[0], kept[1], vocabulary, known, cells)


def put_numbers(columns: Columns, ordered: Array, rows: tuple[Array, Array, Array], cells: Cells) -> None:
    """Days, sums, hashes and what titles say of a part; the titles are let go."""
    ints = rows[0]
    scalars(columns, ordered, rows, cells)
    ints[:, at.FLAGS] |= titles.flags(columns.texts["title"])[ordered]
    set_texts_aside(columns, "title")
    ints[cells.collected()[ordered], at.FLAGS] |= at.COLLECTED


def read_words(distinct: dict[str, list[str]], cells: Cells) -> tuple[dict[str, Read], Numbering]:
    """The distinct pieces of titles and descriptions in numbers, and the vocabulary of both."""
    first = len(distinct["title"])
    found = told([*distinct["title"], *distinct["description"]])
    vocabulary = Numbering(chain(chain.from_iterable(found.words), chain.from_iterable(cells.words())))
    return {
        "title": read(some(found, slice(first)), vocabulary, True),
        "description": read(some(found, slice(first, None)), vocabulary, False),
    }, vocabulary


def text_of(stream: Pieces, understood: Read, told: tuple[Words, Rules], workers: int) -> Text:
    """A text with its words and their weights: told are the words of the set, and which ones are kept."""
    known, rules = told
    lists = distinct_words(stream, understood.words, (known.flags, rules), workers)
    return weighed(stream, understood, lists, known)


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
    """The words of titles, how many letters they have, the rarest words, and those of both texts together."""
    title, said, known = told
    wide, reals = rows
    pool.put(at.TITLE, title.lists)
    spelt = (pool.ints[:, at.SPELLING], wide[:, at.TITLE_BITS])
    with ThreadPoolExecutor(workers) as threads:
        job = partial(gathering.spelt, title.lists, known.trigrams, spelt)
        list(threads.map(job, spans(len(reals), workers)))
        cut, weights = spans(len(reals), 8 * workers), (title.weights, said.weights)
        merged = threads.map(lambda span: gathering.merged(title.lists, said.lists, weights, span), cut)
        for span, (begins, lengths, items) in zip(cut, merged, strict=True):
            reals[slice(*span), at.WORDS_LENGTH] = lengths
            pool.put_some(at.WORDS, span, Lists(begins, items))
        rarest = threads.map(lambda text: gathering.rarest(text.lists, text.weights, RAREST), (title, said))
        for column, (found, many) in zip((at.RARE_WORDS, at.RARE_SAID), rarest, strict=True):
            begins = np.zeros(len(many) + 1, np.int64)
            np.cumsum(many, out=begins[1:])
            pool.put(column, Lists(begins, found[np.arange(RAREST) < many[:, None]]))


def codes_of(text: Text, workers: int) -> Lists:
    """The contract numbers and quantities of titles or of descriptions."""
    pieces = Lists(text.pieces.at, text.pieces.numbers)
    return threaded(gathering.united, pieces, text.read.codes, workers)


def put_codes(marks: Pool, told: Sequence[Lists]) -> None:
    """The contract numbers and quantities of titles, and of titles and descriptions."""
    title, said = told
    marks.put(at.CODES, title)
    marks.put(at.ALL_CODES, gathering.joined(title, said))


def put_keys(rows: tuple[Array, Array, Array], told: tuple[Text, Text], title_of: Any) -> None:
    """Sums, carriers and keys of titles and descriptions, and what the titles count."""
    (ints, wide, masks), (title, said) = rows, told
    for text, total, many, key in (
        (title, at.TITLE_TOTAL, at.TITLE_CARRIERS, at.TITLE_KEY),
        (said, at.DESCRIPTION_TOTAL, at.DESCRIPTION_CARRIERS, at.DESCRIPTION_KEY),
    ):
        ints[:, total], ints[:, many], wide[:, key] = text.totals, text.carriers, text.keys
    known = np.flatnonzero(np.bincount(title.carriers))
    bars = np.zeros(int(known[-1]) + 1 if len(known) else 0, np.int32)
    bars[known] = [round(1600 * log(2 * int(each) + 400)) for each in known]
    ints[:, at.TITLE_BAR] = bars[title.carriers]
    phases, last = masks[:, at.PHASES : at.PHASES + 4], np.ones(len(ints), np.int32)
    more = gathering.counted(title.pieces, title.read.counting, phases, last)
    for n in np.flatnonzero(more).tolist():
        if ADDITIONAL in ordinals(title_of(n)):
            phases[n, 1] |= 1 << (at.MORE_MONEY - at.BITS)
            last[n] = ADDITIONAL
    ints[:, at.LAST_PHASE] = last
    years = masks[:, at.YEARS : at.YEARS + 2]
    gathering.dated(title.pieces, title.read.years, years, ints[:, at.LAST_YEAR])
