"""What an IATI file says of an accepted record besides its document, and the names that stand beside its codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple


class Known(NamedTuple):
    """An organization: its name, its identifier in a register, the partner it belongs to, and its IATI type.

    `coded` is false where the record names it by ADAM's own id, which means nothing elsewhere.
    """

    name: str
    identifier: str | None = None
    partner: str | None = None
    kind: str = "40"
    coded: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """An accepted record as its reader may read it; `fields` says how much that is: public, partner or all."""

    reference: str
    owner: str
    document: dict[str, Any]
    recorded_on: date
    updated_at: datetime
    fields: str = "all"


@dataclass(frozen=True, slots=True)
class Directory:
    """`bodies`: code, id or identifier → organization; `records`: id → outside identifier of a related record.

    `titles`: list → code → title, and `base`, the address of this installation.
    """

    base: str = "https://adam.example"
    bodies: Mapping[str, Known] = field(default_factory=dict)
    records: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def reporter(self, partner: str) -> Known:
        """The partner that reports a record, as an organization."""
        return self.bodies.get(partner) or Known(partner, None, partner)

    def title(self, listed: str, code: str) -> str | None:
        """The name beside a code."""
        return self.titles.get(listed, {}).get(code)

    def vocabulary(self, name: str) -> str:
        """The address of one of our vocabularies."""
        return f"{self.base}/api/v1/vocabulary/{name}"


def identifier_of(record: Record, directory: Directory) -> tuple[str, int | None]:
    """The IATI identifier of a record and its place among the identifiers; None where it is made from the reference."""
    for place, row in enumerate(record.document["identifiers"]):
        if row["scheme"] == "iati" and not row.get("stated_by"):
            return row["value"], place
    reporter = directory.reporter(record.owner)
    return f"{reporter.identifier or record.owner}-{record.reference}", None
