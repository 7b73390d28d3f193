"""People as vCards, version 4.0 (RFC 6350): what address books and telephones read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

MOST_OCTETS = 75
ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Card:
    """One person: `uid` is a UUID, `organization` whom they answer for, `role` as what, `note` for what."""

    uid: str
    name: str
    organization: str
    role: str
    email: str | None = None
    categories: tuple[str, ...] = ()
    note: str | None = None
    url: str | None = None
    revised: datetime | None = None
    language: str | None = field(default=None)


def written(cards: Iterable[Card]) -> bytes:
    """The cards as one .vcf file in UTF-8, lines folded after 75 octets and ended by CRLF."""
    return b"".join(_folded(line) for card in cards for line in _lines(card))


def _lines(card: Card) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "KIND:individual"
    yield f"UID:urn:uuid:{card.uid}"
    yield f"FN:{_text(card.name)}"
    yield f"ORG:{_text(card.organization)}"
    yield f"ROLE:{_text(card.role)}"
    if card.email:
        yield f"EMAIL;TYPE=work:{_text(card.email)}"
    if card.categories:
        yield f"CATEGORIES:{','.join(_text(one) for one in card.categories)}"
    if card.note:
        yield f"NOTE:{_text(card.note)}"
    if card.url:
        yield f"URL:{card.url}"
    if card.revised:
        yield f"REV:{card.revised:%Y%m%dT%H%M%SZ}"
    if card.language:
        yield f"LANG:{card.language}"
    yield "END:VCARD"


def _text(value: str) -> str:
    """A value whose signs of the format are escaped; line ends of any kind become \\n."""
    return "\n".join(value.splitlines()).translate(ESCAPES)


def _folded(line: str) -> bytes:
    """A line cut after 75 octets, never within a letter; what goes on begins with a space."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > MOST_OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
