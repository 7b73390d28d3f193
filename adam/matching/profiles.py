"""Profiles: records prepared once for comparing, and what a set of records knows about its words and names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import Any

from adam.matching.given import codes_and_numbers, days_and_money, is_yearly, sets_of_codes
from adam.matching.names import Names
from adam.matching.policy import Policy
from adam.matching.rarity import SCALE, UNSEEN, Rare, Rarity
from adam.matching.records import Record
from adam.matching.scripts import fold, script
from adam.matching.spelling import forms, trigrams
from adam.matching.words import STOPWORDS, in_part, is_number, phases_and_parts, words, years

NO_COUNTS: Mapping[str, int] = {}
READ = 120
FEW = 3
FILLING = 0.15
LONGEST = 2000
ACRONYM = re.compile(r"[a-z0-9]{3,8}")


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text with their weights (thousandths of log-odds), sum and length of the weights, its carriers.

    `bar` is what shared words must add up to, to be called rare among so many records of one title.
    """

    weights: Mapping[str, int]
    total: int
    length: float
    key: str
    carriers: int
    bar: int

    def rarest(self, count: int) -> list[str]:
        """The rarest words, rarest first."""
        return sorted(self.weights, key=lambda word: (-self.weights[word], word))[:count]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Organizations of one record in one role: their numbers, and the numbers of all spellings that mean them.

    `homes` are the least of these, which stand for them where records are brought together.
    """

    ids: frozenset[int]
    reach: frozenset[int]
    told: Mapping[int, int]
    homes: tuple[int, ...] = ()

    def meets(self, other: Bodies) -> bool:
        """Whether any organization is on both sides."""
        return not self.ids.isdisjoint(other.reach) or not self.reach.isdisjoint(other.ids)

    def within(self, other: Bodies) -> bool:
        """Whether every organization is on the other side as well."""
        return self.ids <= other.reach or len(self.ids) == 1 and self.meets(other)


@dataclass(frozen=True, slots=True)
class Known:
    """What all records of a set share: its size, that as a logarithm, and what each part of `chance` counts."""

    size: int
    log_size: int
    shares: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One record, prepared; days are ordinals of the calendar, money is in US dollars and in its own currency."""

    record: Record
    title: Text
    description: Text
    words: Text
    phases: frozenset[int]
    years: frozenset[int]
    parts: frozenset[int]
    named: frozenset[str]
    forms: frozenset[str]
    trigrams: frozenset[str]
    codes: frozenset[str]
    all_codes: frozenset[str]
    doer_words: Mapping[str, int]
    doer_letters: frozenset[str]
    reporter: Bodies
    collected: bool
    funders: Bodies
    implementers: Bodies
    beneficiaries: Bodies
    countries: frozenset[str]
    pillars: frozenset[str]
    commitments: frozenset[str]
    assistance_types: frozenset[str]
    sectors: frozenset[str]
    groups: frozenset[str]
    identifiers: frozenset[str]
    frameworks: frozenset[str]
    owners: frozenset[str]
    stems: frozenset[str]
    numbered: frozenset[int]
    start: int | None
    end: int | None
    usd: float | None
    own: float | None
    money_on: int | None
    money_year: int
    money_usual: bool
    first_day: bool
    last_day: bool
    yearly: bool
    round_usd: bool
    round_own: bool
    telling: bool
    in_part: bool
    script: int
    rare: Rare
    told: Mapping[str, int]
    known: Known


class Lexicon:
    """What a set of records knows: how rare its words, titles and values are, and which spellings mean one body."""

    def __init__(self, records: Iterable[Record], policy: Policy):
        records = list(records)
        self.size = len(records)
        self.title_words: Counter[str] = Counter()
        self.description_words: Counter[str] = Counter()
        self.titles: Counter[str] = Counter()
        self.descriptions: Counter[str] = Counter()
        for record in records:
            found = title_words(record)
            self.title_words.update(set(found))
            self.titles[title_key(found)] += 1
            said = described(record)
            self.description_words.update(said.keys())
            self.descriptions[title_key(said)] += 1
        bodies = (n for r in records for n in (r.reporter, *r.funders, *r.implementers) if n)
        self.organizations = Names(bodies, policy.aliases)
        self.institutions = Names((name for record in records for name in record.beneficiaries), {})
        self.rarity = Rarity(records)
        self.numbered = Counter(n for r in records for n in {value.casefold() for value in r.identifiers})
        self.known = Known(self.size, round(SCALE * log(self.size + UNSEEN)), policy.chance)
        self.named = Counter(
            number
            for r in records
            for number in {
                self.organizations.number(n) for n in (r.reporter, *r.funders, *r.implementers) if n
            }
        )

    def weight(self, word: str, seen: Counter[str]) -> int:
        """How rare a word is: log of the records over those that hold it; filling words count little."""
        rarity = SCALE * log((self.size + UNSEEN) / (seen[word] + 1))
        return round(FILLING * rarity if word in STOPWORDS or is_number(word) else rarity)

    def profile(self, record: Record) -> Profile:
        """The record prepared for comparing against this set."""
        title, description = self._title(record), self._description(record)
        phases, within = phases_and_parts(fold(record.title))
        return Profile(
            record=record,
            title=title,
            description=description,
            words=text({**description.weights, **title.weights}),
            phases=phases,
            years=years(record.title),
            parts=within,
            in_part=in_part(record.title),
            script=script(record.title),
            **self._spelled(title.weights),
            **self._bodies(record),
            **codes_and_numbers(record),
            **self._identifiers(record),
            **sets_of_codes(record),
            **days_and_money(record),
            rare=self.rarity.of(record),
            told=self.rarity.codes(record),
            known=self.known,
        )

    def names_something(self, word: str) -> bool:
        """Whether a word is so rare in titles that it names a place, an institution or a purpose."""
        if len(word) < 4 or word in STOPWORDS or any(sign.isdigit() for sign in word):
            return False
        return self.title_words[word] <= max(FEW, self.size // 250)

    def _spelled(self, title: Iterable[str]) -> dict[str, Any]:
        """Which words of a title name something, and how all are spelt."""
        return {
            "named": frozenset(word for word in title if self.names_something(word)),
            "forms": forms(title),
            "trigrams": frozenset(three for word in title for three in trigrams(word)),
        }

    def _title(self, record: Record) -> Text:
        found = title_words(record)
        weights = {word: self.weight(word, self.title_words) for word in dict.fromkeys(found)}
        return text(weights, title_key(found), self.titles)

    def _description(self, record: Record) -> Text:
        weights = {word: self.weight(word, self.description_words) for word in described(record)}
        return text(weights, title_key(weights), self.descriptions)

    def _identifiers(self, record: Record) -> dict[str, Any]:
        """Outside identifiers, apart from those that many records carry: numbers of frameworks, not of projects."""
        every = frozenset(value.casefold() for value in record.identifiers)
        frameworks = frozenset(value for value in every if self.numbered[value] > FEW)
        return {"identifiers": every - frameworks, "frameworks": frameworks}

    def _bodies(self, record: Record) -> dict[str, Any]:
        """The organizations of each role, and the words that name those who implement."""
        found = self._roles(record)
        names, doers = self.organizations, found["implementers"]
        said = sorted({word for number in doers.ids for word in names.words[number]})
        short = {label for number in doers.reach for label in names.labels[number]}
        return found | {
            "doer_words": {word: self.weight(word, self.title_words) for word in said},
            "doer_letters": frozenset(label for label in short if ACRONYM.fullmatch(label)),
        }

    def _roles(self, record: Record) -> dict[str, Any]:
        """The bodies of each role. In a yearly return the kind of a body is a code that tells lines apart."""
        every = is_yearly(record)
        return {
            "reporter": self.bodies((record.reporter,) if record.reporter else (), True),
            "collected": self.organizations.collects(record.reporter),
            "funders": self.bodies(record.funders, every),
            "implementers": self.bodies(record.implementers, every),
            "beneficiaries": bodies(record.beneficiaries, self.institutions),
        }

    def bodies(self, spellings: Iterable[str], every: bool) -> Bodies:
        """The organizations of a role, with how rare each is."""
        found = bodies(spellings, self.organizations, every)
        told = {
            number: self.rarity.told(sum(self.named[other] for other in self.organizations.reach(number)))
            for number in found.ids
        }
        return replace(found, told=told)


def text(weights: Mapping[str, int], key: str = "", seen: Mapping[str, int] = NO_COUNTS) -> Text:
    """A text of weighted words."""
    length = sqrt(sum(weight * weight for weight in weights.values()))
    carriers = seen.get(key, 0)
    return Text(weights, sum(weights.values()), length, key, carriers, round(1600 * log(2 * carriers + 400)))


def title_words(record: Record) -> list[str]:
    """The words of a title in order."""
    return words(record.title)


def title_key(found: Iterable[str]) -> str:
    """What makes two titles the same: their words, in whatever order."""
    return " ".join(sorted(set(found)))


def described(record: Record) -> dict[str, None]:
    """The first words of a description that say something, each once, in order."""
    found = (word for word in words(record.description[:LONGEST]) if word not in STOPWORDS)
    return dict.fromkeys(list(dict.fromkeys(found))[:READ])


def bodies(spellings: Iterable[str], names: Names, every: bool = False) -> Bodies:
    """The organizations of a role: those that name a party, or every one."""
    ids = names.bodies(spellings, every)
    homes = tuple(min(names.reach(number)) for number in sorted(ids))
    return Bodies(ids, frozenset(other for number in ids for other in names.reach(number)), {}, homes)
