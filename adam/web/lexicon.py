"""What people may type for a code: names of countries in six languages, names and codes of bodies, and others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from adam.queries.partners import Body
from adam.queries.vocabulary import Vocabulary

Spellings = dict[str, str]
"""A folded name or code → the code that it means."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Spellings of each list; `names` is code → name of the organizations."""

    countries: Spellings = field(default_factory=dict)
    bodies: Spellings = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    currencies: Spellings = field(default_factory=dict)
    sectors: Spellings = field(default_factory=dict)

    def country(self, typed: str) -> str:
        """ISO2 for a code or a name in any of the six languages; what was typed where nobody knows it."""
        return self.countries.get(folded(typed), typed)

    def currency(self, typed: str) -> str:
        """The code for a currency's code or name; what was typed where nobody knows it."""
        return self.currencies.get(folded(typed), typed)

    def sector(self, typed: str) -> str:
        """The code for a sector's code or title; what was typed where nobody knows it."""
        return self.sectors.get(folded(typed), typed)

    def body(self, typed: str) -> tuple[str | None, str | None]:
        """Code and name of an organization: a code where it is known, else the name as typed."""
        code = self.bodies.get(folded(typed))
        return (code, None) if code else (None, typed)

    def shown(self, code: str | None, name: str | None) -> str:
        """How the form shows an organization: by its name."""
        return name or self.names.get(code or "") or code or ""


MOST = 4
_kept: dict[int, tuple[Any, Vocabulary, Lexicon]] = {}


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """A spelling without the difference of large and small letters, of accents and of spaces."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return " ".join(bare.split()).casefold()


def lexicon(vocabulary: Vocabulary, bodies: list[Body], aliases: Iterable[tuple[str, str]] = ()) -> Lexicon:
    """The lexicon of a vocabulary and the listed organizations; `aliases` are code and another spelling.

    Where two bodies share a spelling, a name counts before an alias and a code before a name. Kept for those asked for
    last: the panel of a form asks with every pause of whoever writes in it.
    """
    asked = (vocabulary, bodies, list(aliases))
    kept = _kept.get(id(vocabulary))
    if kept is None or kept[0] != asked[1:]:
        if len(_kept) >= MOST:
            _kept.clear()
        # The vocabulary is kept as well: while it is there, no other one has its number.
        kept = _kept[id(vocabulary)] = (asked[1:], vocabulary, _made(*asked))
    return kept[2]


def _made(vocabulary: Vocabulary, bodies: list[Body], aliases: list[tuple[str, str]]) -> Lexicon:
    countries = _countries(vocabulary, [item for item in aliases if item[0] in vocabulary.countries])
    known = {folded(name): code for code, name in aliases}
    known |= {folded(body.name): body.code for body in bodies}
    known |= {folded(body.code): body.code for body in bodies}
    currencies = {folded(row.name): code for code, row in vocabulary.currencies.items()}
    currencies |= {folded(code): code for code in vocabulary.currencies}
    dac = {code: title for (scheme, code), title in vocabulary.sectors.items() if scheme == "DAC"}
    sectors = {folded(title): code for code, title in dac.items()} | {folded(code): code for code in dac}
    return Lexicon(countries, known, {body.code: body.name for body in bodies}, currencies, sectors)


def _countries(vocabulary: Vocabulary, aliases: list[tuple[str, str]]) -> Spellings:
    """Spellings of the countries: "Iran" too for "Iran (Islamic Republic of)", where it can mean no other one."""
    named = [(code, name) for names in vocabulary.country_names.values() for code, name in names.items()]
    named += [(code, row.name) for code, row in vocabulary.countries.items()]
    bare: dict[str, set[str]] = {}
    for code, name in named:
        bare.setdefault(folded(name.partition("(")[0]), set()).add(code)
    found = {spelling: min(codes) for spelling, codes in bare.items() if spelling and len(codes) == 1}
    found |= {folded(name): code for code, name in [*aliases, *named]}
    found |= {folded(row.iso3): code for code, row in vocabulary.countries.items()}
    return found | {folded(code): code for code in vocabulary.countries}
