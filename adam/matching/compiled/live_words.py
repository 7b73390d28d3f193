"""Words of a live set: texts read into the numbers of their words, which are kept for those met last."""

from __future__ import annotations

from collections.abc import Iterable

from adam.matching.compiled.live_lexicon import kept
from adam.matching.compiled.vocabulary import Numbering
from adam.matching.profiles import READ
from adam.matching.scripts import WORD
from adam.matching.words import PERCENT, STOPWORDS, may_add_money, may_count, normal

FILLS, COUNTS, BITS = 1, 2, 2
"""Below the number of a word: whether it only fills, and whether it is a number in a title."""


class LiveWords:
    """Reads folded texts. Words that a set was built of are numbered by the alphabet; those that came since are not.

    What a word that is written means is kept, but for words that may be forgotten again: those from `lasting` on.
    """

    def __init__(self, numbering: Numbering, first: int):
        self.numbering, self.first = numbering, first
        self.lasting = len(numbering)
        self.known: dict[str, int] = {}

    def begin(self) -> None:
        """Words that are new from here on may be forgotten again."""
        self.lasting = len(self.numbering)

    def title(self, plain: str) -> tuple[list[int], bool]:
        """The distinct words of a title, by the alphabet, and whether it may count anything."""
        found = self._read(plain)
        counts = any(each & COUNTS for each in found) or may_add_money(plain)
        return self._by_alphabet({each >> BITS for each in found}), counts or not PERCENT.isdisjoint(plain)

    def description(self, plain: str) -> list[int]:
        """As profiles.described, by the alphabet."""
        said = [each >> BITS for each in self._read(plain) if not each & FILLS]
        return self._by_alphabet(list(dict.fromkeys(said))[:READ])

    def _read(self, plain: str) -> list[int]:
        """The numbers of the words of a text in order, each with its bits."""
        written = WORD.findall(plain)
        found = list(map(self.known.get, written))
        return found if None not in found else [each for word in written for each in self._meant(word)]  # type: ignore[return-value]

    def _meant(self, word: str) -> list[int]:
        """The words that one means which is written: a run of Chinese may hold several."""
        known = self.known.get(word)
        if known is not None:
            return [known]
        meant = normal((word,))
        counts = COUNTS * may_count(word, meant[-1])
        found = [self._number(each) | counts for each in meant]
        if len(found) == 1 and found[0] >> BITS < self.lasting:
            kept(self.known, word, found[0])
        return found

    def _number(self, word: str) -> int:
        return self.numbering.number(word) << BITS | FILLS * (word in STOPWORDS)

    def _by_alphabet(self, numbers: Iterable[int]) -> list[int]:
        found = sorted(numbers)
        if found and found[-1] >= self.first:
            found.sort(key=self.numbering.texts.__getitem__)
        return found
