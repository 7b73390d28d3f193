"""Small hands for writing IATI: a child, a narrative in a language, an organization, a web address."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from lxml import etree

from adam.exchange import iati_dialect as at
from adam.exchange.iati_dialect import own
from adam.exchange.iati_records import Directory, Known

SAFE = "/:?#@!$&'()*+,;=-._~"


def child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    """A new child element."""
    return etree.SubElement(parent, name, attributes)


def narrative(parent: etree._Element, text: str, language: str | None = None) -> etree._Element:
    """A text, in a language where it isn't the activity's own."""
    element = etree.SubElement(parent, "narrative")
    if language is not None:
        element.set(at.XML_LANG if at.LANGUAGE.fullmatch(language) else own("language"), language)
    element.text = text
    return element


def named(parent: etree._Element, name: str | None, language: str | None = None) -> None:
    """The name beside a code, for people; it isn't part of the record. Our vocabularies are in English."""
    if name:
        narrative(parent, name, language).set(at.STANDS_IN, "true")


def placed(element: etree._Element, number: int | None) -> None:
    """Say where in its list this row stands, where the order of the elements doesn't."""
    if number is not None:
        element.set(at.ROW, str(number))


def stated(element: etree._Element, row: dict[str, Any]) -> None:
    """Say who added this row, where that isn't the record's owner."""
    if row.get("stated_by"):
        element.set(at.STATED_BY, row["stated_by"])


def body(element: etree._Element, row: dict[str, Any], directory: Directory) -> Known | None:
    """Write the organization of a row: its identifier, our code beside it, its name."""
    code, name = row["organization"], row["name"]
    known = directory.bodies.get(code) if code else None
    reference = known.identifier if known else None
    if code and reference is None and "-" in code and known is None:
        reference = code
    if reference:
        element.set("ref", reference)
    coded = known is None or known.coded
    if code is not None and code != reference and coded:
        element.set(own("organization"), code)
    if name is not None:
        narrative(element, name)
    elif known and not coded:
        narrative(element, known.name)
    elif known:
        named(element, known.name)
    return known


def address(element: etree._Element, url: str) -> None:
    """Write a web address, quoted where XML Schema would refuse it, the original beside."""
    if at.ADDRESS.fullmatch(url):
        element.set("url", url)
        return
    host, separator, rest = url.partition("://")
    quoted = host + separator + quote(rest, SAFE)
    element.set("url", quoted if at.ADDRESS.fullmatch(quoted) else quote(url, ""))
    element.set(own("url"), url)
