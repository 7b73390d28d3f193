"""The glossary: words of the field in six languages, each with the English word that stands for all of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from adam.matching.scripts import CHINESE, fold, stem

PATH = Path(__file__).resolve().parents[2] / "seeds" / "glossary.csv"
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
_JOINED = ("w", "f", "b", "l", "k", "wb", "wl", "wk", "fl", "fb")
_SHORTEST = 4


@dataclass
class Glossary:
    """Normal forms and the concepts they mean: all but Chinese by stem, Chinese as it is written."""

    forms: dict[str, str] = field(default_factory=dict)
    arabic: dict[str, str] = field(default_factory=dict)
    chinese: dict[str, str] = field(default_factory=dict)
    longest: int = 1

    def concept(self, word: str) -> str:
        """The concept of a folded word, or its stem; in Arabic "and", "in", "for" and "as" are written onto words."""
        plain = stem(word)
        found = self.forms.get(plain)
        if found is not None:
            return found
        for letters in _JOINED if word.startswith(_JOINED) else ():
            if word.startswith(letters) and len(word) >= len(letters) + _SHORTEST:
                found = self.arabic.get(stem(word[len(letters) :]))
                if found is not None:
                    return found
        return plain

    def concepts(self, run: str) -> list[str]:
        """The concepts in a run of Chinese, the longest term first; what lies between as pairs of characters."""
        found: list[str] = []
        at = rest = 0
        while at < len(run):
            size = min(self.longest, len(run) - at)
            while size and run[at : at + size] not in self.chinese:
                size -= 1
            if size:
                found += [*pairs(run[rest:at]), self.chinese[run[at : at + size]]]
                rest = at + size
            at += size or 1
        return found + pairs(run[rest:])


def pairs(run: str) -> list[str]:
    """A run of characters as pairs, each overlapping the next; a single one stays single."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run][: len(run)]


@lru_cache(maxsize=1)
def glossary() -> Glossary:
    """The glossary of the seeds, read once."""
    return read(PATH.read_text(encoding="utf-8"))


def read(text: str) -> Glossary:
    """A glossary from a table of term and languages; the first concept that claims a form keeps it."""
    found = Glossary()
    plain = fold.__wrapped__(text)
    for row in csv.DictReader(plain.splitlines()):
        concept = stem(row["term"])
        for language in LANGUAGES:
            for form in filter(None, row[language].split(";")):
                _take(found, form, concept, language)
    found.longest = max(map(len, found.chinese), default=1)
    return found


def _take(found: Glossary, form: str, concept: str, language: str) -> None:
    if form[0] >= CHINESE:
        found.chinese.setdefault(form, concept)
        return
    kept = found.forms.setdefault(stem(form), concept)
    if language == "ar":
        found.arabic.setdefault(stem(form), kept)
