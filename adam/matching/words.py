"""Words: text made comparable, whatever its script, with phases and years set apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяғқҳҷӣӯіїєўңөү",
        """a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya gh q h j i u
        i i e u n o u""".split(),
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويآأإةىپچژگکی",
        "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a a a a p ch zh g k y".split(),
        strict=True,
    )
)
_SCRIPTS = str.maketrans(
    {key: value.replace("_", "") for key, value in (_CYRILLIC | _ARABIC).items()} | {"ß": "ss"}
)
_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
_APOSTROPHE = re.compile(r"(?<=[a-z])['’`](?=[a-z]\b)")

STOPWORDS = frozenset(
    """a an and as at by for from in into of on or the through to under via with within its their this that is are be
    au aux avec dans de des du en et la le les par pour sur un une al con del el las los para por una y
    der die das und fur ja i na v dlya ot po s
    project projects programme program programmes programs support activities assistance proyecto projet
    proekt hanke""".split()
)
_COUNTING = """first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10
premier=1 premiere=1 deuxieme=2 troisieme=3 quatrieme=4 primera=1 primero=1 segunda=2 segundo=2 tercera=3 tercero=3
pervyi=1 vtoroi=2 vtoraya=2 tretii=3 tretya=3 ii=2 iii=3 iv=4 vi=6 vii=7 viii=8 ix=9"""
_ORDINALS = {word: int(number) for word, number in (entry.split("=") for entry in _COUNTING.split())}
_NUMBERED = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|eme|e)?$")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)? ?%")
_PHASE_WORDS = frozenset("phase phases fase faza etap stage tranche apl dpl prsc round".split())
_PART_WORDS = """component part objective axis priority lot output outcome module package wp window pillar subproject
    composante partie objectif axe priorite volet produit resultat sousprojet
    componente parte objetivo eje prioridad lote producto modulo resultado
    komponente teil ziel achse schwerpunkt modul arbeitspaket teilprojekt ergebnis"""
_BETWEEN = frozenset("no nr num numero number nummer".split())
_ROMAN_AFTER_PHASE = {"i": 1, "v": 5, "x": 10}
_MORE_MONEY = re.compile(
    r"\b(?:additional|supplemental|supplementary) (?:financing|credit|loan|grant|finance)\b"
    r"|\badd(?:l|itional)? fin\b|\baf\b$"
)
ADDITIONAL = 1000


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Text in small Latin letters without accents; Cyrillic and Arabic are transliterated, Chinese stays.

    >>> fold("Lähetysseura"), fold("Афганистан")
    ('lahetysseura', 'afganistan')
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SCRIPTS)
    plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return _APOSTROPHE.sub("", plain)


def words(text: str) -> list[str]:
    """The words of a text in order: plural endings cut, long ones to ten letters, Chinese as pairs of characters.

    >>> words("Borders of the Tajik-Afghan region")
    ['border', 'of', 'the', 'tajik', 'afghan', 'region']
    """
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        if word[0] >= "\u3400":
            found.extend(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        else:
            found.append(stem(word))
    return found


def stem(word: str) -> str:
    """A word without its plural ending, at most ten letters."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:10]


_PART_STEMS = frozenset(stem(word) for word in _PART_WORDS.split())
_COUNTERS = _PART_STEMS | _PHASE_WORDS | _ORDINALS.keys()
_GLUED = tuple(word for word in _PART_WORDS.split() if len(word) >= 8)


def ordinals(text: str) -> frozenset[int]:
    """The phase, round or ordinal numbers of a title; additional financing counts as ADDITIONAL.

    >>> sorted(ordinals("Second Education Project, Phase III")), sorted(ordinals("Education Project (02)"))
    ([2, 3], [2])
    """
    plain = fold(text)
    found = {ADDITIONAL} if _MORE_MONEY.search(plain) else set()
    return frozenset((found | {number for number, part in numbered(plain) if not part}) - {19})


def parts(text: str) -> frozenset[int]:
    """The numbers of components, objectives, axes, lots and the like in a title: parts of one thing, no phases.

    >>> sorted(parts("Priority Axis II: technical assistance")), sorted(parts("Rural roads, phase 2"))
    ([2], [])
    """
    return frozenset(number for number, part in numbered(fold(text)) if part)


def numbered(plain: str) -> Iterator[tuple[int, bool]]:
    """Each number of a folded text, and whether it counts parts; single Roman figures need a word before them."""
    before = ""
    for word in _WORD.findall(_PERCENT.sub(" ", plain)):
        part = before in _PART_STEMS or before.endswith(_GLUED)
        arabic = _NUMBERED.match(word)
        if arabic:
            yield int(arabic[1]), part
        elif word in _ORDINALS:
            yield _ORDINALS[word], part
        elif word in _ROMAN_AFTER_PHASE and (part or before in _PHASE_WORDS):
            yield _ROMAN_AFTER_PHASE[word], part
        if word not in _BETWEEN:
            before = stem(word) if stem(word) in _PART_STEMS else word


def years(text: str) -> frozenset[int]:
    """The calendar years named in a title, 1950 to 2049."""
    return frozenset(int(word) for word in re.findall(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)", text))


def is_number(word: str) -> bool:
    """Whether a word is a phase, a part, an ordinal or a year, and so no part of what a title is about."""
    return word.isdigit() and len(word) <= 4 or word in _COUNTERS
