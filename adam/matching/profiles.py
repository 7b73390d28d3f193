"""Profiles: records prepared once for comparing, and what a set of records knows about its words and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum, log, sqrt

from adam.matching import numbering
from adam.matching.names import Names
from adam.matching.policy import Policy
from adam.matching.records import Record
from adam.matching.words import STOPWORDS, is_number, ordinals, parts, words, years

NO_COUNTS: Mapping[str, int] = {}
READ = 120
FEW = 3


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text with their weights, sum and length of the weights, and how many records carry it."""

    weights: Mapping[str, float]
    total: float
    length: float
    key: str
    carriers: int

    def rarest(self, count: int) -> list[str]:
        """The rarest words, rarest first."""
        return sorted(self.weights, key=lambda word: (-self.weights[word], word))[:count]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Organizations of one record in one role: their numbers, and the numbers of all spellings that mean them."""

    ids: frozenset[int]
    reach: frozenset[int]

    def meets(self, other: Bodies) -> bool:
        """Whether any organization is on both sides."""
        return not self.ids.isdisjoint(other.reach) or not self.reach.isdisjoint(other.ids)

    def within(self, other: Bodies) -> bool:
        """Whether every organization is on the other side as well."""
        return self.ids <= other.reach or len(self.ids) == 1 and self.meets(other)


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
    reporter: Bodies
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
    owners: frozenset[str]
    stems: frozenset[str]
    numbered: frozenset[int]
    start: int | None
    end: int | None
    usd: float | None
    own: float | None


class Lexicon:
    """What a set of records knows: how rare its words and titles are, and which spellings mean one body."""

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
            self.descriptions[" ".join(said)] += 1
        bodies = (n for r in records for n in (r.reporter, *r.funders, *r.implementers) if n)
        self.organizations = Names(bodies, policy.aliases)
        self.institutions = Names((name for record in records for name in record.beneficiaries), {})

    def weight(self, word: str, seen: Counter[str]) -> float:
        """How rare a word is: log of the records over those that hold it; filling words count little."""
        rarity = log((self.size + 60) / (seen[word] + 1))
        return 0.15 * rarity if word in STOPWORDS or is_number(word) else rarity

    def profile(self, record: Record) -> Profile:
        """The record prepared for comparing against this set."""
        title, description = self._title(record), self._description(record)
        return Profile(
            record=record,
            title=title,
            description=description,
            words=text({**description.weights, **title.weights}),
            phases=ordinals(record.title),
            years=years(record.title),
            parts=parts(record.title),
            named=frozenset(word for word in title.weights if self.names_something(word)),
            reporter=bodies((record.reporter,) if record.reporter else (), self.organizations),
            funders=bodies(record.funders, self.organizations),
            implementers=bodies(record.implementers, self.organizations),
            beneficiaries=bodies(record.beneficiaries, self.institutions),
            countries=frozenset(record.countries),
            pillars=frozenset(record.pillars) | {code.split(".")[0] for code in record.commitments},
            commitments=frozenset(record.commitments),
            assistance_types=frozenset(record.assistance_types),
            sectors=frozenset(record.sectors),
            groups=frozenset(code[:3] for code in record.sectors),
            identifiers=frozenset(value.casefold() for value in record.identifiers),
            owners=frozenset(numbering.owner(value) for value in record.identifiers),
            stems=frozenset(found for value in record.identifiers if (found := numbering.stem(value))),
            numbered=numbering.years(record.identifiers),
            start=record.start.toordinal() if record.start else None,
            end=record.end.toordinal() if record.end else None,
            usd=float(record.amount_usd) if record.amount_usd else None,
            own=float(record.amount) if record.amount else None,
        )

    def names_something(self, word: str) -> bool:
        """Whether a word is so rare in titles that it names a place, an institution or a purpose."""
        if len(word) < 4 or word in STOPWORDS or any(sign.isdigit() for sign in word):
            return False
        return self.title_words[word] <= max(FEW, self.size // 250)

    def _title(self, record: Record) -> Text:
        found = title_words(record)
        weights = {word: self.weight(word, self.title_words) for word in dict.fromkeys(found)}
        return text(weights, title_key(found), self.titles)

    def _description(self, record: Record) -> Text:
        weights = {word: self.weight(word, self.description_words) for word in described(record)}
        return text(weights, " ".join(weights), self.descriptions)


def text(weights: Mapping[str, float], key: str = "", seen: Mapping[str, int] = NO_COUNTS) -> Text:
    """A text of weighted words."""
    length = sqrt(fsum(weight * weight for weight in weights.values()))
    return Text(weights, fsum(weights.values()), length, key, seen.get(key, 0))


def title_words(record: Record) -> list[str]:
    """The words of a title in order."""
    return words(record.title)


def title_key(found: Iterable[str]) -> str:
    """What makes two titles the same: their words, in whatever order."""
    return " ".join(sorted(set(found)))


def described(record: Record) -> dict[str, None]:
    """The first words of a description that say something, each once, in order."""
    found = (word for word in words(record.description[:2000]) if word not in STOPWORDS)
    return dict.fromkeys(list(dict.fromkeys(found))[:READ])


def bodies(spellings: Iterable[str], names: Names) -> Bodies:
    """The organizations of a role."""
    ids = frozenset(names.number(spelling) for spelling in spellings)
    return Bodies(ids, frozenset(other for number in ids for other in names.reach(number)))
