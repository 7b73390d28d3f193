"""A live set: laid out once, answers for one record at a time, and takes records in and leaves them out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from adam.matching.compiled.buckets import emitted, ordered, sifted, split
from adam.matching.compiled.columns import Columns
from adam.matching.compiled.keys import CELL
from adam.matching.compiled.live_kernels import (
    GONE,
    Bounds,
    Held,
    Sorted,
    in_lots,
    keys_alone,
    room,
)
from adam.matching.compiled.live_laying import Draft, Spelt, laid_out
from adam.matching.compiled.live_lexicon import LiveLexicon, learned, measures
from adam.matching.compiled.live_lists import together
from adam.matching.compiled.live_reading import Reader
from adam.matching.compiled.live_rows import GrowingChains, GrowingRows, GrowingShelf, roomy
from adam.matching.compiled.live_scoring import Claims, Rivalry, asked, rivalry
from adam.matching.compiled.prepare import Prepared, prepared
from adam.matching.compiled.rows import Codes
from adam.matching.compiled.scoring import NO_BOUND, Judge, judge
from adam.matching.compiled.texts import spans
from adam.matching.compiled.vocabulary import Numbering, numbered
from adam.matching.keys import RULES
from adam.matching.plain import Told
from adam.matching.policy import COLUMNS, KINDS, RETURNS, Policy
from adam.matching.records import Record

Array = np.ndarray[Any, Any]
FULL, CROWD = 240, 400
"""A bucket of more is split; of a cell, and of the records added since, so many are looked at."""
LIKELIEST, MOST = 64, 3000
"""So many of those that share most keys, rare ones counting more, are scored; more where more answers are wanted."""
CELLS = 1 << CELL
Answer = tuple[str, str, float]


class Parts(NamedTuple):
    """What a set is made of."""

    held: Held
    lexicon: LiveLexicon
    codes: Codes
    shelf: GrowingShelf
    ids: list[str]


class Live:
    """The compiled core of an index. One thread at a time may ask it: a query counts in room that all queries share.

    How rare words, names and values are, and which records count as crowded together, stay as they were when the set
    was built: a few changes do not alter that, and after many the owner builds anew.
    """

    def __init__(self, parts: Parts, policy: Policy):
        self.held, self.lexicon, self.codes, self.shelf, self.ids = parts
        self.policy = policy
        self.reader, self.measures = Reader(self.lexicon, self.codes), measures(self.lexicon)
        self.numbers = {record_id: number for number, record_id in enumerate(self.ids)}
        self.added, self.chains = GrowingRows(), GrowingChains()
        self.alive, self.dropped = np.zeros(0, np.bool_), 0
        self.room, self.more_room = room(len(self.held.alive)), room(0)
        self.room.votes[~self.held.alive] = GONE
        self.size = 0
        self.judges: dict[float, tuple[Judge, Rivalry]] = {}
        rules = sum(1 << number for number, name in enumerate(RULES) if name in policy.rules)
        limits = policy.limits
        self.bounds = Bounds(rules, FULL, limits["neighbours"], CROWD, limits["near"])

    @classmethod
    def of_columns(cls, columns: Columns, policy: Policy, workers: int = 1) -> Live:
        """The set of these columns, whose texts are not kept."""
        return cls(parts_of(columns, policy, workers), policy)

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def changed(self) -> int:
        """How many records were put in, or of those it was built of left out, since."""
        return len(self.added) + self.dropped

    def put(self, record: Record) -> None:
        """Takes a record in, in place of the one that carries its id, if any."""
        self.drop(record.id)
        row = laid_out(self._read(record), self._known())
        number = self.added.add(row)
        self.chains.add(number, keys_alone(row, self.shelf.shelf.home, self.bounds.rules))
        self._make_room(number + 1)
        self.alive[number] = True
        self.numbers[record.id] = len(self.held.alive) + number
        self.ids.append(record.id)

    def drop(self, record_id: str) -> None:
        """Leaves a record out; nothing happens when it is not there."""
        number = self.numbers.pop(record_id, None)
        if number is None:
            return
        base = len(self.held.alive)
        if number < base:
            self.held.alive[number], self.room.votes[number] = False, GONE
            self.dropped += 1
        else:
            self.alive[number - base] = False

    def hits(self, record: Record, limit: int, threshold: float) -> list[Answer]:
        """The best claims about the record, at most `limit`: the other's id, the kind, the score."""
        found = self._asked(record, (limit, threshold))
        claims = zip(found.scores.tolist(), found.rows.tolist(), found.columns.tolist(), strict=True)
        best = sorted((-score, row, column) for score, row, column in claims if score >= threshold)[:limit]
        return [(self.ids[row], kind_of(column), -less) for less, row, column in best]

    def told(self, record: Record, threshold: float) -> list[Told]:
        """As Index.told."""
        found = self._asked(record, (MOST, threshold))
        claims = zip((-found.told).tolist(), found.rows.tolist(), found.columns.tolist(), strict=True)
        alike = self._fixed(threshold, len(self) + (record.id not in self.numbers))[1].one_project
        return [Told(self.ids[row], kind_of(at), -less, bool(alike[at])) for less, row, at in sorted(claims)]

    def _asked(self, record: Record, job: tuple[int, float]) -> Claims:
        """The claims about a record, likely or not; what is new in it is forgotten again."""
        known = self.codes
        before = {
            each: len(each.texts) for each in (known.words, known.codes, known.currencies, known.trigrams)
        }
        try:
            return self._met(record.id, self._read(record), job)
        finally:
            for numbering, size in before.items():
                shortened(numbering, size)
            self.shelf.forget(before[known.words], before[known.codes])

    def _met(self, record_id: str, draft: Draft, job: tuple[int, float]) -> Claims:
        limit, threshold = job
        itself = self.numbers.get(record_id, -1)
        most = max(LIKELIEST, min(limit, MOST))
        sets = self.held, (self.added.rows, self.chains.chains, self.alive, len(self.added))
        fixed = self._fixed(threshold, len(self) + (itself < 0))
        how = (self.room, self.more_room), self.bounds, most, itself
        return Claims(*asked(draft, self._known(), sets, (how, fixed)))

    def _fixed(self, threshold: float, size: int) -> tuple[Judge, Rivalry]:
        """What is fixed for a question; a pair is not given up for what may agree by chance, as in large sets."""
        if size != self.size or len(self.judges) > 8:
            self.judges.clear()
            self.size = size
        if threshold not in self.judges:
            made = judge(self.policy, size, KINDS, min(threshold, self.policy.listed))
            made.shares[-1] = self.lexicon.known.log_size
            self.judges[threshold] = made._replace(bound=NO_BOUND), rivalry(self.policy, size)
        return self.judges[threshold]

    def _read(self, record: Record) -> Draft:
        """The record in numbers; what is new in it gets its slots."""
        draft = self.reader.draft(record)
        self.shelf.fill(self.lexicon, self.codes)
        return draft

    def _known(self) -> tuple[Any, ...]:
        """What a draft is laid out by."""
        return self.shelf.shelf, self.shelf.spelt, self.measures

    def _make_room(self, size: int) -> None:
        self.alive = roomy(self.alive, size)
        if len(self.more_room.votes) < len(self.alive):
            self.more_room = room(len(self.alive))


def kind_of(column: int) -> str:
    """The kind that a column of the weights claims."""
    return "record_duplicate" if COLUMNS[column] == RETURNS else COLUMNS[column]


def shortened(numbering: Numbering, size: int) -> None:
    """Forgets the texts that only a question brought."""
    for text in numbering.texts[size:]:
        del numbering.numbers[text]
    del numbering.texts[size:]


def parts_of(columns: Columns, policy: Policy, workers: int) -> Parts:
    """A set laid out."""
    made = prepared(columns, policy, workers)
    codes = Codes()
    codes.words, codes.codes, codes.currencies = (
        made.vocabulary,
        made.cells.codes,
        made.cells.currencies,
    )
    found = entries(made, policy, workers)
    made.rows = together(made.rows, workers)
    held = Held(made.rows, np.ones(len(made.order), np.bool_), *found)
    ids = [columns.ids[n] for n in made.order.tolist()]
    codes.trigrams = numbered(list(map(str, made.known.trigrams.values.tolist())))
    shelf = GrowingShelf(made.shelf, Spelt(made.known.hashes, made.known.trigrams.values))
    return Parts(held, learned(made, columns, policy), codes, shelf, ids)


def entries(made: Prepared, policy: Policy, workers: int) -> tuple[Sorted, Sorted, Sorted]:
    """All entries of the set, those of crowded buckets once they are split, and those of cells."""
    rows, home, size = made.rows, made.shelf.home, len(made.order)
    rules = sum(1 << number for number, name in enumerate(RULES) if name in policy.rules)
    bits = max(1, int(size - 1).bit_length())

    def of(rules: int) -> Array:
        found = pool.map(lambda span: emitted(rows, home, (*span, rules, bits)), spans(size, workers))
        return ordered(list(found), workers)

    with ThreadPoolExecutor(workers) as pool:
        plain, cells = of(rules & ~CELLS), of(rules & CELLS)
        crowded = sifted(plain, bits, FULL)[1]
        cuts = spans(len(crowded), workers)
        parts = list(pool.map(lambda span: split(rows, home, crowded[slice(*span)], bits), cuts))
    finer = ordered(parts, workers)
    return in_lots(plain, bits), in_lots(finer, bits), in_lots(cells, bits)
