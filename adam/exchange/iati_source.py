"""One IATI activity as a source of values: cleaned text, languages, dates, numbers, and what was left out."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree

from adam.domain import organizations
from adam.errors import Problem

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 15
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_TAGS = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|ul|ol|li|div|span|a|h[1-6]|font|table|t[rdh]|sup|sub)\b[^<>]*>", re.I
)
_ENTITIES = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_DATE = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?![a-zA-Z])")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def clean(text: str | None) -> str:
    """Text as ADAM keeps it: NFC, no control or bidi-override characters, no HTML tags, single spaces."""
    if not text:
        return ""
    if "&" in text and _ENTITIES.search(text):
        text = html.unescape(text)
    if "<" in text:
        text = _TAGS.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(_UNWANTED.sub("", text).split())


def iso_date(text: str | None) -> date | None:
    """The day a text such as "2011-03-31Z" begins with; None where it names none from 1950 to 2100."""
    match = _DATE.match(text or "")
    if not match or not 1950 <= int(match[1]) <= 2100:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def number(text: str | None) -> Decimal | None:
    """The decimal a text states (thousands may be grouped by commas); None without one below 1e15."""
    stripped = (text or "").strip()
    if "," in stripped and _GROUPED.fullmatch(stripped):
        stripped = stripped.replace(",", "")
    if not stripped or len(stripped) > 60 or "_" in stripped:
        return None
    try:
        value = Decimal(stripped)
    except InvalidOperation:
        return None
    if not value:
        return Decimal(0)
    # The exponent is asked, not the value: abs() of 1e999999 overflows.
    return value if value.is_finite() and -30 < value.adjusted() < LARGEST.adjusted() else None


def two_places(value: Decimal) -> str:
    """A decimal as the documents carry it: plain notation with two places."""
    return format(value.quantize(CENT), "f")


def language_of(element: etree._Element, default: str) -> str:
    """The lower-case language code of an element's xml:lang, or the default."""
    stated = element.get(XML_LANG)
    match = _LANGUAGE.match(stated) if stated else None
    return match[0].lower() if match else default


def iso_or_text(element: etree._Element | None) -> str | None:
    """The iso-date attribute of a date element, or its text (1.0x files use both)."""
    return None if element is None else element.get("iso-date") or element.text


class Body(NamedTuple):
    """An organization as a file names it: its identifier, its name; either may be None."""

    reference: str | None
    name: str | None


@dataclass(slots=True)
class Source:
    """One activity's children by name, its defaults, and the notes taken while reading it."""

    element: etree._Element
    children: dict[str, list[etree._Element]]
    language: str
    currency: str | None
    reporter: Body = Body(None, None)
    problems: list[Problem] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, element: etree._Element) -> Source:
        """Sort the children of an <iati-activity> by name."""
        children: dict[str, list[etree._Element]] = {}
        for child in element:
            if isinstance(child.tag, str):
                children.setdefault(child.tag, []).append(child)
        currency = (element.get("default-currency") or "").strip().upper()
        source = cls(element, children, language_of(element, "en"), currency or None)
        source.reporter = source.body(source.first("reporting-org"))
        return source

    def all(self, name: str) -> list[etree._Element]:
        """Every child of that name, in the file's order."""
        return self.children.get(name, [])

    def first(self, name: str) -> etree._Element | None:
        """The first child of that name."""
        found = self.children.get(name)
        return found[0] if found else None

    def note(self, remark: str) -> None:
        """Remember that something was left out or changed, and how often: "element: why"."""
        self.notes[remark] = self.notes.get(remark, 0) + 1

    def refuse(self, pointer: str, code: str, detail: str) -> None:
        """Remember a reason for which the activity can't be taken."""
        self.problems.append(Problem(f"#/project/{pointer}", code, detail))

    def narratives(self, element: etree._Element) -> Iterator[tuple[str, str]]:
        """(language, cleaned text) of an element: its narratives (2.0x) or else its own text (1.0x)."""
        own = language_of(element, self.language)
        empty = True
        for narrative in element.iterchildren("narrative"):
            empty = False
            if text := clean(narrative.text):
                yield language_of(narrative, own), text
        if empty and (text := clean(element.text)):
            yield own, text

    def text(self, element: etree._Element | None) -> str:
        """One text of an element: English where there is some, else the first; "" without any."""
        if element is None:
            return ""
        found = list(self.narratives(element))
        return next((text for language, text in found if language == "en"), found[0][1] if found else "")

    def body(self, element: etree._Element | None, limit: int = 300) -> Body:
        """The organization that an element names."""
        if element is None:
            return Body(None, None)
        stated = clean(element.get("ref"))
        reference = organizations.canonical(stated) or organizations.canonical(
            element.get("crs-channel-code")
        )
        name = self.text(element) or (stated if " " in stated and reference is None else "")
        return Body(reference, None if organizations.is_category(name) else name[:limit].strip() or None)
