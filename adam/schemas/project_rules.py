"""What the fields of one project must be to each other; the database isn't asked (that is the service's part)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from adam.schemas.faults import Fault

Found = tuple[str, int | None, str | None, Fault]
"""Field, row or None, field of the row or None, and what is wrong."""


def check_project(data: dict[str, Any]) -> None:
    """Raises ValidationError with every rule that is broken; reads only fields that could be read."""
    messages: dict[str, Any] = {}
    for field, row, inner, fault in _faults(data):
        place = messages.setdefault(field, {})
        if row is not None:
            place = place.setdefault(row, {})
        place.setdefault(inner or "_schema", []).append(fault)
    if messages:
        raise ValidationError(messages)


def _faults(data: dict[str, Any]) -> Iterator[Found]:
    yield from _order(data, "start_planned", "end_planned")
    yield from _order(data, "start_actual", "end_actual")
    yield from _shares(data, "countries", lambda row: row.get("country"), "Country shares")
    yield from _shares(data, "pillars", _assigned, "Pillar shares")
    yield from _pillars(data)
    yield from _bodies(data)
    yield from _relations(data)


def _assigned(row: dict[str, Any]) -> tuple[str, str | None] | None:
    """What an assignment is about; None where its pillar could not be read."""
    return (row["pillar"], row.get("commitment")) if "pillar" in row else None


def _open(row: dict[str, Any], *names: str) -> bool:
    """Whether all these answers were left open; one that could not be read was not."""
    return all(name in row and not row[name] for name in names)


def words(day: date) -> str:
    """A day as a sentence writes it: 31 May 2006."""
    return f"{day.day} {day:%B %Y}"


def _order(data: dict[str, Any], first: str, last: str) -> Iterator[Found]:
    start, end = data.get(first), data.get(last)
    if isinstance(start, date) and isinstance(end, date) and end < start:
        sentence = f"The end, {words(end)}, is before the start, {words(start)}: mend one of the two."
        yield last, None, None, Fault("end_before_start", sentence)


def _shares(data: dict[str, Any], field: str, key: Any, what: str) -> Iterator[Found]:
    listed = [row for row in data.get(field) or [] if isinstance(row, dict)]
    together = sum((row["share"] for row in listed if isinstance(row.get("share"), Decimal)), Decimal(0))
    if together > 100:
        over = together - 100
        yield (
            field,
            None,
            None,
            Fault("shares_exceed_100", f"{what} add up to {together:.2f} %: take away {over:.2f} %."),
        )
    seen: set[Any] = set()
    for number, row in enumerate(listed):
        this = key(row)
        if this is None:
            continue
        if this in seen:
            yield field, number, None, Fault("repeated", "This stands in the list already: keep it once.")
        seen.add(this)


def _pillars(data: dict[str, Any]) -> Iterator[Found]:
    for number, row in enumerate(data.get("pillars") or []):
        pillar, commitment = row.get("pillar"), row.get("commitment")
        if pillar and commitment and not commitment.startswith(f"{pillar}."):
            sentence = f"Commitment {commitment} doesn't belong to pillar {pillar}: mend one of the two."
            yield "pillars", number, "commitment", Fault("commitment_of_other_pillar", sentence)


def _bodies(data: dict[str, Any]) -> Iterator[Found]:
    for number, row in enumerate(data.get("organizations") or []):
        if _open(row, "organization", "name"):
            yield "organizations", number, "name", Fault("required", "Name the organization.")


def _relations(data: dict[str, Any]) -> Iterator[Found]:
    for number, row in enumerate(data.get("relations") or []):
        if _open(row, "project", "identifier"):
            yield "relations", number, "project", Fault("required", "Say which record is meant.")
