"""The gazetteer: names and acronyms of organizations in six languages, each under the code of one body."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from adam.matching.scripts import CHINESE, WORD, fold, stem
from adam.matching.words import STOPWORDS

PATH = Path(__file__).resolve().parents[2] / "seeds" / "bodies.csv"
LATIN, OTHERS = ("en", "fr", "es"), ("ru", "ar", "zh")
_FUNCTION = frozenset(word for word in STOPWORDS if len(word) <= 4) - {"un", "u", "s", "bei"}
_VAGUE = frozenset(
    stem(word)
    for word in """international national organization organisation agency ministry office department government
    federal foreign affairs cooperation development state republic kingdom programme program fund foundation bureau
    internationale nationale ministere gouvernement etrangeres affaires republique royaume developpement organismo
    internacional nacional organizacion agencia ministerio gobierno oficina exteriores asuntos desarrollo republica
    cooperacion reino agence fonds fondo programa mezhdunarodnaya mezhdunarodnyi organizatsiya agentstvo ministerstvo
    pravitelstvo fond razvitiya sotrudnichestva respublika respubliki korolevstvo inostrannykh del delam upravlenie
    wzara hkwma mnzma wkala mktb dwla dwly dwlya sndwq jmhwrya mmlka tnmya""".split()
)
_BRACKETS = re.compile(r"[(\[\uff08]([^)\]\uff09]*)[)\]\uff09]")
_DASH = re.compile(r"\s+[-\u2013\u2014]+\s+|\s*[\u2013\u2014]\s*")
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u3400-\u9fff]")
_HAN = re.compile("[\u3400-\u9fff]+")
_RUN, _LONG = 6, 4
_UNITED_NATIONS = tuple(
    (frozenset(long.split()), short)
    for long, short in (
        ("united nation", "un"),
        ("nation uny", "onu"),
        ("nacione unida", "onu"),
        ("organizats obedinenny natsii", "oon"),
    )
)
_NATIONS = frozenset(("nation", "nacione", "natsii"))
_ACRONYMS = frozenset(short for _, short in _UNITED_NATIONS)


class Phrases:
    """Sets of words, each with a code, that are looked up by the rarest of their words.

    >>> phrases = Phrases([(frozenset({"world", "bank"}), "WB")])
    >>> [code for _, code in phrases.within(frozenset({"the", "world", "bank"}))]
    ['WB']
    """

    def __init__(self, phrases: Iterable[tuple[frozenset[str], str]]):
        phrases = [phrase for phrase in phrases if phrase[0]]
        counts = Counter(word for words, _ in phrases for word in words)
        self.by_word: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        for words, code in phrases:
            self.by_word[min(words, key=lambda word: (counts[word], word))].append((words, code))

    def within(self, held: frozenset[str]) -> list[tuple[frozenset[str], str]]:
        """The phrases all of whose words are among those given."""
        return [
            phrase
            for word in held
            if word in self.by_word
            for phrase in self.by_word[word]
            if phrase[0] <= held
        ]


@dataclass
class Gazetteer:
    """Forms of names, by their words in whatever order, and the code of the body that each names.

    Latin letters and other scripts have one each, lest an acronym sound like another: МОТ is the ILO, MOT isn't.
    """

    latin: bool = True
    whole: dict[frozenset[str], str] = field(default_factory=dict)
    pieces: dict[frozenset[str], str] = field(default_factory=dict)
    phrases: Phrases = field(default_factory=lambda: Phrases(()))
    chinese: dict[str, str] = field(default_factory=dict)
    runs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def codes(self, spelling: str, stems: Sequence[str]) -> set[str]:
        """The codes of the bodies that a spelling names, `stems` being its words without their endings."""
        held = _telling(frozenset(stems))
        known = self.phrases.within(held)
        found = set(_longest([phrase for phrase in known if _together(phrase[0], stems)])) if known else set()
        outside, pieces = _parts(spelling)
        if is_latin(outside) == self.latin:
            found.add(self.whole.get(key(outside) if pieces else held, ""))
        for piece in pieces:
            code = self.pieces.get(key(piece)) if is_latin(piece) == self.latin else None
            if code and not any(_spells(other, piece) for other in (outside, *pieces)):
                found.add(code)
        if not self.latin and _HAN.search(spelling):
            found.update(self.chinese.get(piece.strip(), "") for piece in pieces)
            found.update(self._chinese("".join(_HAN.findall(fold(spelling)))))
        return found - {""}

    def _chinese(self, run: str) -> Iterator[str]:
        """The whole run, and the longest of the names of six signs or more that stand within it."""
        yield self.chinese.get(run, "")
        within = [
            form
            for at in range(len(run) - _RUN + 1)
            for form in self.runs.get(run[at : at + _RUN], ())
            if run.startswith(form, at)
        ]
        for form in within:
            if not any(form != other and form in other for other in within):
                yield self.chinese[form]


def _together(phrase: frozenset[str], stems: Sequence[str]) -> bool:
    """Whether the words of a phrase stand next to each other, in whatever order."""
    row = [word for word in stems if word not in _FUNCTION]
    wide = len(phrase) + (not phrase.isdisjoint(_ACRONYMS))
    return any(phrase <= _shortened(frozenset(row[at : at + wide])) for at in range(len(row)))


def _longest(phrases: list[tuple[frozenset[str], str]]) -> Iterator[str]:
    for words, code in phrases:
        if not any(words < others for others, _ in phrases):
            yield code


def _parts(spelling: str) -> tuple[str, list[str]]:
    """What stands outside of brackets, and what stands in them or beside a dash."""
    pieces = _BRACKETS.findall(spelling)
    outside = _BRACKETS.sub(" ", spelling) if pieces else spelling
    if " -" in outside or not outside.isascii():
        sides = _DASH.split(outside)
        pieces += sides if len(sides) > 1 else []
    return outside, pieces


def _spells(name: str, acronym: str) -> bool:
    """Whether an acronym is made of the initials of a name, and so means that name and no other."""
    found = WORD.findall(fold(name))
    letters = fold(acronym).strip()
    shorter = [word for word in found if word not in STOPWORDS]
    return len(found) > 1 and letters in ("".join(w[0] for w in found), "".join(w[0] for w in shorter))


def key(text: str) -> frozenset[str]:
    """The words of a name but for function words."""
    return _telling(frozenset(map(stem, WORD.findall(fold(text)))))


def is_latin(text: str) -> bool:
    """Whether a text is in Latin letters throughout."""
    return text.isascii() or not _OTHER_SCRIPT.search(text)


def _telling(words: frozenset[str]) -> frozenset[str]:
    return _shortened(words - _FUNCTION or words)


def _shortened(words: frozenset[str]) -> frozenset[str]:
    """Words with the United Nations by their initials, as many write them within a longer name."""
    for long, short in () if words.isdisjoint(_NATIONS) else _UNITED_NATIONS:
        if long <= words:
            return words - long | {short}
    return words


def outspoken(agreed: list[tuple[frozenset[str], str]], found: set[str], stems: Sequence[str]) -> set[str]:
    """Of the codes of agreed phrases those that are not mere words within the longer name of another body found."""
    strangers = found - {code for _, code in agreed}
    if not agreed or not strangers:
        return {code for _, code in agreed}
    longer = gazetteer(latin=True).phrases.within(_telling(frozenset(stems)))
    taken = [words for words, code in longer if code in strangers]
    return {code for words, code in agreed if not any(words - _FUNCTION < others for others in taken)}


def named(spelling: str, stems: Sequence[str]) -> set[str]:
    """The codes of the bodies that a spelling names in whatever script, `stems` being its words without endings.

    >>> named("UNODC", ["unodc"]), named("ЮНОДК", ["yunodk"])
    ({'UNODC'}, {'UNODC'})
    """
    found = gazetteer(latin=True).codes(spelling, stems)
    return found if is_latin(spelling) else found | gazetteer(latin=False).codes(spelling, stems)


@lru_cache(maxsize=2)
def gazetteer(latin: bool) -> Gazetteer:
    """The forms of the seeds in Latin letters, or those in other scripts; each is read when first asked for."""
    return read(PATH.read_text(encoding="utf-8"), latin)


def read(text: str, latin: bool) -> Gazetteer:
    """A gazetteer from a table of code and languages, with forms parted by semicolons.

    `=` before a form: only as the whole name. So are all forms under a code of two letters, which name states.
    What follows a dot in a code parts the rows of one body.
    """
    found = Gazetteer(latin)
    phrases: list[tuple[frozenset[str], str]] = []
    stems = lru_cache(maxsize=None)(stem)
    for number, cell in _rows(text, LATIN if latin else OTHERS):
        code = number.partition(".")[0]
        for form in filter(None, cell.split(";")):
            only = form[0] == "=" or len(number) == 2
            if form[-1] >= CHINESE:
                _take_chinese(found, form, "" if only else code, code)
                continue
            words = _telling(frozenset(map(stems, WORD.findall(form))))
            found.whole.setdefault(words, code)
            if not only:
                found.pieces.setdefault(words, code)
                if _says_enough(words):
                    phrases.append((words, code))
    found.phrases = Phrases(phrases)
    return found


def _says_enough(words: frozenset[str]) -> bool:
    """Whether words name a body within a longer name: two that aren't vague, or one among many."""
    return len(words - _VAGUE) >= (2 if len(words) < _LONG else 1)


def _rows(text: str, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The codes of a table and their folded forms; folded all at once, which takes less time."""
    rows = list(csv.DictReader(text.splitlines()))
    cells = "\n".join(";".join(row[language] for language in languages) for row in rows)
    return zip((row["code"] for row in rows), fold.__wrapped__(cells).split("\n"), strict=True)


def _take_chinese(found: Gazetteer, form: str, within: str, code: str) -> None:
    name = "".join(_HAN.findall(form))
    found.chinese.setdefault(name, code)
    if within and len(name) >= _RUN:
        found.runs[name[:_RUN]].append(name)
