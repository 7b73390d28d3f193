"""Numbering: what the form of outside identifiers says: who gave them, under which number, for which year."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CUT = re.compile(r"[-/:_.\s]+")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_NUMBER = re.compile(r"(?=.{5})(?:\D*\d){4}")


def owner(identifier: str) -> str:
    """Who gave an outside identifier: its scheme and the parts that name an organization, by IATI's forms.

    >>> owner("iati:XM-DAC-41304-170X"), owner("iati:GB-1-107196"), owner("iati:NL-KVK-41160054-200825")
    ('iati:xm-dac-41304', 'iati:gb-1', 'iati:nl-kvk-41160054')
    """
    scheme, _, value = identifier.casefold().partition(":")
    parts = value.split("-")
    return f"{scheme}:{'-'.join(parts[: _length(parts)])}"


def _length(parts: list[str]) -> int:
    """How many parts name the organization: "44000", "gb-1", "nl-kvk-41160054"; a part with a slash names none."""
    if parts[0].isdigit():
        return 1
    named = len(parts) > 2 and not parts[1].isdigit() and "/" not in parts[2]
    return 3 if named and (len(parts) > 3 or parts[:2] == ["xm", "dac"]) else 2


def stem(identifier: str) -> str | None:
    """The identifier up to the number of the undertaking: siblings share it and differ in what follows.

    That number is the first part after the owner of five signs or more with four figures; None without any.

    >>> stem("iati:SE-0-SE-6-10485A0101-AFG-16020"), stem("iati:EC-ELARG-2013/23543/2")
    ('iati:se-0-se-6-10485a0101', 'iati:ec-elarg-2013/23543')
    """
    value = identifier.casefold()
    start = len(owner(identifier))
    for part in re.finditer(r"[^-/:_.\s]+", value[start:]):
        if _NUMBER.match(part.group()):
            return value[: start + part.end()]
    return None


def years(identifiers: Iterable[str]) -> frozenset[int]:
    """The years that stand as a part of their own, as programme years do."""
    found = (part for value in identifiers if _YEAR.search(value) for part in _CUT.split(value))
    return frozenset(int(part) for part in found if _YEAR.fullmatch(part))
