"""Accepted records out, as many as there are: read a portion at a time, as this actor may read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from adam.domain.visibility import fields_for
from adam.exchange import hxl, iati_writing, tables
from adam.exchange.iati_records import Directory, Known, Record
from adam.queries import exports as questions
from adam.queries import projects
from adam.services import organizations
from adam.services.organizations import Named
from adam.services.work import Work

Document = dict[str, Any]
KINDS = {"government": "10", "ngo": "21", "multilateral": "40", "foundation": "60", "academic": "80"}
OTHER = "90"
"""Our kinds of organizations → IATI's OrganisationType; a kind that isn't known is "other"."""


def note(w: Work, query: Select[Any]) -> None:
    """Write down that the confidential records of an export were read, by whom; before the first byte goes out."""
    if w.actor.sees_all_records and not w.actor.system:
        for project_id in questions.confidential(w.session, query):
            w.record("project.read", ("project", project_id), None, None)


def objects(w: Work, query: Select[Any]) -> Iterator[tuple[Any, Document]]:
    """Each record's row and its project object, without relations to records that aren't there for this actor."""
    for rows in questions.portions(w.session, query):
        yield from zip(rows, _readable(w, rows), strict=True)


def iati(w: Work, query: Select[Any], base: str) -> Iterator[bytes]:
    """The records as an IATI 2.03 file, in pieces; `base` is the address of this installation."""
    found = ((record, directory) for _, record, directory in _records(w, query, base))
    return iati_writing.pieces(found, w.now)


def hxl_rows(w: Work, query: Select[Any], base: str) -> Iterator[bytes]:
    """Who does what where as a CSV file with HXL's hashtags, in pieces."""
    yield tables.csv_lines([hxl.HEADS, hxl.TAGS])
    for row, record, directory in _records(w, query, base):
        hidden = record.fields == "public"
        amount = (None, None) if hidden else (row.usd, row.usd_kind)
        yield tables.csv_lines(hxl.rows(record, directory, amount))


def json_list(w: Work, query: Select[Any], _base: str = "") -> Iterator[bytes]:
    """The records as a JSON list of project objects, in pieces."""
    before = b"[\n"
    for _row, document in objects(w, query):
        yield before + json.dumps(document, ensure_ascii=False).encode()
        before = b",\n"
    yield b"\n]\n" if before.startswith(b",") else b"[]\n"


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: how its pieces are made from a query and our address, its media type, and how its name ends."""

    write: Callable[[Work, Select[Any], str], Iterator[bytes]]
    kind: str
    ending: str


FORMS = {
    "iati": Form(iati, "application/xml", "iati.xml"),
    "hxl": Form(hxl_rows, "text/csv; charset=utf-8", "hxl.csv"),
    "json": Form(json_list, "application/json", "json"),
}


def _records(w: Work, query: Select[Any], base: str) -> Iterator[tuple[Any, Record, Directory]]:
    titles, partners = _titles(w), questions.partners(w.session)
    for rows in questions.portions(w.session, query):
        listed = _readable(w, rows)
        related = {row["project"] for item in listed for row in item["relations"] if row.get("project")}
        directory = Directory(
            base.rstrip("/"),
            _bodies(w, listed, partners),
            {key: value or key for key, value in questions.known_as(w.session, w.actor, related).items()},
            titles,
        )
        for row, document in zip(rows, listed, strict=True):
            level = fields_for(w.actor, row.owner)
            made = (row.reference, row.owner, document, row.created_at.date(), row.updated_at, level)
            yield row, Record(*made), directory


def _readable(w: Work, rows: Sequence[Any]) -> list[Document]:
    listed = [projects.readable(row, w.actor) for row in rows]
    related = {row["project"] for item in listed for row in item["relations"] if row.get("project")}
    seen = questions.known_as(w.session, w.actor, related)
    for item in listed:
        item["relations"] = [
            row for row in item["relations"] if not row.get("project") or row["project"] in seen
        ]
    return listed


def _bodies(w: Work, listed: Sequence[Document], partners: dict[str, str]) -> dict[str, Known]:
    """Code, id or identifier → organization: of all that the records name, and of the partners that report them."""
    refs = {
        row["organization"]
        for item in listed
        for field in ("organizations", "contributions")
        for row in item[field]
        if row["organization"]
    }
    directory = organizations.Directory(w, {Named(ref, None) for ref in refs})
    ids = {ref: found for ref in refs if (found := directory.find(Named(ref, None)))}
    owners = {item["owner"]: partners[item["owner"]] for item in listed if item["owner"] in partners}
    known = questions.bodies(w.session, [*ids.values(), *owners.values()])
    return {ref: _known(ref, known[key]) for ref, key in (owners | ids).items() if key in known}


def _known(ref: str, body: questions.Body) -> Known:
    """An organization as a file names it: by the identifier that the record uses, else by its first one."""
    by_id, registered = ref == body.key, "-" in ref and ref != body.key
    identifier = ref if registered else body.identifier
    return Known(body.name, identifier, body.partner, KINDS.get(body.kind or "", OTHER), not by_id)


def _titles(w: Work) -> dict[str, dict[str, str]]:
    words = w.vocabulary
    named = ("pillars", "commitments", "assistance_types", "result_areas", "action_plans")
    found = {name: {code: row.title for code, row in getattr(words, name).items()} for name in named}
    found["countries"] = {code: row.name for code, row in words.countries.items()}
    found["sectors"] = {f"{scheme}:{code}": title for (scheme, code), title in words.sectors.items()}
    return found
