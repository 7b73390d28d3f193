"""One record read into numbers, of which live_laying.py makes its row; what was read of bodies and words is kept."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate, chain
from typing import Any

import numpy as np

from adam.matching import numbering
from adam.matching.compiled import layout as at
from adam.matching.compiled.lexicon import NO_SUMS
from adam.matching.compiled.live_laying import Draft
from adam.matching.compiled.live_lexicon import LiveLexicon, kept
from adam.matching.compiled.live_words import LiveWords
from adam.matching.compiled.pieces import holds_figure
from adam.matching.compiled.rows import RELATION_KINDS, Codes, mask, put
from adam.matching.given import days_and_money, sets_of_codes
from adam.matching.keys import steps
from adam.matching.profiles import FEW, LONGEST
from adam.matching.records import Record
from adam.matching.scripts import fold, script
from adam.matching.spelling import coded
from adam.matching.words import ADDITIONAL, in_part, phases_and_parts, years_in

Listed = Iterator[tuple[int, Collection[Any]]]
UNSIGNED = (0,) * at.SIGNATURES
NOTHING: frozenset[Any] = frozenset()
FLAGS = {
    "first_day": at.FIRST_DAY,
    "last_day": at.LAST_DAY,
    "money_usual": at.MONEY_USUAL,
    "yearly": at.YEARLY,
    "round_own": at.ROUND_OWN,
    "round_usd": at.ROUND_USD,
    "telling": at.TELLING,
}


class Reader:
    """Reads records for a set whose words, bodies and codes have numbers; what is new in a record gets its own."""

    def __init__(self, lexicon: LiveLexicon, codes: Codes):
        self.lexicon, self.codes, self.sums = lexicon, codes, lexicon.sums
        self.words = LiveWords(codes.words, lexicon.built)
        self.roles: dict[tuple[tuple[str, ...], bool], list[int]] = {}
        self.doers: dict[tuple[int, ...], tuple[list[int], list[int]]] = {}

    def draft(self, record: Record) -> Draft:
        """The record in numbers."""
        self.words.begin()
        given, plain = days_and_money(record), (fold(record.title), fold(record.description[:LONGEST]))
        ints, masks, pool = [0] * at.INTS, [0] * at.MASKED, [0] * at.NOTHING
        title, counts = self.words.title(plain[0])
        put(ints, at.TITLE, pool, title)
        said = self.words.description(plain[1])
        for column, numbers in chain(self._bodies(record, given["yearly"]), self._codes(record)):
            put(ints, column, pool, numbers)
            if numbers and column in at.ROLES:
                pool += UNSIGNED
        texts, sizes = put_marks(ints, record.id, self._marks(record, plain))
        self._put_numbers(ints, record, given)
        put_title((ints, masks), record.title, plain[0], counts)
        if record.identifiers:
            ints[at.LAST_NUMBERED] = put_years(masks, at.NUMBERED, numbering.years(record.identifiers))
        kinds = [RELATION_KINDS.index(kind) for kind, _ in record.relations]
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        begins = accumulate(map(len, encoded), initial=0)
        return Draft(
            np.frombuffer(array("q", [*ints, *masks, *kinds, *sizes, *begins, *said, *pool]), np.int64),
            (len(kinds), len(sizes), len(texts) + 1, len(said)),
            np.frombuffer(b"".join(encoded) or b" ", np.uint8),
            (given["own"] or 0.0, given["usd"] or 0.0),
            self.sums.get(record.currency, NO_SUMS),
        )

    def _bodies(self, record: Record, every: bool) -> Listed:
        """The bodies of each role as Lexicon._roles has it, the words that name who implements, and their initials."""
        doers = self._role(record.implementers, every)
        yield at.IMPLEMENTERS, doers
        yield at.FUNDERS, self._role(record.funders, every)
        if record.reporter:
            yield at.REPORTER, self._role((record.reporter,), True)
        if record.beneficiaries:
            yield at.BENEFICIARIES, sorted(self.lexicon.institutions.bodies(record.beneficiaries))
        if doers:
            words, letters = self._named(tuple(doers))
            yield at.DOERS, words
            yield at.LETTERS, letters

    def _role(self, spellings: tuple[str, ...], every: bool) -> list[int]:
        """The bodies of a role."""
        asked = spellings, every
        found = self.roles.get(asked)
        if found is None:
            found = kept(self.roles, asked, sorted(self.lexicon.organizations.bodies(spellings, every)))
        return found

    def _named(self, doers: tuple[int, ...]) -> tuple[list[int], list[int]]:
        """The words that name some bodies, and their initials; kept, unless one may be forgotten again."""
        found = self.doers.get(doers)
        if found is None:
            number, names = self.codes.words.number, self.lexicon.organizations
            words = {word for each in doers for word in names.words[each]}
            letters = NOTHING.union(*map(self.lexicon.initials, doers))
            found = sorted(map(number, words)), sorted(map(number, letters))
            if max(found[0][-1:] + found[1][-1:], default=0) < self.words.lasting:
                kept(self.doers, doers, found)
        return found

    def _codes(self, record: Record) -> Listed:
        """Places and purposes."""
        for name, codes in sets_of_codes(record).items():
            if codes:
                yield at.POOLED[name], sorted(map(self.codes.codes.number, codes))

    def _marks(self, record: Record, plain: tuple[str, str]) -> Listed:
        """What is hashed: identifiers, codes in the texts, and last the targets of relations."""
        if record.identifiers:
            yield from identified(record, self.lexicon.numbered)
        title, said = (coded(text) if holds_figure(text) else NOTHING for text in plain)
        yield at.CODES, title
        yield at.ALL_CODES, title | said
        yield at.TARGETS, [target.casefold() for _, target in record.relations]

    def _put_numbers(self, ints: list[int], record: Record, given: Mapping[str, Any]) -> None:
        """The single numbers of a row, but for those that only a kernel tells."""
        ints[at.SIZE], ints[at.NEAR_SIZE] = steps(given["usd"] or given["own"] or 0.0) or (0, 0)
        ints[at.START], ints[at.END] = given["start"] or 0, given["end"] or 0
        ints[at.MONEY_ON], ints[at.MONEY_YEAR] = given["money_on"] or 0, given["money_year"]
        ints[at.CURRENCY] = self.codes.currencies.number(record.currency)
        ints[at.FLAGS] = sum([bit for name, bit in FLAGS.items() if given[name]])
        if self.lexicon.organizations.collects(record.reporter):
            ints[at.FLAGS] |= at.COLLECTED


def identified(record: Record, seen: Mapping[str, int]) -> Listed:
    """The identifiers of a record, told apart by how many records carry them, and what their form says."""
    every = {value.casefold() for value in record.identifiers}
    frameworks = {value for value in every if seen[value] > FEW}
    yield at.IDENTIFIERS, every - frameworks
    yield at.BARE, {bare(value) for value in every - frameworks}
    yield at.FRAMEWORKS, frameworks
    yield at.KNOWN, every | set(map(bare, every))
    yield at.OWNERS, {numbering.owner(value) for value in record.identifiers}
    yield at.STEMS, {found for value in record.identifiers if (found := numbering.stem(value))}


def bare(identifier: str) -> str:
    """An identifier without its scheme."""
    return identifier.split(":", 1)[-1]


def put_marks(ints: list[int], record_id: str, lists: Listed) -> tuple[list[str], list[int]]:
    """Where in a row the lists of marks stand; answers what is hashed, and how many of it belong to each list."""
    texts, sizes, place = [record_id.casefold()], list[int](), at.NOTHING
    for column, marks in lists:
        if marks:
            ints[column] = place
            place += 1 + len(marks)
            sizes.append(len(marks))
            texts.extend(marks)
    return texts, sizes


def put_title(row: tuple[list[int], list[int]], title: str, plain: str, counts: bool) -> None:
    """What a title counts, if it may, which years it names, whether it is of a part: row is (ints, masks)."""
    ints, masks = row
    phases, within = phases_and_parts(plain) if counts else (NOTHING, NOTHING)
    put_mask(masks, at.PHASES, [at.MORE_MONEY if number == ADDITIONAL else number for number in phases])
    put_mask(masks, at.PARTS, within)
    ints[at.LAST_PHASE] = max(phases, default=1)
    ints[at.LAST_YEAR] = put_years(masks, at.YEARS, years_in(plain))
    ints[at.FLAGS] |= script(title) * at.SCRIPT
    if in_part(title):
        ints[at.FLAGS] |= at.IN_PART


def put_years(masks: list[int], column: int, years: frozenset[int]) -> int:
    """The years of a title or of identifiers as bits; answers the last."""
    put_mask(masks, column, [year - at.FIRST_YEAR for year in years])
    return max(years, default=0)


def put_mask(masks: list[int], column: int, found: Collection[int]) -> None:
    """Small numbers as bits of two words."""
    if found:
        masks[column : column + 2] = mask(found)
