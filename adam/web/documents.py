"""A project document as a page shows it: amounts converted, relations linked, what can't be read left open."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import g

from adam.domain.money import cents
from adam.queries import projects
from adam.queries.relations import carrying
from adam.schemas.readable import readable
from adam.services.facts import recorded
from adam.services.money import Converter
from adam.services.work import Work

Document = dict[str, Any]


def shown(w: Work, document: Document) -> Document:
    """A stored document, of a draft too, for projects/_document.html. What this reader may not see isn't linked."""
    found = readable(document)
    fallback = found["start_actual"] or found["start_planned"]
    converter = Converter(w)
    found["contributions"] = [_converted(converter, row, fallback) for row in found["contributions"]]
    found["relations"] = _related(w, found["relations"])
    for row in found["sectors"]:
        row["name"] = g.vocabulary.sectors.get((row["vocabulary"] or "DAC", row["code"]))
    return found


def _converted(converter: Converter, row: Document, fallback: date | None) -> Document:
    amount, currency = row["amount"], row["currency"]
    known = converter.usd(amount, currency, row["value_date"] or fallback) if amount and currency else None
    if known is None:
        return row | {"usd": None}
    return row | {
        "usd": cents(known.amount),
        "rate": f"{known.rate.normalize():f}",
        "rate_date": known.rate_date,
        "rate_source": known.source,
    }


def _related(w: Work, relations: list[Document]) -> list[Document]:
    """Relations with title and address; one to a record that this reader may not see isn't there.

    One that names an outside identifier leads to the record that carries it, as soon as there is one.
    """
    ids = recorded(w, [row["project"] for row in relations if row["project"]])
    query = projects.matching(w.actor, projects.Filters(ids=tuple(ids.values()) or ("none",)))
    known = {row.id: row for row in w.session.scalars(query)}
    outside = [row["identifier"] for row in relations if row["identifier"] and not row["project"]]
    carried = carrying(w.session, w.actor, outside)
    found = []
    for row in relations:
        other = (
            carried.get(row["identifier"] or "")
            if not row["project"]
            else known.get(ids.get(row["project"] or "", ""))
        )
        if other is not None:
            row |= {"url": f"/projects/{other.id}", "reference": other.reference, "title": other.title}
        if other is not None or not row["project"]:
            found.append(row)
    return found
