"""Names of organizations and institutions: which spellings mean one body."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

from adam.matching.countries import ISO3
from adam.matching.gazetteer import Phrases, named, outspoken
from adam.matching.scripts import WORD, fold, stem
from adam.matching.words import STOPWORDS, normal, stems

_DOUBLED = re.compile(r"(.)\1+")
_PARENTHESES = re.compile(r"[(\[]([^)\]]*)[)\]]")
_GENERIC = frozenset(
    "other ngo ingo finnish international unspecified unknown various government redacted".split()
)
_EMPTY_WORDS = (
    STOPWORDS
    | _GENERIC
    | frozenset(
        "govt ministry department office agency national organization organisation foundation".split()
    )
)

# A kind of organization, or that none is known: two records that say so do not name one body, nor two.
_KINDS = frozenset(
    stem(word)
    for word in """other others various multiple several miscellaneous many different unspecified unknown undefined
    undetermined none nil not no n/a na nd tbd tbc confirmed determined decided announced applicable available yet
    specified provided disclosed details confidential anonymous redacted withheld individual individuals private donor
    donors donations recipient recipients beneficiary country countries based ngo ngos cso csos ong organization
    organizations organisation organisations institution institutions agency agencies entity entities body bodies
    partner partners party parties implementing executing non governmental nongovernmental government governments
    governmental public sector civil society societies local national international regional multilateral
    bilateral developing third central state corporation corporations company companies enterprise enterprises firm
    firms consultant consultants contractor contractors supplier suppliers unallocated delegated cooperation
    otro otros varios diversos varias divers autres autre plusieurs inconnu desconocido andere""".split()
)
_JOINS = frozenset("and or of in the to be by for with from et ou y o de des del la le les und".split())
_NOBODYS_WORDS = _KINDS | _JOINS
# Who collects what others report is no party to it: words of such names, each set enough by itself.
_COLLECTORS = tuple(
    frozenset(stem(word) for word in name.split())
    for name in (
        "oecd crs", "creditor reporting system", "aiddata", "aid tracker", "aidtracker",
        "financial tracking service", "iati registry", "aid management platform", "development assistance database",
    )
)  # fmt: skip
_COLLECTING = frozenset().union(*_COLLECTORS)
_stem = lru_cache(maxsize=200_000)(stem)

_COUNTRIES = frozenset(ISO3.values())
_NO_NAMES = _COUNTRIES | ISO3.keys() | {"INT", "UK"}

RAREST, CROWD, MANY = 3, 400, 12
NOBODY, COLLECTOR = "!", "?"
"""What the label of a spelling begins with that names no body, or who collects what others report."""
LONG_ENOUGH = 8
"""Letters that a name needs before it is known by them in whatever order: short ones are alike by chance."""


class Names:
    """Every spelling met, each with a number, and for each the numbers of the spellings that mean the same body.

    >>> names = Names(["World Food Programme", "WFP", "Norway"])
    >>> names.reach(names.number("WFP")) == {names.number("WFP"), names.number("World Food Programme")}
    True
    """

    def __init__(self, spellings: Iterable[str], aliases: Mapping[str, Iterable[str]] | None = None):
        self.phrases = Phrases(
            (frozenset(stems(phrase)), code)
            for code, phrases in (aliases or {}).items()
            for phrase in (*phrases, *({code} - _COUNTRIES))
        )
        self.numbers: dict[str, int] = {}
        self.spellings: list[str] = []
        self.labels: list[frozenset[str]] = []
        self.words: list[frozenset[str]] = []
        self.by_label: dict[str, set[int]] = defaultdict(set)
        self.by_word: dict[str, set[int]] = defaultdict(set)
        self.indexed = 0
        self.counts: Counter[str] = Counter()
        self.reached: dict[int, frozenset[int]] = {}
        self.weights: dict[str, int] = {}
        self.weighed = 0
        for spelling in sorted(set(spellings)):
            self._add(spelling)

    def number(self, spelling: str) -> int:
        """The number of a spelling; a new one is taken in."""
        if spelling not in self.numbers:
            self._add(spelling)
        return self.numbers[spelling]

    def bodies(self, spellings: Iterable[str], every: bool = False) -> frozenset[int]:
        """The numbers of those spellings that name a party, or of every one."""
        numbers = frozenset(map(self.number, spellings))
        return numbers if every else frozenset(filter(self.is_party, numbers))

    def is_party(self, number: int) -> bool:
        """Whether a spelling names a party, not nobody or who collects what others report."""
        return not self._marked(number, NOBODY + COLLECTOR)

    def collects(self, spelling: str) -> bool:
        """Whether a spelling names who collects what others report."""
        return bool(spelling) and self._marked(self.number(spelling), COLLECTOR)

    def _marked(self, number: int, marks: str) -> bool:
        return any(label[0] in marks for label in self.labels[number])

    def _add(self, spelling: str) -> None:
        number = self.numbers[spelling] = len(self.spellings)
        self.spellings.append(spelling)
        found = WORD.findall(fold(spelling))
        whole = list(map(_stem, found))
        if names_nobody(whole):
            self.labels.append(frozenset((NOBODY + spelling,)))
            self.words.append(frozenset())
        else:
            brackets = _PARENTHESES.findall(spelling)
            plain = WORD.findall(fold(_PARENTHESES.sub(" ", spelling))) if brackets else found
            outside = list(map(_stem, plain)) if brackets else whole
            labels = _by_words(outside) | self._codes(spelling, whole) | _by_letters(found, plain)
            for inside in brackets:
                if inside.strip().upper() not in _NO_NAMES:
                    labels.add(" ".join(stems(inside)))
            if collects(whole):
                labels.add(COLLECTOR + spelling)
            self.labels.append(frozenset([each for each in labels if len(each) > 1 and each not in _GENERIC]))
            self.words.append(frozenset(outside) - _EMPTY_WORDS)
        self.counts.update(self.words[number])

    def _codes(self, spelling: str, whole: list[str]) -> set[str]:
        """The codes of the bodies that a spelling names, of which `whole` are the words."""
        bodies = named(spelling, whole)
        agreed = self.phrases.within(frozenset(whole))
        if agreed:
            bodies |= outspoken(agreed, bodies, whole)
        return {f"={code}" for code in bodies}

    def _index(self) -> None:
        """Takes in what spellings hold that were met since this was asked last."""
        for number in range(self.indexed, len(self.spellings)):
            for index, found in ((self.by_label, self.labels), (self.by_word, self.words)):
                for text in found[number]:
                    index[text].add(number)
        self.indexed = len(self.spellings)

    def weight(self, found: Iterable[str]) -> int:
        """How much is said by some words, in thousandths of log-odds: rare ones count more."""
        if self.weighed != len(self.spellings):
            self.weights.clear()
            self.weighed = len(self.spellings)
        return sum(map(self._weight, found))

    def _weight(self, word: str) -> int:
        found = self.weights.get(word)
        if found is None:
            found = round(1000 * log((len(self.spellings) + 20) / (self.counts[word] + 1)))
            self.weights[word] = found
        return found

    def reach(self, number: int) -> frozenset[int]:
        """The numbers of all spellings that mean the body of this one, itself among them."""
        if number not in self.reached:
            self._index()
            maybe = {other for word in self.rarest(number) for other in self.by_word[word]}
            near = {other for other in maybe if self._alike(number, other)}
            self.reached[number] = frozenset(near | self.same(number))
        return self.reached[number]

    def same(self, number: int) -> set[int]:
        """The numbers of the spellings that share a label with this one, itself among them."""
        self._index()
        return {other for label in self.labels[number] for other in self.by_label[label]} | {number}

    def rarest(self, number: int) -> list[str]:
        """The three rarest words of a spelling, of which those that few spellings hold."""
        rare = sorted(self.words[number], key=lambda word: (self.counts[word], word))[:RAREST]
        return [word for word in rare if self.counts[word] < CROWD]

    @property
    def telling(self) -> int:
        """What words must weigh, to name a body that stands whole within another name."""
        return round(1000 * (log(len(self.spellings) + 20) - 1.5))

    def _alike(self, one: int, other: int) -> bool:
        """Two names that share nearly all their words, or of which one stands whole in the other."""
        a, b = self.words[one], self.words[other]
        shared = self.weight(a & b)
        if shared <= 0:
            return False
        if 10 * shared >= 7 * self.weight(a | b):
            return True
        return (a <= b or b <= a) and shared >= self.telling


def letters(text: str) -> str:
    """The letters of a name in order of the alphabet, whatever its blanks: what a slip of the hand leaves as it is.

    >>> letters("European Commission") == letters("EuropeanCommission") == letters("Europaen Commision")
    True
    """
    return _letters(WORD.findall(fold(text)))


def _letters(found: Iterable[str]) -> str:
    return "".join(sorted(_DOUBLED.sub(r"\1", "".join(found))))


def _by_words(outside: list[str]) -> set[str]:
    """The name that these words are, and its initials."""
    found = {" ".join(outside)}
    for row in (outside, [word for word in outside if word not in STOPWORDS]):
        if len(row) >= 3:
            found.add("".join([word[0] for word in row]))
    return found


def _by_letters(whole: list[str], outside: list[str]) -> set[str]:
    """The letters of a name, of which no figure is one, and its words as concepts."""
    found = set()
    spelled = _letters(outside)
    if len(spelled) >= LONG_ENOUGH and not spelled[0].isdigit():
        found.add("^" + spelled)
    concepts = sorted([word for word in normal(whole) if word not in STOPWORDS])
    if len(concepts) >= 2 and not _GENERIC.issuperset(concepts):
        found.add("~" + " ".join(concepts))
    return found


def names_nobody(found: Iterable[str]) -> bool:
    """Whether the words of a name, as stems, tell a kind of organization only, or that none is known.

    >>> names_nobody(stems("NGOs (details not yet provided)")), names_nobody(stems("Oxfam and other NGOs"))
    (True, False)
    """
    told = frozenset(found)
    return bool(told) and told <= _NOBODYS_WORDS


def collects(found: Iterable[str]) -> bool:
    """Whether the words of a name, as stems, tell who collects what others report.

    >>> collects(stems("OECD CRS")), collects(stems("Catholic Relief Services (CRS)"))
    (True, False)
    """
    told = frozenset(found)
    return (
        not _COLLECTING.isdisjoint(told) and len(told) <= MANY and any(name <= told for name in _COLLECTORS)
    )
