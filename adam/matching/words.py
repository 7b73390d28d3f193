"""Words: text made comparable, whatever its script, with phases and years set apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from adam.matching.glossary import glossary
from adam.matching.scripts import CHINESE, WORD, fold, stem

STOPWORDS = frozenset(
    """a an and as at by for from in into of on or the through to under via with within its their this that is are be
    project projects programme program programmes programs support activities assistance proyecto projet proekt hanke
    au aux avec dans de des du en et la le les par pour sur un une d l n qu ou ces ses leur cette chez entre
    al con del el las los para por una y e o u su se como desde hacia hasta sobre lo que esta este sin
    der die das und fur den dem ein eine einer eine im mit von vom zu zum zur bei auf au nach uber aus sowie durch
    ja seka myo tai etta joka ovat ei kun se
    i na v dlya ot po s k iz za pri vo so ob mezhdu takzhe ili ikh ego a cherez s tselyu ramkakh
    fy mn ala an ma byn khlal wfy wmn bray az dr bh ba ayn ast alty aldhy hdha hdhh dhlk
    的 和 与 及 在 对 为 了 以 等 之 于 中 期 以及 通过""".split()
)
_ORDINALS = {
    word: number
    for number, names in enumerate(
        "first second:ii third:iii fourth:iv fifth sixth:vi seventh:vii eighth:viii ninth:ix tenth".split(), 1
    )
    for word in names.split(":")
}
_NUMBERED = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|eme|e)?$")
PERCENT = frozenset("%٪")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?[%٪]")
_PHASE_WORDS = frozenset("phase faza stage tranche apl dpl prsc round".split())
_PART_WORDS = """component part objective axis priority lot output outcome module package wp window pillar subproject
    composante partie objectif axe priorite volet produit resultat sousprojet
    componente parte objetivo eje prioridad lote producto modulo resultado
    komponente teil ziel achse schwerpunkt modul arbeitspaket teilprojekt ergebnis"""
_PART_STEMS = frozenset(stem(word) for word in _PART_WORDS.split())
_GLUED = tuple(word for word in _PART_WORDS.split() if len(word) >= 8)
_COUNTERS = _PART_STEMS | _PHASE_WORDS | _ORDINALS.keys()
_BETWEEN = frozenset("no nr num numero number nummer".split())
_ROMAN_AFTER_PHASE = {"i": 1, "v": 5, "x": 10}
_MORE_MONEY = re.compile(
    r"\b(?:additional|supplemental|supplementary) (?:financing|credit|loan|grant|finance)\b"
    r"|\badd(?:l|itional)? fin\b|\baf\b$"
    r"|\bfinancement (?:additionnel|supplementaire)\b|\bfinancia(?:miento|cion) adicional\b"
    r"|\bdopolnitelnoe finansirovanie\b|\btmwyl adafy\b|追加(?:融资|贷款)"
)
_IN_PART = re.compile(r"\b(?:part of|portion)\b|\d ?%", re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
_MORE_LETTERS, _MORE_AT_END = ("add", "supplementa", "adicional", "dopolnit", "tmwyl", "追加"), ("af", "af\n")
ADDITIONAL = 1000


def words(text: str) -> list[str]:
    """The words of a text in order, each as the concept of the glossary that it means, or else as its stem.

    Every chunk between blanks is read by itself. Chinese is cut into terms of the glossary and pairs of characters.

    >>> words("Borders of the Afghan region"), words("Границы региона"), words("边境地区")
    (['border', 'of', 'the', 'afghanista', 'region'], ['border', 'region'], ['border', 'region'])
    """
    return spoken(fold(text))


def spoken(plain: str) -> list[str]:
    """The same of a text that is folded already."""
    return [concept(plain)] if plain.isascii() and plain.isalnum() else normal(WORD.findall(plain))


def normal(found: Iterable[str]) -> list[str]:
    """Folded words as concepts or stems; a run of Chinese may hold several."""
    known: list[str] = []
    for word in found:
        if word[0] >= CHINESE:
            known += glossary().concepts(word)
        else:
            known.append(concept(word))
    return known


def stems(text: str) -> list[str]:
    """The words of a text as they are written, without the glossary: what initials are taken from."""
    return [stem(word) for word in WORD.findall(fold(text))]


@lru_cache(maxsize=200_000)
def concept(word: str) -> str:
    """The concept of a folded word that isn't Chinese, or its stem."""
    return glossary().concept(word)


def ordinals(text: str) -> frozenset[int]:
    """The phase, round or ordinal numbers of a title; additional financing counts as ADDITIONAL.

    >>> sorted(ordinals("Second Education Project, Phase III")), sorted(ordinals("Education Project (02)"))
    ([2, 3], [2])
    """
    return phases_and_parts(fold(text))[0]


def parts(text: str) -> frozenset[int]:
    """The numbers of components, objectives, axes, lots and the like in a title: parts of one thing, no phases.

    >>> sorted(parts("Priority Axis II: technical assistance")), sorted(parts("Rural roads, phase 2"))
    ([2], [])
    """
    return phases_and_parts(fold(text))[1]


def phases_and_parts(plain: str) -> tuple[frozenset[int], frozenset[int]]:
    """What `ordinals` and `parts` find in a folded title, which is read once for both."""
    found = {ADDITIONAL} if may_add_money(plain) and _MORE_MONEY.search(plain) else set()
    within: set[int] = set()
    for number, part in numbered(plain):
        (within if part else found).add(number)
    return frozenset(found - {19}), frozenset(within)


class Written(NamedTuple):
    """A written word of a title: the number it is, the Roman figure it may be, what a number after it counts.

    `between` words stand between a phase and its number and are passed over, as in "phase no. 2".
    """

    number: int | None
    roman: int
    counts: str
    between: bool


def written(plain: str) -> Iterator[Written]:
    """What each word of a folded text has to do with numbers."""
    return map(alone, counted(plain))


def counted(plain: str) -> list[str]:
    """The words of a folded text; percentages are none."""
    if plain.isascii() and plain.isalnum():
        return [plain]
    return WORD.findall(_PERCENT.sub(" ", plain))


@lru_cache(maxsize=200_000)
def alone(word: str) -> Written:
    """What a folded word has to do with numbers, wherever it stands."""
    figures, meant = _NUMBERED.match(word), normal((word,))[-1]
    number = int(figures[1]) if figures else _ORDINALS.get(meant)
    return Written(number, _ROMAN_AFTER_PHASE.get(word, 0), counts(word, meant), word in _BETWEEN)


def may_count(word: str, meant: str) -> bool:
    """Whether a folded word may be a number in a title: told at a glance from its letters and what it means."""
    return word[0].isdigit() or word in _ROMAN_AFTER_PHASE or meant in _ORDINALS


def numbered(plain: str) -> Iterator[tuple[int, bool]]:
    """Each number of a folded text, and whether it counts parts; single Roman figures need a word before them."""
    before = ""
    for word in written(plain):
        number = word.roman if word.number is None and word.roman and before else word.number
        if number is not None:
            yield number, before == "parts"
        if not word.between:
            before = word.counts


def may_add_money(text: str) -> bool:
    """Whether letters of additional financing stand in a folded text: so `ordinals` may find ADDITIONAL in it."""
    return text.endswith(_MORE_AT_END) or any(letters in text for letters in _MORE_LETTERS)


def counts(word: str, meant: str) -> str:
    """What a number after a folded word counts, of which is known what it means: parts, phases, or neither."""
    if meant in _PART_STEMS or word.endswith(_GLUED) or stem(word) in _PART_STEMS:
        return "parts"
    return "phases" if meant in _PHASE_WORDS else ""


def years(text: str) -> frozenset[int]:
    """The calendar years named in a title, 1950 to 2049."""
    return years_in(text if text.isascii() else fold(text))


def years_in(plain: str) -> frozenset[int]:
    """The same of a text that is folded already."""
    found = _YEAR.findall(plain) if "19" in plain or "20" in plain else ()
    return frozenset(map(int, found))


def in_part(text: str) -> bool:
    """Whether a title says that its money is a part of something: a portion, or so many percent.

    >>> in_part("Clean water (part of a larger grant)"), in_part("Health (56%)"), in_part("Partnership office")
    (True, True, False)
    """
    return bool(_IN_PART.search(text))


def is_number(word: str) -> bool:
    """Whether a word is a phase, a part, an ordinal or a year, and so no part of what a title is about."""
    return word.isdigit() and len(word) <= 4 or word in _COUNTERS
