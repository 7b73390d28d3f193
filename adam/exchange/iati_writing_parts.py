"""The lists of a record as IATI: who, which identifiers, where, what for, documents, relations; and what is ours."""

from __future__ import annotations

import mimetypes
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from adam.exchange import iati_dialect as at
from adam.exchange.iati_dialect import own
from adam.exchange.iati_elements import address, body, child, named, narrative, placed, stated
from adam.exchange.iati_records import Directory, Record

ABOUT_THE_ACTIVITY = "A12"
"""DocumentCategory: an activity's page on the web; ADAM doesn't know what kind of document a link leads to."""


def participants(found: etree._Element, record: Record, directory: Directory) -> None:
    """participating-org; a record without any is accounted for by the partner that reports it."""
    for row in record.document["organizations"]:
        element = child(found, "participating-org", role=at.ROLES[row["role"]])
        body(element, row, directory)
        stated(element, row)
    if not record.document["organizations"]:
        reporter = directory.reporter(record.owner)
        element = child(found, "participating-org", role=at.ROLES["accountable"])
        element.set(at.STANDS_IN, "true")
        if reporter.identifier:
            element.set("ref", reporter.identifier)
        narrative(element, reporter.name)


def other_identifiers(found: etree._Element, record: Record, but: int | None) -> None:
    """Every identifier but the one that is the activity's own."""
    for number, row in enumerate(record.document["identifiers"]):
        if number == but:
            continue
        kind = at.type_of(row["scheme"])
        element = child(found, "other-identifier", ref=row["value"], type=kind or at.UNTYPED)
        if kind is None:
            element.set(own("scheme"), row["scheme"])
        if row["owner"] is not None:
            child(element, "owner-org", ref=row["owner"])
        stated(element, row)


def countries(found: etree._Element, record: Record, directory: Directory) -> None:
    """recipient-country; a country without a share has no percentage."""
    for row in record.document["countries"]:
        element = child(found, "recipient-country", code=row["country"])
        if row["share"] is not None:
            element.set("percentage", row["share"])
        named(element, directory.title("countries", row["country"]), "en")


def locations(found: etree._Element, record: Record, _directory: Directory) -> None:
    """location, with its country by ISO code and its point where both degrees are known."""
    for row in record.document["locations"]:
        element = child(found, "location")
        narrative(child(element, "name"), row["name"])
        if row["country"] is not None:
            child(element, "administrative", vocabulary=at.COUNTRY_CODES, level="0", code=row["country"])
        degrees = {name: row[name] for name in ("latitude", "longitude") if row[name] is not None}
        if len(degrees) == 2:
            child(
                child(element, "point", srsName=at.WGS84), "pos"
            ).text = f"{row['latitude']} {row['longitude']}"
        else:
            for name, value in degrees.items():
                element.set(own(name), value)
        stated(element, row)


def sectors(found: etree._Element, record: Record, directory: Directory) -> None:
    """sector: the codes of the record, then its pillars and commitments as sectors of our own vocabularies."""
    for row in record.document["sectors"]:
        vocabulary = at.vocabulary_of(row["vocabulary"], row["code"])
        element = child(found, "sector", vocabulary=vocabulary or "1", code=row["code"])
        if vocabulary is None:
            element.set(own("vocabulary"), row["vocabulary"])
        if row["share"] is not None:
            element.set("percentage", row["share"])
        named(element, directory.title("sectors", f"{row['vocabulary']}:{row['code']}"), "en")
    rows = record.document["pillars"]
    mixed = any(row["proposed"] for row in rows)
    for number, row in enumerate(rows):
        if not row["proposed"]:
            _pillar(found, row, directory, number if mixed else None)


def _pillar(found: etree._Element, row: dict[str, Any], directory: Directory, number: int | None) -> None:
    listed = at.COMMITMENTS if row["commitment"] else at.PILLARS
    code = row["commitment"] or row["pillar"]
    element = child(found, "sector", vocabulary=at.OWN_VOCABULARY, code=code)
    element.set("vocabulary-uri", directory.vocabulary(listed))
    if row["share"] is not None:
        element.set("percentage", row["share"])
    element.set(own("pillar"), row["pillar"])
    placed(element, number)
    named(element, directory.title(listed, code), "en")
    if row["rationale"] is not None:
        etree.SubElement(element, own("rationale")).text = row["rationale"]


def tags(found: etree._Element, record: Record, directory: Directory) -> None:
    """tag: kinds of help, result areas and action plans, each of the vocabulary at our address."""
    for field, name in at.TAGS.items():
        for code in record.document[field]:
            element = child(found, "tag", vocabulary=at.OWN_VOCABULARY, code=code)
            element.set("vocabulary-uri", directory.vocabulary(name))
            named(element, directory.title(field, code), "en")


def documents(found: etree._Element, record: Record, _directory: Directory) -> None:
    """document-link; the format is guessed from the address, as IATI demands one."""
    for row in record.document["documents"]:
        element = child(found, "document-link", format=_format(row["url"]))
        address(element, row["url"])
        narrative(child(element, "title"), row["title"])
        child(element, "category", code=ABOUT_THE_ACTIVITY)
        stated(element, row)


def _format(url: str) -> str:
    try:
        path = urlsplit(url).path
    except ValueError:
        path = ""
    return mimetypes.guess_type(path)[0] or "text/html"


def relations(found: etree._Element, record: Record, directory: Directory) -> None:
    """related-activity, by the other's outside identifier; what IATI has no type for is an element of ours."""
    rows = [(row, _other(row, directory)) for row in record.document["relations"]]
    mixed = any(_type(row) is None for row, _ in rows)
    for number, (row, other) in enumerate(rows):
        kind = _type(row)
        if kind is not None:
            element = child(found, "related-activity", ref=other, type=kind)
            if mixed:
                placed(etree.SubElement(element, own("relation")), number)


def _type(row: dict[str, Any]) -> str | None:
    return at.RELATIONS.get((row["kind"], row["role"]))


def _other(row: dict[str, Any], directory: Directory) -> str:
    """The other's own identifier where the row names a record of ours."""
    return row["identifier"] or directory.records.get(row["project"] or "") or row["project"] or ""


def extensions(found: etree._Element, record: Record, directory: Directory) -> None:
    """What IATI has no place for: proposed pillars, other relations, beneficiaries, where a seed stands."""
    document = record.document
    for number, row in enumerate(document["pillars"]):
        if row["proposed"]:
            told = {"pillar": row["pillar"], "commitment": row["commitment"], "share": row["share"]}
            element = _extension(found, "proposed-pillar", told)
            placed(element, number)
            if row["rationale"] is not None:
                etree.SubElement(element, own("rationale")).text = row["rationale"]
    for number, row in enumerate(document["relations"]):
        if _type(row) is None:
            told = {"kind": row["kind"], "ref": _other(row, directory), "role": row["role"]}
            placed(_extension(found, "related-activity", told), number)
    for row in document["beneficiaries"]:
        element = _extension(found, "beneficiary", {"kind": row["kind"]})
        element.text = row["name"]
        stated(element, row)
    if document.get("source"):
        _extension(found, "source", document["source"])


def _extension(found: etree._Element, name: str, told: dict[str, Any]) -> etree._Element:
    kept = {key: value for key, value in told.items() if value is not None}
    return etree.SubElement(found, own(name), kept)
