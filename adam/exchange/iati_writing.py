"""Accepted records out as IATI 2.03, one activity at a time, so that a file of any length needs no memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from lxml import etree

from adam.exchange import iati_dialect as at
from adam.exchange import iati_writing_money, iati_writing_parts
from adam.exchange.iati_dialect import own
from adam.exchange.iati_elements import child, narrative, placed
from adam.exchange.iati_records import Directory, Record, identifier_of

NO_DATES = "No date is recorded: this is the day on which ADAM took the record in."


def head(now: datetime) -> bytes:
    """The beginning of a file."""
    day = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    names = f'xmlns:adam="{at.NAMESPACE}"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03" generated-datetime="{day}" {names}>\n'
    ).encode()


TAIL = b"</iati-activities>\n"


def pieces(records: Iterable[tuple[Record, Directory]], now: datetime) -> Iterator[bytes]:
    """A whole file in pieces, one for each record."""
    yield head(now)
    for record, directory in records:
        yield serialized(activity(record, directory))
    yield TAIL


def serialized(element: etree._Element) -> bytes:
    """One activity as it stands in a file, whose head declares the namespace."""
    text = etree.tostring(element, encoding="utf-8", xml_declaration=False)
    return text.replace(f' xmlns:adam="{at.NAMESPACE}"'.encode(), b"", 1) + b"\n"


def activity(record: Record, directory: Directory) -> etree._Element:
    """The <iati-activity> of a record; every list keeps its order (see iati_own.py, which reads it back)."""
    found = etree.Element("iati-activity", nsmap=at.NAMES)
    _attributes(found, record)
    _identity(found, record, directory)
    _texts(found, record.document)
    iati_writing_parts.participants(found, record, directory)
    iati_writing_parts.other_identifiers(found, record, identifier_of(record, directory)[1])
    child(found, "activity-status", code=at.STATUSES[record.document["status"]])
    _dates(found, record)
    for write in (
        iati_writing_parts.countries,
        iati_writing_parts.locations,
        iati_writing_parts.sectors,
        iati_writing_parts.tags,
        iati_writing_money.transactions,
        iati_writing_parts.documents,
        iati_writing_parts.relations,
        iati_writing_parts.extensions,
    ):
        write(found, record, directory)
    return found


def _attributes(found: etree._Element, record: Record) -> None:
    document = record.document
    found.set("last-updated-datetime", record.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    language = document["language"]
    found.set(at.XML_LANG if at.LANGUAGE.fullmatch(language) else own("language"), language)
    found.set(own("version"), at.VERSION)
    found.set(own("reference"), record.reference)
    found.set(own("visibility"), document["visibility"])
    found.set(own("fields"), record.fields)
    if document["last_confirmed_on"]:
        found.set(own("confirmed-on"), document["last_confirmed_on"])


def _identity(found: etree._Element, record: Record, directory: Directory) -> None:
    value, place = identifier_of(record, directory)
    element = child(found, "iati-identifier")
    element.text = value
    if place is None:
        element.set(at.STANDS_IN, "true")
    else:
        placed(element, place if place else None)
        owner = record.document["identifiers"][place].get("owner")
        if owner is not None:
            element.set(own("owner"), owner)
    reporter = directory.reporter(record.owner)
    told = {"ref": reporter.identifier or record.owner, "type": reporter.kind, "secondary-reporter": "1"}
    narrative(child(found, "reporting-org", **told), reporter.name)


def _texts(found: etree._Element, document: dict[str, Any]) -> None:
    rows = document["translations"]
    languages = [row["language"] for row in rows]
    title = child(found, "title")
    narrative(title, document["title"])
    for row in rows:
        narrative(title, row["title"], row["language"])
    said: list[tuple[str | None, str | None, int | None]] = [(None, document["description"], None)]
    # A language that stands twice doesn't say whose description it is: the place does.
    said += [
        (row["language"], row["description"], number if languages.count(row["language"]) > 1 else None)
        for number, row in enumerate(rows)
    ]
    element = child(found, "description", type="1")
    for language, text, number in said:
        if text is not None:
            placed(narrative(element, text, language), number)
    if not len(element):
        element.set(at.STANDS_IN, "true")
        narrative(element, document["title"])


def _dates(found: etree._Element, record: Record) -> None:
    stated = [(kind, record.document[name]) for name, kind in at.DATES.items() if record.document[name]]
    for kind, day in stated:
        child(found, "activity-date", type=kind, **{"iso-date": day})
    if not stated:
        element = child(found, "activity-date", type="1", **{"iso-date": _iso(record.recorded_on)})
        element.set(at.STANDS_IN, "true")
        narrative(element, NO_DATES, None if record.document["language"] == "en" else "en")


def _iso(day: date) -> str:
    return day.isoformat()
