"""One record read into numbers, of which live_laying.py makes its row; what was read of bodies and words is kept."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np

from adam.matching import numbering
from adam.matching.compiled import layout as at
from adam.matching.compiled.lexicon import NO_SUMS
from adam.matching.compiled.live_laying import Draft
from adam.matching.compiled.live_lexicon import LiveLexicon, kept
from adam.matching.compiled.live_words import LiveWords
from adam.matching.compiled.pieces import holds_figure
from adam.matching.compiled.rows import RELATION_KINDS, Codes, mask, put, signed
from adam.matching.given import days_and_money, sets_of_codes
from adam.matching.keys import steps
from adam.matching.profiles import FEW, LONGEST
from adam.matching.records import Record
from adam.matching.scripts import fold
from adam.matching.spelling import coded
from adam.matching.words import ADDITIONAL, in_part, phases_and_parts, years_in

Array = np.ndarray[Any, Any]
Listed = Iterator[tuple[int, Collection[Any]]]
NOBODY: tuple[str, ...] = ()
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


class Role(NamedTuple):
    """The bodies of a role: their numbers, and the bits of these and of all spellings that mean them."""

    bodies: frozenset[int]
    ids: list[int]
    bits: tuple[int, int]


class Reader:
    """Reads records for a set whose words, bodies and codes have numbers; what is new in a record gets its own."""

    def __init__(self, lexicon: LiveLexicon, codes: Codes):
        self.lexicon, self.codes, self.sums = lexicon, codes, lexicon.sums
        self.words = LiveWords(codes.words, lexicon.built)
        self.roles: dict[tuple[tuple[str, ...], bool], Role] = {}
        self.doers: dict[frozenset[int], tuple[list[int], list[int]]] = {}

    def draft(self, record: Record) -> Draft:
        """The record in numbers."""
        self.words.begin()
        given, plain = days_and_money(record), (fold(record.title), fold(record.description[:LONGEST]))
        ints, masks, pool = [0] * at.INTS, [0] * at.MASKED, [0] * at.NOTHING
        put(ints, at.TITLE, pool, self.words.title(plain[0]))
        said = self.words.description(plain[1])
        roles = self._roles(record, given["yearly"])
        for column, numbers in chain(self._bodies(record, roles), self._codes(record)):
            put(ints, column, pool, numbers)
            if numbers and column in roles:
                pool.extend(roles[column].bits)
        texts, sizes = put_marks(ints, record.id, self._marks(record, plain))
        self._put_numbers(ints, record, given)
        put_title((ints, masks), record.title, plain[0])
        if record.identifiers:
            ints[at.LAST_NUMBERED] = put_years(masks, at.NUMBERED, numbering.years(record.identifiers))
        return Draft(
            numbered("i", ints),
            np.zeros(at.WIDE, np.int64),
            numbered("d", (given["own"] or 0.0, given["usd"] or 0.0, 0.0)),
            numbered("q", masks),
            numbered("i", pool),
            numbered("i", said),
            *in_bytes(texts),
            numbered("q", sizes),
            numbered("q", [RELATION_KINDS.index(kind) for kind, _ in record.relations]),
            self.sums.get(record.currency, NO_SUMS),
        )

    def _roles(self, record: Record, every: bool) -> dict[int, Role]:
        """Who reports, who implements and who pays, as Lexicon._roles has it."""
        return {
            at.REPORTER: self._role((record.reporter,) if record.reporter else NOBODY, True),
            at.IMPLEMENTERS: self._role(record.implementers, every),
            at.FUNDERS: self._role(record.funders, every),
        }

    def _role(self, spellings: tuple[str, ...], every: bool) -> Role:
        asked = spellings, every
        found = self.roles.get(asked)
        if found is None:
            told = self.lexicon.bodies(spellings, every)
            bits = signed(told.ids), signed(told.reach)
            found = kept(self.roles, asked, Role(told.ids, sorted(told.ids), bits))
        return found

    def _bodies(self, record: Record, roles: dict[int, Role]) -> Listed:
        """The bodies of each role, the words that name who implements, and their initials."""
        for column, role in roles.items():
            yield column, role.ids
        if record.beneficiaries:
            yield at.BENEFICIARIES, sorted(self.lexicon.institutions.bodies(record.beneficiaries))
        doers = roles[at.IMPLEMENTERS].bodies
        if doers:
            words, letters = self.doers.get(doers) or self._doers(doers)
            yield at.DOERS, words
            yield at.LETTERS, letters

    def _doers(self, doers: frozenset[int]) -> tuple[list[int], list[int]]:
        """The words that name some bodies, and their initials; kept, unless one may be forgotten again."""
        words, letters = (sorted(map(self.codes.words.number, each)) for each in self.lexicon.doers(doers))
        if max(words[-1:] + letters[-1:], default=0) < self.words.lasting:
            kept(self.doers, doers, (words, letters))
        return words, letters

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


def put_title(row: tuple[list[int], list[int]], title: str, plain: str) -> None:
    """What a title counts, which years it names, whether it says that it is a part: row is (ints, masks)."""
    ints, masks = row
    phases, within = phases_and_parts(plain)
    put_mask(masks, at.PHASES, [at.MORE_MONEY if number == ADDITIONAL else number for number in phases])
    put_mask(masks, at.PARTS, within)
    ints[at.LAST_PHASE] = max(phases, default=1)
    ints[at.LAST_YEAR] = put_years(masks, at.YEARS, years_in(plain))
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


def numbered(kind: str, found: Sequence[Any]) -> Array:
    """Numbers as an array: by way of one of Python's own, which takes less time for so few."""
    return np.frombuffer(array(kind, found), kind) if found else np.zeros(0, kind)


def in_bytes(texts: Sequence[str]) -> tuple[Array, Array]:
    """The bytes of all texts, and where each begins."""
    found = [text.encode("utf-8", "surrogatepass") for text in texts]
    whole = b"".join(found) or b" "
    return np.frombuffer(whole, np.uint8), numbered("q", [0, *accumulate(map(len, found))])
