"""Scripts: text of any script in small Latin letters, Chinese excepted, and words without their endings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяғқҳҷӣӯіїєўңөүұәһґђјљњћџѓќѕ",
        """a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya gh q h j i u
        i i e u n o u u a h g dj j lj nj c dzh g k dz""".split(),
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويأآإٱةىؤئءـپچژگکی" + "ټډړږښګڼېۍځڅہھںےڤۀە",
        """a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a a a a a w y _ _ p ch zh g k y
        t d r zh sh g n y y dz ts h h n y v h h""".split(),
        strict=True,
    )
)
_DIGITS = {sign: str(at % 10) for at, sign in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_SCRIPTS = str.maketrans(
    {sign: letters.replace("_", "") for sign, letters in (_CYRILLIC | _ARABIC | _DIGITS).items()}
)
_VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0670]")
_ARTICLE = re.compile(
    "[ابفكلو](?<![\u0620-\u06d3]{2})(?:(?<=[ال])ل|(?<=[وفبك])ال|(?<=[وف])[بك]ال|(?<=[وف])لل)(?=[\u0620-\u06d3]{3})"
)
_MARKS = re.compile(
    "["
    + "".join(
        chr(code) for code in (*range(0x3100), *range(0xFE20, 0xFE30)) if unicodedata.combining(chr(code))
    )
    + "]+"
)
_CHINESE_FIGURES = {figure: number for number, figure in enumerate("一二三四五六七八九十", 1)}
_CHINESE_NUMBER = re.compile(
    "第([一二三四五六七八九十]{1,3})(?!方|国|世界|者)|([一二三四五六七八九十]{1,3})(?=期)"
)
_APOSTROPHE = re.compile(r"(?<=[a-z])['’`](?=[a-z]\b)")
# The letters of each script, in the order of the numbers below. Their bounds are those of first bytes in UTF-8, so that
# compiled/titles.py counts the same.
_LETTERS = tuple(
    map(re.compile, ("[A-Za-z\u00c0-\u027f]", "[\u0400-\u04ff]", "[\u0600-\u06ff]", "[\u4000-\u9fff]"))
)
LATIN, CYRILLIC, ARABIC, HAN = range(4)
OF_HAN = 2
WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
CHINESE = "\u3400"


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Text in small Latin letters without accents: Cyrillic and Arabic by their sounds, the Arabic article cut.

    Chinese stays, but for its numbered phases.

    >>> fold("Lähetysseura"), fold("Афганистан"), fold("المرحلة ٢"), fold("第二阶段")
    ('lahetysseura', 'afganistan', 'mrhla 2', ' 2 阶段')
    """
    if text.isascii():
        plain = text.lower()
        return _APOSTROPHE.sub("", plain) if "'" in plain or "`" in plain else plain
    plain, western = unicodedata.normalize("NFKC", text).casefold(), is_western(text)
    if not western:
        plain = _ARTICLE.sub("", _VOWEL_SIGNS.sub("", plain)).translate(_SCRIPTS)
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain))
    return _APOSTROPHE.sub("", plain if western else _CHINESE_NUMBER.sub(_figures, plain))


def is_western(text: str) -> bool:
    """Whether a text has letters of Western Europe only, so that no other script has to be looked for.

    >>> is_western("Énergie – “appui”"), is_western("Граница"), is_western("第二阶段")
    (True, False, False)
    """
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def folded(texts: Sequence[str]) -> list[str]:
    """Each of many texts without line ends as `fold` gives it; the plain ones all at once, which takes less time."""
    plain = "\n".join(text for text in texts if text.isascii())
    lines = iter(_APOSTROPHE.sub("", plain.lower()).split("\n"))
    return [next(lines) if text.isascii() else fold(text) for text in texts]


def _figures(match: re.Match[str]) -> str:
    """A Chinese number up to ninety-nine in figures: 十二 is 12, 二十 is 20."""
    tens, ten, ones = (match[1] or match[2]).rpartition("十")
    number = _CHINESE_FIGURES.get(tens, 1) * 10 if ten else 0
    return f" {number + _CHINESE_FIGURES.get(ones, 0)} "


def stem(word: str) -> str:
    """A word without its plural ending, at most ten letters."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:10]


def script(text: str) -> int:
    """The script that most letters of a text are written in; a character of Chinese counts as two letters.

    >>> script("Border control"), script("Охрана границ"), script("边境 (EU)") == HAN
    (0, 1, True)
    """
    if text.isascii():
        return LATIN
    many = [len(letters.findall(text)) for letters in _LETTERS]
    many[HAN] *= OF_HAN
    return many.index(max(many))
