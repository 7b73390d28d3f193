"""What one IATI activity, of version 1.0x or 2.0x, says as a project document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import Any

from lxml import etree

from adam.errors import Problem
from adam.exchange import iati_dialect, iati_dropped, iati_money, iati_own, iati_parties, iati_places
from adam.exchange.iati_source import Source, clean, iso_date, iso_or_text

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_URL = 500, 10_000, 2_000
MOST_DOCUMENTS, MOST_ROWS = 50, 500
STATUSES = {
    "1": "pipeline",
    "2": "active",
    "3": "completed",
    "4": "completed",
    "5": "cancelled",
    "6": "suspended",
}
STATUS_WORDS = (
    ("pipeline", "pipeline"), ("identification", "pipeline"), ("implementation", "active"),
    ("active", "active"), ("ongoing", "active"), ("complet", "completed"), ("closed", "completed"),
    ("finalisation", "completed"), ("cancel", "cancelled"), ("suspend", "suspended"),
)  # fmt: skip
DATES = {
    "1": "start_planned", "start-planned": "start_planned",
    "2": "start_actual", "start-actual": "start_actual",
    "3": "end_planned", "end-planned": "end_planned", "4": "end_actual", "end-actual": "end_actual",
}  # fmt: skip
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """An activity as read: `document` is None where there are problems; `dropped` is "element: why" → how often."""

    identifier: str | None
    document: dict[str, Any] | None
    problems: tuple[Problem, ...]
    dropped: dict[str, int]


def read(element: etree._Element) -> Reading:
    """Read an <iati-activity>. Refused are only: no identifier, no title, an end before its own start."""
    if iati_dialect.is_ours(element):
        return _own(element)
    source = Source.of(element)
    identifier = _identifier(source)
    document = _document(source, identifier)
    iati_dropped.note(source)
    kept = None if source.problems else document
    return Reading(identifier, kept, tuple(source.problems), source.notes)


def _own(element: etree._Element) -> Reading:
    """An activity that ADAM wrote; what is wrong with it, the schema says."""
    identifier = (element.findtext("iati-identifier") or "").strip()[: iati_parties.LONGEST_IDENTIFIER]
    source = Source.of(element)
    iati_dropped.note_own(element, source)
    if element.get(iati_dialect.own("fields")) == "public":
        source.note("transaction, document-link: left out of files that are written for everybody")
    return Reading(identifier or None, iati_own.document(element), (), source.notes)


def _document(source: Source, identifier: str | None) -> dict[str, Any]:
    participants = iati_parties.participants(source)
    known = iati_parties.known_names(participants)
    countries = iati_places.countries(source)
    only_country = countries[0]["country"] if len(countries) == 1 else None
    return {
        **_texts(source),
        **_dates(source),
        "status": _status(source),
        "visibility": "public",
        "organizations": _most(source, "participating-org", participants),
        "countries": countries,
        "locations": iati_places.locations(source, only_country),
        "pillars": [],
        "assistance_types": [],
        "beneficiaries": [],
        "contributions": _most(source, "transaction", iati_money.contributions(source, known)),
        "identifiers": _most(source, "other-identifier", iati_parties.identifiers(source, identifier)),
        "relations": _most(source, "related-activity", iati_parties.relations(source, identifier)),
        "sectors": _most(source, "sector", iati_places.sectors(source)),
        "result_areas": [],
        "action_plans": [],
        "documents": _documents(source),
        "last_confirmed_on": _iso(source.element.get("last-updated-datetime")),
    }


def _most(source: Source, what: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(rows) > MOST_ROWS:
        source.note(f"{what}: more than {MOST_ROWS}")
    return rows[:MOST_ROWS]


def _iso(text: str | None) -> str | None:
    day = iso_date(text)
    return day.isoformat() if day else None


def _identifier(source: Source) -> str | None:
    element = source.first("iati-identifier")
    text = clean(element.text) if element is not None else ""
    if not text:
        source.refuse("identifiers", "identifier_missing", "The activity has no IATI identifier.")
    elif len(text) > iati_parties.LONGEST_IDENTIFIER:
        source.refuse(
            "identifiers",
            "too_long",
            f"The identifier is longer than {iati_parties.LONGEST_IDENTIFIER} characters.",
        )
        return None
    return text or None


def _texts(source: Source) -> dict[str, Any]:
    titles: dict[str, str] = {}
    for language, text in chain.from_iterable(source.narratives(element) for element in source.all("title")):
        titles.setdefault(language, _cut(source, "title", text, LONGEST_TITLE))
    descriptions = _descriptions(source)
    if not titles:
        source.refuse("title", "required", "The activity has no title.")
    language = next((found for found in ("en", source.language) if found in titles), next(iter(titles), "en"))
    others = [
        {"language": other, "title": title, "description": descriptions.get(other)}
        for other, title in titles.items()
        if other != language
    ]
    if descriptions.keys() - titles.keys() and language in descriptions:
        source.note("description: in a language without a title")
    fallback = descriptions.get(source.language) or next(iter(descriptions.values()), None)
    return {
        "title": titles.get(language, ""),
        "language": language,
        "description": descriptions.get(language) or fallback,
        "translations": others,
    }


def _descriptions(source: Source) -> dict[str, str]:
    """Language -> its descriptions (general, objectives, target groups, other), each text once."""
    ordered = sorted(source.all("description"), key=lambda element: element.get("type") or "0")
    found: dict[str, dict[str, None]] = {}
    for language, text in chain.from_iterable(source.narratives(element) for element in ordered):
        found.setdefault(language, {})[text] = None
    joined = {language: "\n\n".join(texts) for language, texts in found.items()}
    return {key: _cut(source, "description", text, LONGEST_DESCRIPTION) for key, text in joined.items()}


def _cut(source: Source, what: str, text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    source.note(f"{what}: cut at {limit} characters")
    return text[: limit - 1].rstrip() + "…"


def _dates(source: Source) -> dict[str, str | None]:
    found: dict[str, str | None] = dict.fromkeys(
        ("start_planned", "end_planned", "start_actual", "end_actual")
    )
    for element in source.all("activity-date"):
        field = DATES.get((element.get("type") or "").strip().lower())
        day = _iso(iso_or_text(element))
        if field is None or day is None:
            source.note("activity-date: not a date" if field else "activity-date: of an unknown type")
        elif found[field] is None:
            found[field] = day
    for kind in ("planned", "actual"):
        start, end = found[f"start_{kind}"], found[f"end_{kind}"]
        if start and end and end < start:
            detail = f"The {kind} end, {end}, is before the {kind} start, {start}."
            source.refuse(f"end_{kind}", "end_before_start", detail)
    return found


def _status(source: Source) -> str:
    element = source.first("activity-status")
    if element is not None:
        if status := STATUSES.get((element.get("code") or "").strip()):
            return status
        words = source.text(element).lower()
        if status := next((status for word, status in STATUS_WORDS if word in words), None):
            return status
    ended = any(
        _iso(iso_or_text(date))
        for date in source.all("activity-date")
        if date.get("type") in ("4", "end-actual")
    )
    source.note("activity-status: not stated, taken from the dates")
    return "completed" if ended else "active"


def _documents(source: Source) -> list[dict[str, str]]:
    found: dict[str, str] = {}
    for element in source.all("document-link"):
        url = (element.get("url") or "").strip()
        if not WEB_ADDRESS.fullmatch(url) or len(url) > LONGEST_URL:
            source.note("document-link: no web address")
        elif len(found) >= MOST_DOCUMENTS and url not in found:
            source.note(f"document-link: more than {MOST_DOCUMENTS}")
        else:
            found.setdefault(
                url, source.text(element.find("title"))[:300].strip() or url.rpartition("/")[2] or url
            )
    return [{"title": title, "url": url} for url, title in found.items()]
