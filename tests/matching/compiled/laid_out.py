"""Sets laid out for the kernels, and the same by the slow readable reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from adam.matching import Record, load_policy
from adam.matching.compiled import layout as at
from adam.matching.compiled.buckets import Buckets
from adam.matching.compiled.columns import of_records
from adam.matching.compiled.grades import GRADES
from adam.matching.compiled.layout import Rows
from adam.matching.compiled.prepare import Prepared, prepared
from adam.matching.compiled.rows import Codes, Writer
from adam.matching.compiled.scoring import Judge
from adam.matching.compiled.seating import LAST, seats
from adam.matching.compiled.walk import walk
from adam.matching.policy import COLUMNS, FEATURES
from adam.matching.profiles import Lexicon, Profile

POLICY = load_policy()
BEGINS = {**at.POOLED, **at.MARKED}


@dataclass
class LaidOut:
    """A set twice: its rows and what they share, and its profiles in the order of the rows."""

    made: Prepared
    profiles: list[Profile]

    @property
    def size(self) -> int:
        """How many records."""
        return len(self.profiles)


def laid_out(records: Sequence[Record], workers: int = 2) -> LaidOut:
    """A set by the kernels and by the reference."""
    made = prepared(of_records(records), POLICY, workers)
    lexicon = Lexicon(records, POLICY)
    return LaidOut(made, [lexicon.profile(records[n]) for n in made.order.tolist()])


def written(found: LaidOut) -> Rows:
    """The rows of the reference's profiles, in the words and codes of the set."""
    codes = Codes()
    codes.words, codes.codes = found.made.vocabulary, found.made.cells.codes
    codes.currencies = found.made.cells.currencies
    writer = Writer(codes)
    for profile in found.profiles:
        writer.add(profile)
    return writer.rows()


def one_bucket(size: int) -> Buckets:
    """All records in one bucket, so that each meets every other."""
    members = np.arange(size, dtype=np.uint32)
    members[-1:] |= LAST
    return Buckets(seats([members], size, [], 2), 0, size)


def claimed(found: LaidOut, judge: Judge, workers: int = 2) -> dict[frozenset[str], tuple[object, ...]]:
    """By which column, with which score and grades the kernels claim something about which pairs."""
    claims = walk(found.made.rows, found.made.shelf, one_bucket(found.size), (judge, workers))
    names = [profile.record.id for profile in found.profiles]
    told = {}
    for number, (i, j) in enumerate(zip(claims.i.tolist(), claims.j.tolist(), strict=True)):
        grades = {f: GRADES[f][claims.grades[number, n]] for n, f in enumerate(FEATURES)}
        told[frozenset((names[i], names[j]))] = (
            COLUMNS[claims.kind[number]],
            float(claims.score[number]),
            grades,
        )
    return told


def listed(rows, name, n):
    """A list of a row with what follows it."""
    place, items = rows.ints[n, BEGINS[name]], rows.pool if name in at.POOLED else rows.marks
    many = int(items[place])
    behind = at.SIGNATURES if BEGINS[name] in at.ROLES else 1 + many if name == "targets" else 0
    return items[place : place + 1 + many + behind].tolist()


def single(rows, n):
    """The numbers, masks and amounts of a row."""
    places = {*BEGINS.values(), at.MASKS}
    masks = {("mask", c): rows.masks[rows.ints[n, at.MASKS], c] for c in range(at.MASKED)}
    ints = {("int", c): rows.ints[n, c] for c in range(at.INTS) if c not in places}
    wide = {("wide", c): rows.wide[n, c] for c in range(at.WIDE)}
    return ints | wide | masks | {("real", c): rows.reals[n, c] for c in range(at.REALS)}
