"""The dictionaries that made-up titles and descriptions are written with, in six languages."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
FOLDER = Path(__file__).parent / "generated"

Phrases = dict[str, tuple[str, ...]]
"""One meaning: for each language its wordings, the usual one first."""


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the tables in generated/."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def phrases(row: dict[str, str]) -> Phrases:
    """The wordings of a row, split at "|"."""
    return {language: tuple(row[language].split("|")) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Theme:
    """What a project is about: its wordings, its DAC sector, and its commitment where it is drug control."""

    wordings: Phrases
    sector: str
    commitment: str


ACTIONS = tuple((phrases(row), row["types"]) for row in rows("actions"))
THEMES = tuple(Theme(phrases(row), row["sector"], row["commitment"]) for row in rows("themes"))
THEME_WEIGHTS = tuple(float(row["weight"]) for row in rows("themes"))
INSTITUTIONS = tuple(phrases(row) for row in rows("institutions"))
DETAILS = tuple(phrases(row) for row in rows("details"))
QUALIFIERS = tuple(phrases(row) for row in rows("qualifiers"))
SENTENCES = tuple(phrases(row) for row in rows("sentences"))

FOR = {"en": " for the ", "fr": " pour ", "es": " para ", "ru": " для ", "ar": " لفائدة ", "zh": "，面向"}
IN = {"en": " in ", "fr": " à ", "es": " en ", "ru": " в ", "ar": " في ", "zh": "——"}
AND = {"en": " and ", "fr": " et ", "es": " y ", "ru": " и ", "ar": " و", "zh": "和"}
WITH = {"en": " with ", "fr": " avec ", "es": " con ", "ru": " с поставкой ", "ar": " مع ", "zh": "及"}
PHASE = {
    "en": (("Phase {r}", "phase {n}", "{r}", "({o} phase)"), ("first", "second", "third", "fourth", "fifth")),
    "fr": (("phase {r}", "phase {n}", "{o} phase"), ("première", "deuxième", "troisième", "quatrième", "5e")),
    "es": (("fase {r}", "fase {n}", "{o} fase"), ("primera", "segunda", "tercera", "cuarta", "quinta")),
    "ru": (("этап {r}", "этап {n}", "{o} этап"), ("первый", "второй", "третий", "четвёртый", "пятый")),
    "ar": (("المرحلة {n}", "المرحلة {o}"), ("الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة")),
    "zh": (("第{o}期", "第{n}期"), ("一", "二", "三", "四", "五")),
}
ROMAN = ("I", "II", "III", "IV", "V")
GRANT = {
    "en": (
        "Contribution to {who} {country} {year}",
        "Grant agreement {who}",
        "{country} {year} core support",
    ),
    "fr": ("Contribution à {who} {country} {year}", "Convention {who}"),
    "es": ("Contribución a {who} {country} {year}", "Subvención {who} {country}"),
    "ru": ("Взнос в {who} {country} {year}", "Грант {who}"),
    "ar": ("مساهمة في {who} {country} {year}",),
    "zh": ("向{who}捐款 {country} {year}",),
}
_OPENINGS = {
    "fr": ("du ", "de la ", "de l'", "des ", "de ", "d'"),
    "es": ("del ", "de la ", "de los ", "de las ", "de "),
}


def alone(phrase: str, language: str) -> str:
    """A theme without the word that binds it to what goes before."""
    for opening in _OPENINGS.get(language, ()):
        if phrase.startswith(opening):
            return phrase[len(opening) :]
    return phrase


def phase(language: str, number: int, form: int) -> str:
    """Phase so and so, in one of the ways a language has for it."""
    forms, names = PHASE[language]
    return forms[form % len(forms)].format(r=ROMAN[number - 1], n=number, o=names[number - 1])


def abbreviated(chance: Random, text: str) -> str:
    """A title with some of its long words cut, as narrow columns do."""
    found = []
    for word in text.split():
        cut = len(word) > 8 and word.isalpha() and chance.random() < 0.5
        found.append(word[: 4 + int(chance.random() * 3)] + "." if cut else word)
    return " ".join(found)


def mistyped(chance: Random, text: str) -> str:
    """A text with one slip: two letters exchanged, one lost, one doubled, or two words joined."""
    if len(text) < 6:
        return text
    at, kind = 1 + int(chance.random() * (len(text) - 3)), chance.random()
    if kind < 0.35:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind < 0.65:
        return text[:at] + text[at + 1 :]
    if kind < 0.9:
        return text[:at] + text[at] + text[at:]
    return text.replace(" ", "", 1)


def thinned(chance: Random, text: str, share: float) -> str:
    """A text that lost some of its words."""
    kept = [word for word in text.split() if chance.random() > share]
    return " ".join(kept) or text


def turned(chance: Random, text: str) -> str:
    """A text whose end stands first."""
    found = text.split()
    if len(found) < 4:
        return text
    at = 2 + int(chance.random() * (len(found) - 3))
    return " ".join(found[at:]) + (" - " if chance.random() < 0.6 else ", ") + " ".join(found[:at])
