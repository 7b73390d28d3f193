"""Words as they are looked for: folded alike on every database, without accents, in scripts without spaces too.

What is indexed and what is asked pass through the same folding, and both databases split at spaces alone, so that
they find the same. Chinese, Japanese and Thai are cut into pairs of characters; Arabic words stand with and without
their article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ʼ": None, "ʻ": None,
        "ک": "ك", "ی": "ي", "ى": "ي", "ة": "ه", "ـ": None,
    }
)  # fmt: skip
"""Letters that Unicode takes for others, and that people type for each other."""
WORD = re.compile(r"[^\W_]+")
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUNS = re.compile(f"[{UNSPACED}\U00020000-\U0003ffff]+|[^{UNSPACED}\U00020000-\U0003ffff]+")
ARABIC, CYRILLIC = re.compile("[\u0600-\u06ff]"), re.compile("[\u0400-\u04ff]")
ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
ARABIC_ENDINGS = ("ات", "ين", "ون", "يه", "ها", "ان", "ه", "ي")
RUSSIAN_ENDINGS = (
    *("иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "иям", "ией", "ием"),
    *("ов", "ев", "ей", "ам", "ям", "ах", "ях", "ом", "ем", "ой", "ый", "ии", "ая", "яя", "ое", "ее", "ые", "ие"),
    *("ых", "их", "ую", "юю", "ия", "ию", "иь", "а", "я", "о", "е", "и", "ы", "у", "ю", "ь"),
)  # fmt: skip
"""Folded endings of cases, longest first; what is left is looked for as the beginning of a word."""
LONGEST, MOST = 60, 16


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be there: any of these beginnings of words, or, where `whole`, these very words."""

    forms: tuple[str, ...]
    whole: bool = False

    def fits(self, word: str) -> bool:
        """Whether a folded word is what is looked for."""
        return word in self.forms if self.whole else word.startswith(self.forms)


@lru_cache(maxsize=20_000)
def _letter(char: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(one for one in plain if not unicodedata.combining(one)).translate(LETTERS)


def folded(text: str) -> str:
    """The text without case and accents: "Été" and "ete" are the same."""
    return text.lower() if text.isascii() else "".join(map(_letter, text))


def words(text: str) -> Iterator[str]:
    """The words of a text as they are indexed."""
    for found in WORD.findall(folded(text)):
        for run in RUNS.findall(found):
            if _unspaced(run):
                yield from _pairs(run)
                yield run[-1]
            else:
                yield run[:LONGEST]
                plain = bare(run)
                if plain != run:
                    yield plain[:LONGEST]


def indexed(text: str, *without: set[str]) -> list[str]:
    """Each word of a text once, those left out that stand elsewhere already."""
    return [word for word in dict.fromkeys(words(text)) if not any(word in others for others in without)]


def terms(text: str) -> list[Term]:
    """What somebody looks for; all of it must be there. Empty where nothing was written that could be found."""
    found: dict[Term, None] = {}
    for word in WORD.findall(folded(text)):
        for run in RUNS.findall(word):
            found |= dict.fromkeys(_terms(run))
    return list(found)[:MOST]


def _terms(run: str) -> Iterator[Term]:
    if not _unspaced(run):
        yield _spelled(run[:LONGEST])
    elif len(run) == 1:
        yield Term((run,))
    else:
        yield from (Term((pair,), True) for pair in _pairs(run))


def _spelled(word: str) -> Term:
    """A word and how it begins in other cases and numbers; two letters and less are looked for as they are."""
    if len(word) < 3:
        return Term((word,), True)
    if ARABIC.search(word):
        return Term((_without(bare(word), ARABIC_ENDINGS, 3),))
    if CYRILLIC.search(word):
        return Term((_without(word, RUSSIAN_ENDINGS, 4),))
    return Term(_singular(word))


def _singular(word: str) -> tuple[str, ...]:
    """English, French and Spanish plurals also find the one."""
    if len(word) < 5 or word.endswith(("ss", "us", "is")) or not word.isalpha():
        return (word,)
    if word.endswith("ies"):
        return word, f"{word[:-3]}y"
    if word.endswith("aux"):
        return word[:-1], f"{word[:-3]}al"
    if word.endswith(("ches", "shes", "xes", "sses", "ones", "ades", "ores")):
        return (word[:-2],)
    return (word[:-1],) if word.endswith("s") else (word,)


def place(sought: Iterable[Term], *texts: str) -> int | None:
    """The first of the texts from which on, all before it included, everything stands that is looked for; or None."""
    wanted = [[f" {form} " if term.whole else f" {form}" for form in term.forms] for term in sought]
    read = ""
    for at, text in enumerate(texts):
        read += _spaced(text)
        if all(any(form in read for form in forms) for forms in wanted):
            return at
    return None


@lru_cache(maxsize=8_000)
def _spaced(text: str) -> str:
    return f" {' '.join(indexed(text))} "


def bare(word: str) -> str:
    """An Arabic word without its article; any other as it is."""
    if not ARABIC.search(word):
        return word
    article = next((one for one in ARTICLES if word.startswith(one) and len(word) >= len(one) + 3), "")
    return word[len(article) :]


def _without(word: str, endings: Iterable[str], least: int) -> str:
    return next(
        (word[: -len(end)] for end in endings if word.endswith(end) and len(word) - len(end) >= least), word
    )


def _unspaced(run: str) -> bool:
    return bool(re.match(f"[{UNSPACED}\U00020000-\U0003ffff]", run))


def _pairs(run: str) -> Iterator[str]:
    return (run[at : at + 2] for at in range(len(run) - 1))


def texts(document: Mapping[str, Any], reference: str, names: Iterable[str]) -> dict[str, str]:
    """What of a record is indexed: `title` in every language, `names` of bodies and places, `body`; words by spaces.

    `document` is the record with what others added; only its public fields are read (CONTRACT.md, who may do what).
    `names` are further names of its bodies and countries. `heading` is what its title is ordered by.
    """
    said = document.get("translations") or ()
    titles = [document["title"], reference, *(row["title"] for row in said)]
    long = [document.get("description"), *(row.get("description") for row in said)]
    title = indexed(" ".join(titles))
    named = indexed(" ".join([*names, *_named(document)]), set(title))
    body = indexed(" ".join(text for text in long if text), set(title), set(named))
    found = {"title": title, "names": named, "body": body}
    return {name: " ".join(value) for name, value in found.items()} | {
        "heading": folded(document["title"])[:200]
    }


def _named(document: Mapping[str, Any]) -> Iterator[str]:
    for name, fields in (
        ("organizations", ("name", "organization")),
        ("locations", ("name",)),
        ("beneficiaries", ("name",)),
        ("identifiers", ("scheme", "value")),
    ):
        for row in document.get(name) or ():
            yield from (row[field] for field in fields if row.get(field))
