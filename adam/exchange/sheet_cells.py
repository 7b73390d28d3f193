"""Cells of spreadsheets as the texts of a project document; what can be read in two ways is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from adam.exchange import layouts
from adam.exchange.layouts import Column

Cell = Any
"""What a file holds: text, a number, a day, true or false, or nothing."""
DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})", re.ASCII)
SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f'\u2019](?=\d{3})")
FIGURES = re.compile(r"\d[\d.,]*", re.ASCII)
GROUPED = {mark: re.compile(rf"\d{{1,3}}(\{mark}\d{{3}})+", re.ASCII) for mark in ",."}
RISKY = re.compile(r"'*[=+\-@\t\r]")
WITHIN = re.compile(r"""([;\t]"*)(?='*[=+\-@])|([\r\n]"*)(?='*[=@])""")
"""After these a program that parts cells at semicolons or tabs would begin a formula."""
GUARDED = re.compile(r"""([;\t]"*)'(?='*[=+\-@])|([\r\n]"*)'(?='*[=@])""")
EXCEL_BEGINS = date(1899, 12, 30)
NUMBERED_DAYS = range(20000, 73051)
TRUE, FALSE = ("yes", "true", "1", "y"), ("no", "false", "0", "n")
CENT = Decimal("0.01")
SHORT = re.compile(r"[\w.:\-]{1,32}", re.ASCII)
OPEN = (None, "organizations")
"""Lists that don't hold every code there is."""


class Unclear(ValueError):
    """A cell that can't be read for certain; carries a stable code and a sentence that says what to write."""

    def __init__(self, code: str, sentence: str):
        self.code = code
        super().__init__(sentence)


def is_empty(value: Cell) -> bool:
    """Whether nothing stands in a cell; spaces are nothing."""
    return value is None or (isinstance(value, str) and not value.strip(" \t\r\n\u00a0"))


def text_of(value: Cell) -> str:
    """A cell as text: whole numbers without a point, days as YYYY-MM-DD."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else _plain(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n") if not isinstance(value, timedelta) else str(value)


def _plain(value: float) -> str:
    return format(Decimal(repr(value)), "f")


def read(column: Column, value: Cell, known: Codes) -> Any:
    """What a cell says in the project document; raises Unclear where it can't be told."""
    reader = READERS.get(column.kind)
    if reader is not None:
        return reader(value)
    text = text_of(value)
    if column.kind != layouts.CODE:
        return text
    found = known.code(column.choices, text.strip())
    if column.choices not in OPEN and not SHORT.fullmatch(found):
        raise Unclear("unknown_code", f"{found} isn't on the list of {column.name}: choose one from it.")
    return found


def day(value: Cell) -> str:
    """A day as YYYY-MM-DD."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = text_of(value).strip()
    if isinstance(value, int | float) or text.isdecimal():
        raise Unclear("date", _number_as_day(text))
    found = YEAR_FIRST.fullmatch(text)
    if found:
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    found = DAY_FIRST.fullmatch(text)
    if found is None:
        return text.removesuffix(" 00:00:00")
    one, two, year = int(found[1]), int(found[2]), found[3]
    if one <= 12 and two <= 12 and one != two:
        readings = f"{year}-{two:02}-{one:02} or {year}-{one:02}-{two:02}"
        raise Unclear("date_ambiguous", f"{text} can be read as two days: write {readings}, year first.")
    return f"{year}-{two:02}-{one:02}" if one > 12 or one == two else f"{year}-{one:02}-{two:02}"


def _number_as_day(text: str) -> str:
    try:
        number = int(float(text))
    except (ValueError, OverflowError):
        number = 0
    if number in NUMBERED_DAYS:
        meant = EXCEL_BEGINS + timedelta(days=number)
        return f"{text} is a number, perhaps {meant}: format the cell as a date, or write {meant}."
    return f"{text} is a number, no day: write year, month, day, such as 2008-01-15."


def amount(value: Cell) -> str:
    """An amount as a decimal string, with two places where it comes as a number."""
    if isinstance(value, bool | date | time | timedelta):
        raise Unclear("decimal", f"{text_of(value)} is no amount: write figures, such as 1200000.00.")
    if isinstance(value, int | float):
        return _rounded(value)
    return _decimal(str(value), "1200000.00")


def share(value: Cell) -> str:
    """A share in percent; a number up to one may be a percentage in disguise and is refused."""
    if isinstance(value, bool | date | time | timedelta):
        raise Unclear("decimal", f"{text_of(value)} is no share: write percent, such as 60.")
    if isinstance(value, int | float):
        if 0 < value <= 1:
            percent = f"{value * 100:.2f}".rstrip("0").rstrip(".")
            raise Unclear(
                "share_ambiguous",
                f"{text_of(value)} may mean {percent} % or {text_of(value)} %: write {percent}, or the small "
                "share as text.",
            )
        return _rounded(value)
    return _decimal(str(value).strip().removesuffix("%").strip(), "60.00")


def _rounded(value: float) -> str:
    """A number as the cell shows it: what a formula leaves beyond the sixth place is noise."""
    exact = Decimal(repr(value))
    if not exact.is_finite():
        raise Unclear("decimal", "This is no number: write figures, such as 1200000.00.")
    near = exact.quantize(CENT) if abs(exact) < Decimal("1e16") else exact
    return format(near if abs(near - exact) < Decimal("0.000001") else exact, "f")


def _decimal(text: str, example: str) -> str:
    """Figures with separators of whatever country, where they can be read in one way only."""
    figures = SPACES.sub("", text.strip())
    if not FIGURES.fullmatch(figures):
        return figures
    marks = sorted({mark for mark in figures if mark in ",."}, key=figures.rindex)
    if len(marks) == 2:
        return _both(figures, marks)
    if not marks or (marks[0] == "." and figures.count(".") == 1 and not GROUPED["."].fullmatch(figures)):
        return figures
    mark = marks[0]
    if figures.count(mark) > 1:
        return figures.replace(mark, "") if GROUPED[mark].fullmatch(figures) else figures
    whole, _, rest = figures.partition(mark)
    if len(rest) == 3 and len(whole) <= 3:
        readings = f"{whole}{rest}.00 or {whole}.{rest.rstrip('0') or '0'}"
        raise Unclear("decimal_ambiguous", f"{text.strip()} can be read in two ways: write {readings}.")
    return f"{whole}.{rest}" if 0 < len(rest) <= 2 else figures


def _both(figures: str, marks: list[str]) -> str:
    """The last mark parts the decimals, the other one groups thousands; else the figures as they are."""
    groups, point = marks
    whole, _, rest = figures.rpartition(point)
    if point in whole or not GROUPED[groups].fullmatch(whole):
        return figures
    return f"{whole.replace(groups, '')}.{rest}"


def degrees(value: Cell) -> str:
    """A coordinate as a decimal string."""
    if isinstance(value, float):
        return _plain(value)
    text = text_of(value).strip().replace("\u2212", "-")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def flag(value: Cell) -> Any:
    """Yes or no as true or false; anything else as it is, for the schema to refuse."""
    text = text_of(value).strip().lower()
    return True if text in TRUE else False if text in FALSE else text


READERS = {
    layouts.DAY: day,
    layouts.AMOUNT: amount,
    layouts.SHARE: share,
    layouts.DEGREES: degrees,
    layouts.FLAG: flag,
}


class Codes:
    """Finds the code of what somebody chose or typed: the code, its name, or both."""

    def __init__(self, choices: layouts.Choices):
        self.known = {name: _index(entries) for name, entries in choices.items()}

    def code(self, name: str | None, text: str) -> str:
        """The code, or the text as it is where the list doesn't hold it."""
        return self.known.get(name or "", {}).get(" ".join(text.casefold().split())) or text


def _index(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded label, code and name → code; a code goes before a name, a name of two codes is none's."""
    listed = list(entries)
    names: dict[str, set[str]] = {}
    for code, name in listed:
        names.setdefault(" ".join(name.casefold().split()), set()).add(code)
    found = {name: codes.pop() for name, codes in names.items() if name and len(codes) == 1}
    found |= {code.casefold(): code for code, _ in listed}
    return found | {" ".join(layouts.label(entry).casefold().split()): entry[0] for entry in listed}


def guarded(text: str) -> str:
    """Text for a CSV file that a spreadsheet doesn't run as a formula: with an apostrophe in front, if it might."""
    text = WITHIN.sub(r"\g<0>'", text)
    return f"'{text}" if RISKY.match(text) else text


def unguarded(text: str) -> str:
    """The text of a CSV file without the apostrophes that guarded it."""
    text = text[1:] if text.startswith("'") and RISKY.match(text) else text
    return GUARDED.sub(lambda found: found[0][:-1], text)
