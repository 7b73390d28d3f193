"""The words that ADAM's IATI files share, both ways: IATI's codes, our vocabularies, and our own namespace.

IATI's own elements come first, its places for a reporter's vocabulary second, and the namespace last: it holds what
IATI has no place for (who may see a record, why a pillar), and marks what stands in only because IATI demands it.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

NAMESPACE = "urn:adam:iati:1"
NAMES = {"adam": NAMESPACE}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
VERSION = "1"
STATUSES = {"pipeline": "1", "active": "2", "completed": "4", "cancelled": "5", "suspended": "6"}
DATES = {"start_planned": "1", "start_actual": "2", "end_planned": "3", "end_actual": "4"}
ROLES = {"funding": "1", "accountable": "2", "extending": "3", "implementing": "4"}
OUTGOING = {"commitment": "2", "disbursement": "3", "expenditure": "4", "pledge": "12"}
INCOMING = {"commitment": "11", "disbursement": "1", "pledge": "13"}
RELATIONS: dict[tuple[str, str | None], str] = {
    ("component", "part"): "1",
    ("component", "whole"): "2",
    ("co_financed", None): "4",
    ("same_money", None): "5",
}
"""related-activity/@type: 1 names the parent, 2 a child, 4 a co-funded activity, 5 another's report of the same one."""
TAGS = {
    "assistance_types": "assistance-types",
    "result_areas": "result-areas",
    "action_plans": "action-plans",
}
"""Lists of codes that are tags of our vocabularies: field → the last part of the vocabulary's address."""
PILLARS, COMMITMENTS = "pillars", "commitments"
OWN_VOCABULARY = "99"
COUNTRY_CODES = "A4"
"""IATI's code for ISO 3166-1 alpha-2 among the vocabularies of places."""
WGS84 = "http://www.opengis.net/def/crs/EPSG/0/4326"
OTHER_TYPE = re.compile(r"[A-Z0-9.\-]{1,20}")
UNTYPED = "A9"
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", re.ASCII)
_AND = r"[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2}"
ADDRESS = re.compile(
    rf"https?://[A-Za-z0-9.\-]+(:\d{{1,5}})?(/({_AND}|/)*)?(\?({_AND}|[/?])*)?(#({_AND}|[/?])*)?", re.ASCII
)
"""Web addresses that XML Schema takes for sure; others are written quoted, with the original beside."""


def own(name: str) -> str:
    """A name of our namespace, as lxml wants it."""
    return f"{{{NAMESPACE}}}{name}"


STANDS_IN, ROW, STATED_BY = own("stands-in"), own("row"), own("stated-by")
"""What IATI demands and the record doesn't have; the place of a row in its list; the partner that added it."""


def is_ours(element: etree._Element) -> bool:
    """Whether ADAM wrote this activity, so that every element means exactly what it says."""
    return element.get(own("version")) == VERSION


def unsaid(element: etree._Element | None) -> tuple[str, ...]:
    """The lists that a file of ours, written for everybody, leaves out or shows in part only."""
    public = element is not None and is_ours(element) and element.get(own("fields")) == "public"
    return ("contributions", "documents", "pillars") if public else ()


def stands_in(element: etree._Element) -> bool:
    """Whether an element is there only because IATI demands one."""
    return element.get(STANDS_IN) == "true"


def scheme_of(kind: str | None) -> str:
    """The scheme of an identifier of this other-identifier/@type."""
    return f"other:{(kind or '').lower()}"


def type_of(scheme: str) -> str | None:
    """The other-identifier/@type that stands for a scheme; None where the scheme must be written beside."""
    kind = scheme.removeprefix("other:").upper()
    fits = scheme.startswith("other:") and OTHER_TYPE.fullmatch(kind) and scheme_of(kind) == scheme
    return kind if fits else None


def vocabulary_of(vocabulary: str, code: str) -> str | None:
    """The sector/@vocabulary that stands for ours; None where ours must be written beside."""
    if vocabulary == "DAC":
        return "2" if len(code) == 3 else "1"
    return None if vocabulary in ("", "1", "2") else vocabulary


def woven(rows: list[tuple[str | None, Any]]) -> list[Any]:
    """Rows in the order of the record: those with a place (counted from 0) go there, the others keep their order."""
    placed = {int(place): row for place, row in rows if place and _NUMBER.fullmatch(place)}
    found = [row for place, row in rows if not (place and _NUMBER.fullmatch(place))]
    for place in sorted(placed):
        found.insert(place, placed[place])
    return found
