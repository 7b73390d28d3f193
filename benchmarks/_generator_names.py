"""The places and organizations of a made-up world, with their spellings in six languages."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from random import Random

from _generator_words import LANGUAGES, mistyped, rows
from babel import Locale

RECIPIENTS = tuple(
    "AF UA SY YE SD ET SO PK TJ KG UZ SS CD NG MM BD ML TM KZ LB IQ JO PS CO HT NE BF TD KE UG MZ CF CM MD GE AM AZ "
    "AL BA RS ME MK XK TR BY IR IN NP LK KH LA VN PH ID EG LY TN MA DZ MR SN GN SL LR CI GH TG BJ RW BI TZ ZM ZW MW "
    "MG AO NA HN GT SV NI EC PE BO PY VE CU DO MN CN PG FJ TL".split()
)
REGIONS = tuple(
    tuple(codes.split())
    for codes in (
        "KZ KG TJ TM UZ", "AF IR PK", "AF KZ KG TJ TM UZ", "AL BA RS ME MK XK", "MD UA GE AM AZ BY", "GE AM AZ",
        "ML NE BF TD MR", "KE UG TZ RW BI", "ET SO SD SS KE", "SY LB JO IQ TR EG", "LY TN MA DZ EG",
        "HN GT SV NI", "CO EC PE BO VE", "KH LA VN MM", "SN GN SL LR CI GH TG BJ NG",
    )
)  # fmt: skip
SYLLABLES = (
    "kan da har ba dakh shan pan jsher zar nim ruz kho rog gor no osh da kul ob tur ghon deh mazar kho ja ur".split(),
    "vel ika nov ogra dar bor sla vin pet rov kos ljub mir sta gra dno kra lje vo zhy tomyr kher son bil".split(),
    "mba ko lo goma kin du wa ga na mo ru ta bo li ka nza si ndi ya ma to gou dji bou sse nya".split(),
    "san ta cha co ri ba lta que pa mi gua ya ra nca tun jo cal ti lla vi pu no hua la".split(),
)
CYRILLIC = {
    "shch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "gh": "г", "dj": "дж", "lj": "ль", "qu": "к",
    "ou": "у", "ya": "я", "yu": "ю", "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х",
    "i": "и", "j": "дж", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с",
    "t": "т", "u": "у", "v": "в", "w": "в", "x": "кс", "y": "й", "z": "з",
}  # fmt: skip
ARABIC = {
    "kh": "خ", "sh": "ش", "gh": "غ", "ch": "تش", "zh": "ج", "dj": "ج", "ou": "و", "qu": "ك", "a": "ا", "b": "ب",
    "c": "ك", "d": "د", "e": "ي", "f": "ف", "g": "غ", "h": "ه", "i": "ي", "j": "ج", "k": "ك", "l": "ل", "m": "م",
    "n": "ن", "o": "و", "p": "ب", "q": "ق", "r": "ر", "s": "س", "t": "ت", "u": "و", "v": "ف", "w": "و", "x": "كس",
    "y": "ي", "z": "ز",
}  # fmt: skip
CHINESE = "阿巴卡达德尔法格哈吉克拉马姆纳诺奥帕奇里萨塔图乌瓦夏亚扎伊埃古胡科鲁莫尼普沙苏托维希朱"
SPOKEN = {
    **dict.fromkeys("ML NE BF TD CD CF CM SN CI TG BJ RW BI MG HT DZ MA".split(), "fr"),
    **dict.fromkeys("KZ KG TJ UZ TM BY AM UA".split(), "ru"),
    **dict.fromkeys("CO HN GT SV NI EC PE BO PY VE CU DO".split(), "es"),
    **dict.fromkeys("SY YE SD IQ JO LB EG LY PS TN MR".split(), "ar"),
    **dict.fromkeys("CN MN KH LA".split(), "zh"),
}
"""The language in which the bodies of a country report, where it is not English."""
KINDS = "Foundation Association Centre Union Institute Council Society Network Trust Initiative".split()
FIELDS = (
    "Rural Development", "Human Rights", "Public Health", "Relief", "Women's Rights", "Legal Aid", "Education",
    "Border Studies", "Drug Prevention", "Agricultural Extension", "Democracy", "Youth", "Water Resources",
    "Community Services", "Social Research", "Clean Energy",
)  # fmt: skip
LOCAL = 4000


def written(name: str, script: dict[str, str]) -> str:
    """A Latin name in another script, letter by letter, longest groups first."""
    found, at, name = [], 0, name.lower()
    while at < len(name):
        length = next((size for size in (4, 2, 1) if name[at : at + size] in script), 0)
        found.append(script[name[at : at + length]] if length else name[at])
        at += length or 1
    return "".join(found)


@lru_cache(maxsize=200_000)
def spelled_in(name: str, language: str) -> str:
    """A proper name as a language writes it."""
    if language == "ru":
        return written(name, CYRILLIC).title()
    if language == "ar":
        return written(name, ARABIC)
    if language == "zh":
        return "".join(
            CHINESE[ord(char) * 7 % len(CHINESE)] for char in name.lower() if char not in "aeiou -"
        )
    return name


_TERRITORIES = {language: Locale(language).territories for language in LANGUAGES}


def country_name(code: str, language: str) -> str:
    """The name of a country in a language."""
    return _TERRITORIES[language][code]


@dataclass(frozen=True, slots=True)
class Organization:
    """Somebody who pays or does the work: the code, the spellings in use, how it writes and what it counts in."""

    code: str
    names: tuple[str, ...]
    language: str = "en"
    currency: str = "USD"
    number: int = 0

    def spelled(self, chance: Random) -> str:
        """One of the spellings that others use."""
        at = chance.random()
        if at < 0.58:
            return self.names[0]
        if at < 0.75:
            return self.code
        if at < 0.83:
            return self.names[int(chance.random() * len(self.names))]
        if at < 0.91:
            return f"{self.names[0]} ({self.code})"
        return self.names[0].upper() if at < 0.95 else mistyped(chance, self.names[0])

    @property
    def own(self) -> str:
        """How it spells itself."""
        return self.names[1 if self.number % 6 == 5 and len(self.names) > 1 else 0]


class Ranked:
    """Draws from a list whose first entries are the most frequent ones."""

    def __init__(self, items: list, power: float):
        self.items = items
        self.sums = list(accumulate((rank + 2.0) ** -power for rank in range(len(items))))

    def draw(self, chance: Random):
        """One entry, by Zipf's law."""
        return self.items[bisect(self.sums, chance.random() * self.sums[-1])]


class World:
    """The places and bodies that all records of one seed share."""

    def __init__(self, seed: int):
        chance = Random(f"world/{seed}")
        self.countries = Ranked(list(RECIPIENTS), 0.9)
        self.places = {code: Ranked(_places(chance, number), 0.7) for number, code in enumerate(RECIPIENTS)}
        self.funders = Ranked(_funders(), 0.9)
        self.agencies = Ranked(_agencies(), 0.75)
        self.local = Ranked([self._body(chance, number) for number in range(LOCAL)], 0.6)
        self.by_country: dict[str, list[Organization]] = {code: [] for code in RECIPIENTS}
        for body in self.local.items:
            self.by_country[self.countries.draw(chance)].append(body)

    def _body(self, chance: Random, number: int) -> Organization:
        country = self.countries.draw(chance)
        place = self.places[country].draw(chance)
        kind, field = chance.choice(KINDS), chance.choice(FIELDS)
        forms = (f"{place} {kind} for {field}", f"{field} {kind} {place}", f"{place} {field} {kind}")
        at = int(chance.random() * 3)
        name = forms[at]
        code = "".join(word[0] for word in name.split() if word[0].isupper())
        names = (name, forms[(at + 1) % 3], f"NGO {name}")
        language = SPOKEN.get(country, "en") if chance.random() < 0.6 else "en"
        return Organization(code, names, language, number=number)


def _places(chance: Random, number: int) -> list[str]:
    syllables = SYLLABLES[(0, 0, 1, 2, 3)[number % 5]]
    found = dict.fromkeys(
        "".join(chance.choice(syllables) for _ in range(chance.choice((2, 2, 3, 3, 4)))).capitalize()
        for _ in range(70)
    )
    return list(found)


def _funders() -> list[Organization]:
    return [
        Organization(row["acronym"], tuple(row["names"].split("|")), row["language"], row["currency"], number)
        for number, row in enumerate(rows("funders"))
    ]


def _agencies() -> list[Organization]:
    return [
        Organization(row["acronym"], tuple(row["names"].split("|")), "en", "USD", number)
        for number, row in enumerate(rows("agencies"))
    ]
