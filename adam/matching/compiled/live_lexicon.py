"""What a set knew when it was built, in little room: to profile one more record against it, to save and to load it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from math import log
from types import SimpleNamespace
from typing import Any

import numpy as np

from adam.matching.compiled.columns import Columns
from adam.matching.compiled.lexicon import Carriers, Measured, PreparedLexicon, Prices
from adam.matching.compiled.live_laying import Measures
from adam.matching.compiled.prepare import Prepared
from adam.matching.compiled.rows import Codes
from adam.matching.names import Names
from adam.matching.policy import Policy
from adam.matching.profiles import ACRONYM, FEW, Bodies, Known, Lexicon, Profile, bodies
from adam.matching.rarity import SCALE, UNSEEN, Rarity
from adam.matching.records import Record

Array = np.ndarray[Any, Any]
COUNTED = ("countries", "sectors")
NAMES = ("organizations", "institutions")
SPELT = ("named", "forms", "trigrams")
NONE: frozenset[str] = frozenset()
MANY = 10_000
"""So many words, and bodies of a role, are kept."""
LAST = 500
"""So many profiles."""


class Seen:
    """How many records held each word when the set was built."""

    def __init__(self, numbers: Mapping[str, int], many: Array):
        self.numbers, self.many = numbers, many
        self.weights: dict[str, int] = {}

    def __getitem__(self, word: str) -> int:
        number = self.numbers.get(word, len(self.many))
        return int(self.many[number]) if number < len(self.many) else 0


class LiveLexicon(Lexicon):
    """The lexicon of a set as it was built; what is put in or dropped afterwards makes nothing rarer or commoner.

    So what it says of a word or of the bodies of a role stays true, and is kept for those met last.
    """

    def __init__(self, told: Mapping[str, Any]):
        self.__dict__.update(told)
        self.short = [acronyms(labels) for labels in self.organizations.labels]
        self.letters: dict[int, frozenset[str]] = {}
        self.rarities: dict[int, int] = {}
        self.spelt: dict[str, tuple[frozenset[str], ...]] = {}
        self.kept: dict[Hashable, Any] = {}
        self.profiles: dict[str, Profile] = {}

    @property
    def built(self) -> int:
        """How many words the set was built of."""
        words: Any = self.title_words
        return len(words.many)

    @property
    def sums(self) -> Mapping[str, Array]:
        """The amounts of each currency, in order."""
        prices: Any = self.rarity.own
        found: Mapping[str, Array] = prices.sums
        return found

    def profile(self, record: Record) -> Profile:
        """As Lexicon.profile; who asks what a record resembles asks for the reasons next, and again while writing."""
        found = self.profiles.get(record.id)
        if found is None or found.record != record:
            if len(self.profiles) >= LAST:
                self.profiles.clear()
            found = self.profiles[record.id] = super().profile(record)
        return found

    def weight(self, word: str, seen: Any) -> int:
        """As Lexicon.weight."""
        found = seen.weights.get(word)
        if found is None:
            found = kept(seen.weights, word, super().weight(word, seen))
        return int(found)

    def _spelled(self, title: Iterable[str]) -> dict[str, Any]:
        """As Lexicon._spelled."""
        told = [self.spelt.get(word) or kept(self.spelt, word, self._spelt(word)) for word in title]
        parts = zip(*told, strict=True) if told else ((), (), ())
        return {name: NONE.union(*part) for name, part in zip(SPELT, parts, strict=True)}

    def _spelt(self, word: str) -> tuple[frozenset[str], ...]:
        found = super()._spelled((word,))
        return tuple([found[name] for name in SPELT])

    def bodies(self, spellings: Iterable[str], every: bool) -> Bodies:
        """The organizations of a role, with how rare each is."""
        asked = (tuple(spellings), every)
        found: Bodies | None = self.kept.get(asked)
        if found is None:
            plain = bodies(asked[0], self.organizations, every)
            told = {number: self._told(number) for number in plain.ids}
            found = kept(self.kept, asked, replace(plain, told=told))
        return found

    def _told(self, number: int) -> int:
        if number not in self.rarities:
            reach = self.organizations.reach(number)
            self.rarities[number] = self.rarity.told(sum(self.named[other] for other in reach))
        return self.rarities[number]

    def initials(self, number: int) -> frozenset[str]:
        """The initials by which the body of a spelling is known."""
        if number not in self.letters:
            names = self.organizations
            self.short += map(acronyms, names.labels[len(self.short) :])
            self.letters[number] = NONE.union(*[self.short[other] for other in names.reach(number)])
        return self.letters[number]

    def _bodies(self, record: Record) -> dict[str, Any]:
        """As Lexicon._bodies."""
        found = self._roles(record)
        doers = found["implementers"]
        words, letters = self.kept.get(doers.ids) or kept(self.kept, doers.ids, self._doers(doers))
        return found | {
            "doer_words": words,
            "doer_letters": letters,
        }

    def _doers(self, doers: Bodies) -> tuple[dict[str, int], frozenset[str]]:
        """The words that name those who implement, with their weights, and their initials."""
        said = sorted({word for number in doers.ids for word in self.organizations.words[number]})
        words = {word: self.weight(word, self.title_words) for word in said}
        return words, NONE.union(*map(self.initials, doers.ids))


def acronyms(labels: Iterable[str]) -> list[str]:
    """The initials among the labels of a spelling."""
    return list(filter(ACRONYM.fullmatch, labels))


def kept(store: dict[Any, Any], key: Hashable, found: Any) -> Any:
    """What was found, kept in a store that is emptied when it is full."""
    if len(store) >= MANY:
        store.clear()
    store[key] = found
    return found


def learned(made: Prepared, columns: Columns, policy: Policy) -> LiveLexicon:
    """What a prepared set knows, without its texts."""
    found = PreparedLexicon(made, columns, policy)
    numbers = made.vocabulary.numbers
    told = {**vars(found)}
    told["title_words"] = Seen(numbers, made.title.seen)
    told["description_words"] = Seen(numbers, made.description.seen)
    told["numbered"] = Counter({name: many for name, many in found.numbered.items() if many > FEW})
    return LiveLexicon(told)


def measures(lexicon: Any) -> Measures:
    """By what kernels tell how rare the values of one record are."""
    titles, descriptions, rarity = lexicon.titles, lexicon.descriptions, lexicon.rarity
    carriers = titles.keys, titles.many, descriptions.keys, descriptions.many
    return Measures(*carriers, rarity.amounts, rarity.starts, lexicon.size)


def arrays(lexicon: Any) -> dict[str, Array]:
    """What of it is saved as arrays."""
    return {
        "seen_title": lexicon.title_words.many,
        "seen_said": lexicon.description_words.many,
        "titles": lexicon.titles.keys,
        "titles_many": lexicon.titles.many,
        "descriptions": lexicon.descriptions.keys,
        "descriptions_many": lexicon.descriptions.many,
        "amounts": lexicon.rarity.amounts,
        "starts": lexicon.rarity.starts,
        **{f"sums_{number}": sums for number, sums in enumerate(lexicon.rarity.own.sums.values())},
    }


def frozen(lexicon: Any) -> Any:
    """What `texts` tells of the lexicon as it is now: names grow with every record, all else stays."""
    told = {name: getattr(lexicon, name) for name in ("size", "numbered", "named", "rarity")}
    names = {
        name: SimpleNamespace(
            **{part: list(getattr(getattr(lexicon, name), part)) for part in ("spellings", "labels", "words")}
        )
        for name in NAMES
    }
    return SimpleNamespace(**told, **names)


def texts(lexicon: Any) -> dict[str, Any]:
    """What of it is saved as texts and single numbers."""
    found: dict[str, Any] = {
        name: {
            "spellings": getattr(lexicon, name).spellings,
            "labels": [sorted(labels) for labels in getattr(lexicon, name).labels],
            "words": [sorted(words) for words in getattr(lexicon, name).words],
        }
        for name in NAMES
    }
    return found | {
        "size": lexicon.size,
        "numbered": dict(lexicon.numbered),
        "named": sorted(lexicon.named.items()),
        "counted": {name: dict(getattr(lexicon.rarity, name)) for name in COUNTED},
        "sums": list(lexicon.rarity.own.sums),
    }


def loaded(told: Mapping[str, Any], found: Mapping[str, Array], codes: Codes, policy: Policy) -> LiveLexicon:
    """The lexicon of saved texts and arrays."""
    size = int(told["size"])
    numbers = codes.words.numbers
    return LiveLexicon(
        {
            "size": size,
            "title_words": Seen(numbers, found["seen_title"]),
            "description_words": Seen(numbers, found["seen_said"]),
            "titles": made(Carriers, keys=found["titles"], many=found["titles_many"]),
            "descriptions": made(Carriers, keys=found["descriptions"], many=found["descriptions_many"]),
            "organizations": names(told["organizations"], policy.aliases, found["reach_at"], found["reach"]),
            "institutions": names(
                told["institutions"], {}, found["institution_at"], found["institution_reach"]
            ),
            "rarity": rarity(told, found),
            "numbered": Counter(told["numbered"]),
            "known": Known(size, round(SCALE * log(size + UNSEEN)), policy.chance),
            "named": Counter(dict(told["named"])),
        }
    )


def made(kind: Any, **told: Any) -> Any:
    """An object of saved parts."""
    found = kind.__new__(kind)
    found.__dict__.update(told)
    return found


def rarity(told: Mapping[str, Any], found: Mapping[str, Array]) -> Rarity:
    """How many records carried each value."""
    sums = {currency: found[f"sums_{number}"] for number, currency in enumerate(told["sums"])}
    counted = {name: Counter(told["counted"][name]) for name in COUNTED}
    parts = {"size": int(told["size"]), "amounts": found["amounts"], "starts": found["starts"]}
    rare: Rarity = made(Measured, own=made(Prices, sums=sums), **parts, **counted)
    return rare


def names(told: Mapping[str, Any], aliases: Any, at: Array, reach: Array) -> Names:
    """Names as they were, read from no spelling anew."""
    found = Names((), aliases)
    found.spellings = list(told["spellings"])
    found.numbers = {spelling: number for number, spelling in enumerate(found.spellings)}
    found.labels = [frozenset(each) for each in told["labels"]]
    found.words = [frozenset(each) for each in told["words"]]
    for index, lists in ((found.by_label, found.labels), (found.by_word, found.words)):
        filled(index, lists)
    found.indexed = len(found.spellings)
    for words in found.words:
        found.counts.update(words)
    items, begins = reach.tolist(), at.tolist()
    for number in range(len(found.spellings)):
        found.reached[number] = frozenset(items[begins[number] : begins[number + 1]])
    return found


def filled(index: dict[str, set[int]], lists: list[frozenset[str]]) -> None:
    """Which spellings have each label or word."""
    for number, each in enumerate(lists):
        for text in each:
            index[text].add(number)
