"""Who does what where: accepted records as rows of a CSV file with hashtags of HXL 1.1, the names beside the codes.

One row for each organization of a record in a role, each country, and each place in it. A record's amount stands in
its first row alone, so that the column adds up to the right sum however the rows are filtered or grouped by record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import product
from typing import Any

from adam.exchange.iati_records import Directory, Record, identifier_of

COLUMNS: tuple[tuple[str, str], ...] = (
    ("Record", "#activity+code+v_adam"),
    ("Outside identifier", "#activity+code+v_iati"),
    ("Project", "#activity+name+project"),
    ("Status", "#status+code"),
    ("Organization", "#org+name"),
    ("Organization's code in ADAM", "#org+code"),
    ("Organization's identifier", "#org+code+v_iati"),
    ("Its role", "#org+type+role"),
    ("Country", "#country+name"),
    ("Country code (ISO 3166-1 alpha-2)", "#country+code+v_iso2"),
    ("Country's share of the project in percent", "#indicator+num+share+pct"),
    ("Place", "#loc+name"),
    ("Latitude", "#geo+lat"),
    ("Longitude", "#geo+lon"),
    ("Pillars and commitments", "#sector+name+list+pillar"),
    ("Codes of pillars and commitments", "#sector+code+list+pillar"),
    ("Sectors", "#sector+name+list"),
    ("Sector codes", "#sector+code+list"),
    ("Kinds of help", "#activity+type+name+list"),
    ("Codes of kinds of help", "#activity+type+code+list"),
    ("Who benefits", "#beneficiary+name+list"),
    ("Start", "#date+start"),
    ("End", "#date+end"),
    ("Amount of the whole project in US dollars, once, in its first row", "#value+usd+total"),
    ("Kind of amount", "#meta+type+value"),
    ("Reported by", "#org+reporting+name"),
    ("Code of the partner that reports", "#org+reporting+code"),
    ("Last changed", "#date+updated"),
)
HEADS = tuple(head for head, _ in COLUMNS)
TAGS = tuple(tag for _, tag in COLUMNS)
Row = dict[str, Any]


def rows(
    record: Record, directory: Directory, amount: tuple[Decimal | None, str | None]
) -> Iterator[tuple[Any, ...]]:
    """The rows of one record; `amount` is its figure in US dollars and the kind of it, for those who may know."""
    known = _project(record, directory)
    whom = record.document["organizations"] or [None]
    usd, kind = amount
    for body, place in product(whom, _places(record.document)):
        filled = known | _body(body, directory) | _place(place, directory)
        filled |= {"#value+usd+total": usd, "#meta+type+value": kind}
        usd = kind = None
        yield tuple(filled.get(tag) for tag in TAGS)


def _project(record: Record, directory: Directory) -> Row:
    document = record.document
    pillars = [row["commitment"] or row["pillar"] for row in document["pillars"] if not row["proposed"]]
    sectors = [(row["vocabulary"], row["code"]) for row in document["sectors"]]
    starts, ends = (document[f"{end}_actual"] or document[f"{end}_planned"] for end in ("start", "end"))
    identifier, place = identifier_of(record, directory)
    return {
        "#activity+code+v_adam": record.reference,
        "#activity+code+v_iati": identifier if place is not None else None,
        "#activity+name+project": document["title"],
        "#status+code": document["status"],
        "#sector+name+list+pillar": _joined(
            _title(directory, ("commitments", "pillars"), code) for code in pillars
        ),
        "#sector+code+list+pillar": _joined(pillars),
        "#sector+name+list": _joined(
            _title(directory, ("sectors",), f"{scheme}:{code}") for scheme, code in sectors
        ),
        "#sector+code+list": _joined(f"{scheme}:{code}" for scheme, code in sectors),
        "#activity+type+name+list": _joined(
            _title(directory, ("assistance_types",), code) for code in document["assistance_types"]
        ),
        "#activity+type+code+list": _joined(document["assistance_types"]),
        "#beneficiary+name+list": _joined(row["name"] for row in document["beneficiaries"]),
        "#date+start": starts,
        "#date+end": ends,
        "#org+reporting+name": directory.reporter(record.owner).name,
        "#org+reporting+code": record.owner,
        "#date+updated": record.updated_at.date().isoformat(),
    }


def _title(directory: Directory, lists: Iterable[str], code: str) -> str:
    return next((title for listed in lists if (title := directory.title(listed, code))), code)


def _joined(values: Iterable[str]) -> str:
    """Several values in a cell, as HXL's +list has them; a semicolon within a value would make two of it."""
    return ";".join(value.replace(";", ",") for value in values)


def _body(row: Row | None, directory: Directory) -> Row:
    if row is None:
        return {}
    code = row["organization"]
    known = directory.bodies.get(code) if code else None
    return {
        "#org+name": row["name"] or (known.name if known else code),
        "#org+code": code if known and known.coded and "-" not in code else None,
        "#org+code+v_iati": known.identifier if known else code,
        "#org+type+role": row["role"],
    }


def _places(document: Row) -> list[tuple[Row | None, Row | None]]:
    """Each country with each of its places; a country without any, and a place without a country, by themselves."""
    found: list[tuple[Row | None, Row | None]] = []
    codes = {row["country"] for row in document["countries"]}
    for country in document["countries"]:
        own = [row for row in document["locations"] if row["country"] == country["country"]]
        found += [(country, row) for row in own or [None]]
    found += [(None, row) for row in document["locations"] if row["country"] not in codes]
    return found or [(None, None)]


def _place(place: tuple[Row | None, Row | None], directory: Directory) -> Row:
    country, location = place
    code = country["country"] if country else location["country"] if location else None
    found: Row = {"#country+code+v_iso2": code}
    if code:
        found["#country+name"] = directory.title("countries", code) or code
    if country and country["share"]:
        found["#indicator+num+share+pct"] = Decimal(country["share"])
    if location:
        found["#loc+name"] = location["name"]
        for tag, name in (("#geo+lat", "latitude"), ("#geo+lon", "longitude")):
            found[tag] = Decimal(location[name]) if location[name] is not None else None
    return found
