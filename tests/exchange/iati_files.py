"""Builders of small IATI files."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from adam.exchange import iati


def activity(identifier: str = "XM-1", title: str = "Border posts", more: str = "", head: str = "") -> str:
    """An <iati-activity> of version 2.0x; `head` adds attributes, `more` elements."""
    return (
        f'<iati-activity default-currency="USD" {head}><iati-identifier>{identifier}</iati-identifier>'
        f'<reporting-org ref="XM-DAC-41128" type="40"><narrative>UNODC</narrative></reporting-org>'
        f"<title><narrative>{title}</narrative></title>{more}</iati-activity>"
    )


def file_of(*activities: str, version: str = "2.03") -> bytes:
    """A whole file."""
    return f'<iati-activities version="{version}">{"".join(activities)}</iati-activities>'.encode()


def read_all(content: bytes) -> list[iati.Activity]:
    """Every activity of a file."""
    return list(iati.read(BytesIO(content)))


def read_one(more: str = "", **fields: str) -> iati.Activity:
    """The single activity of a file."""
    [found] = read_all(file_of(activity(more=more, **fields)))
    return found


def document(more: str = "", **fields: str) -> dict[str, Any]:
    """The document of the single activity of a file, which must not be refused."""
    found = read_one(more, **fields)
    assert found.document is not None, found.problems
    return found.document


def transaction(kind: str, amount: str, day: str = "2020-01-15", more: str = "") -> str:
    """A <transaction> of version 2.0x."""
    return (
        f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="{day}"/>'
        f'<value value-date="{day}">{amount}</value>{more}</transaction>'
    )
