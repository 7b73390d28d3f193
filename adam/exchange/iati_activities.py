"""What one IATI activity, of version 1.0x or 2.0x, says as a project document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import Any

from lxml import etree

from adam.errors import Problem
from adam.exchange import iati_money, iati_places
from adam.exchange.iati_source import Source, clean, iso_date, iso_or_text

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_IDENTIFIER, LONGEST_URL = 500, 10_000, 200, 1_000
MOST_DOCUMENTS = 50
READ = frozenset(
    "title description activity-status activity-date participating-org reporting-org recipient-country sector location"
    " transaction budget iati-identifier other-identifier related-activity document-link recipient-region".split()
)
STATUSES = {
    "1": "pipeline",
    "2": "active",
    "3": "completed",
    "4": "completed",
    "5": "cancelled",
    "6": "suspended",
}
STATUS_WORDS = (
    ("pipeline", "pipeline"), ("identification", "pipeline"), ("implementation", "active"), ("active", "active"),
    ("ongoing", "active"), ("completion", "completed"), ("complete", "completed"), ("closed", "completed"),
    ("finalisation", "completed"), ("cancel", "cancelled"), ("suspend", "suspended"),
)  # fmt: skip
DATES = {
    "1": "start_planned", "start-planned": "start_planned", "2": "start_actual", "start-actual": "start_actual",
    "3": "end_planned", "end-planned": "end_planned", "4": "end_actual", "end-actual": "end_actual",
}  # fmt: skip
ROLES = {"1": "funding", "2": "accountable", "3": "extending", "4": "implementing"}
RELATIONS = {"1": "component", "2": "component", "4": "co_financed"}
OF_ORGANIZATIONS = frozenset({"B1", "B9"})
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """An activity as read: `document` is None where there are problems."""

    identifier: str | None
    document: dict[str, Any] | None
    problems: tuple[Problem, ...]
    dropped: tuple[str, ...]


def read(element: etree._Element) -> Reading:
    """Read an <iati-activity>. Refused are only: no identifier, no title, an end before its own start."""
    source = Source.of(element)
    for name in source.children:
        if name not in READ:
            source.note(name.rpartition("}")[2])
    identifier = _identifier(source)
    document = _document(source, identifier)
    kept = None if source.problems else document
    return Reading(identifier, kept, tuple(source.problems), tuple(source.notes))


def _document(source: Source, identifier: str | None) -> dict[str, Any]:
    reporter, reporter_name = source.body(source.first("reporting-org"))
    organizations = _organizations(source)
    names = {item["name"].casefold(): item["organization"] for item in organizations if item["name"]}
    known = {name: reference for name, reference in names.items() if reference}
    countries = iati_places.countries(source)
    only_country = countries[0]["country"] if len(countries) == 1 else None
    return {
        **_texts(source),
        **_dates(source),
        "status": _status(source),
        "visibility": "public",
        "organizations": organizations,
        "countries": countries,
        "locations": iati_places.locations(source, only_country),
        "pillars": [],
        "assistance_types": [],
        "beneficiaries": [],
        "contributions": iati_money.contributions(source, reporter or reporter_name, known),
        "identifiers": _identifiers(source, identifier, reporter or reporter_name),
        "relations": _relations(source, identifier),
        "sectors": iati_places.sectors(source),
        "result_areas": [],
        "action_plans": [],
        "documents": _documents(source),
        "last_confirmed_on": _iso(source.element.get("last-updated-datetime")),
    }


def _iso(text: str | None) -> str | None:
    day = iso_date(text)
    return day.isoformat() if day else None


def _identifier(source: Source) -> str | None:
    element = source.first("iati-identifier")
    text = clean(element.text) if element is not None else ""
    if not text:
        source.refuse("identifiers", "identifier_missing", "The activity has no IATI identifier.")
    elif len(text) > LONGEST_IDENTIFIER:
        source.refuse(
            "identifiers", "too_long", f"The identifier is longer than {LONGEST_IDENTIFIER} characters."
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
    fallback = descriptions.get(source.language) or next(iter(descriptions.values()), None)
    return {
        "title": titles.get(language, ""),
        "language": language,
        "description": descriptions.get(language) or fallback,
        "translations": others,
    }


def _descriptions(source: Source) -> dict[str, str]:
    """Language -> its descriptions (general, objectives, target groups, other) in that order, each text once."""
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


def _organizations(source: Source) -> list[dict[str, Any]]:
    """The participating organizations, each once in a role; receivers of money stand in for unnamed implementers."""
    found: dict[tuple[str, str | None, str | None], None] = {}
    for element in source.all("participating-org"):
        stated = (element.get("role") or "").strip().lower()
        role = ROLES.get(stated, stated)
        reference, name = source.body(element)
        if role not in ROLES.values():
            source.note("participating-org: without a known role")
        elif reference or name:
            found[role, reference, name] = None
        else:
            source.note("participating-org: without a name")
    return [{"role": role, "organization": reference, "name": name} for role, reference, name in found]


def _identifiers(source: Source, own: str | None, owner: str | None) -> list[dict[str, Any]]:
    found: dict[tuple[str, str, str | None], None] = {("iati", own, owner): None} if own else {}
    for element in source.all("other-identifier"):
        kind = (element.get("type") or "").strip().upper()
        value = clean(element.get("ref")) or clean(element.text)
        if kind in OF_ORGANIZATIONS:
            source.note("other-identifier: of an organization, not of the activity")
        elif not value or len(value) > LONGEST_IDENTIFIER:
            source.note("other-identifier: empty or too long")
        else:
            scheme = f"other:{kind.lower()[:20]}" if kind else "other"
            found[scheme, value, _owner(source, element) or owner] = None
    return [{"scheme": scheme, "value": value, "owner": owner} for scheme, value, owner in found]


def _owner(source: Source, element: etree._Element) -> str | None:
    reference, name = source.body(element.find("owner-org"))
    return reference or name or clean(element.get("owner-ref")) or clean(element.get("owner-name")) or None


def _relations(source: Source, own: str | None) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], None] = {}
    for element in source.all("related-activity"):
        other = clean(element.get("ref"))
        kind = RELATIONS.get((element.get("type") or "").strip())
        if kind is None:
            source.note("related-activity: sibling or third party")
        elif not other or other == own or len(other) > LONGEST_IDENTIFIER:
            source.note("related-activity: without a usable identifier")
        else:
            found[kind, other] = None
    return [{"kind": kind, "identifier": other} for kind, other in found]


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
