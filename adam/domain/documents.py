"""Project documents: drafts as JSON-shape and back to a fingerprint; every list in the order in which it came."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

from adam.domain import additions
from adam.domain.findings import DECIDING_FIELDS

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def plain(value: Any) -> Any:
    """A draft as JSON-shape: decimals as strings, days as YYYY-MM-DD."""
    if isinstance(value, dict):
        # Most values are text or nothing: asking that here saves a call for each.
        return {
            key: inner if inner is None or type(inner) is str else plain(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value


class Written(str):
    """A document that is JSON already: it is stored as it is instead of being written a second time."""

    __slots__ = ()
    written = True


def written(value: Any) -> Written:
    """A document as JSON, the same whatever the order of its keys."""
    return Written(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def storable(value: Any) -> Any:
    """A raw document as every database can hold it: NUL and lone surrogates become U+FFFD, floats become text.

    A float comes back from PostgreSQL as another one, or as a whole number; NaN can't be stored at all.
    """
    if isinstance(value, dict):
        return {storable(key): storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable(inner) for inner in value]
    if isinstance(value, float):
        return repr(value)
    return UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value


def digest(document: Any) -> str:
    """SHA-256 of a JSON-shape document, whatever the order of its keys."""
    return hashlib.sha256(written(document).encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint(document: dict[str, Any], added: dict[str, Any] | None = None) -> str:
    """The digest of the fields that decide findings, of what others added too: a judgement stands until it changes."""
    deciding = {name: document.get(name) for name in DECIDING_FIELDS}
    if added:
        deciding["added"] = {
            partner: {name: part[name] for name in DECIDING_FIELDS if part.get(name)}
            for partner, part in added.items()
        }
    return digest(deciding)


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of the fields that differ between two documents, in alphabetical order."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


DAYS = ("start_planned", "end_planned", "start_actual", "end_actual", "last_confirmed_on")
DECIMALS: dict[str, tuple[str, ...]] = {
    "countries": ("share",),
    "pillars": ("share",),
    "sectors": ("share",),
    "locations": ("latitude", "longitude"),
    "contributions": ("amount",),
}


def draft_of(document: dict[str, Any]) -> dict[str, Any]:
    """The draft of a stored document that has passed the schema: days and decimals instead of their texts."""
    draft = dict(document)
    for name in DAYS:
        draft[name] = _day(document.get(name))
    for field, names in DECIMALS.items():
        draft[field] = [row | {name: _decimal(row.get(name)) for name in names} for row in document[field]]
    draft["contributions"] = [
        row | {"value_date": _day(row.get("value_date"))} for row in draft["contributions"]
    ]
    for field in ("organizations", "relations", "identifiers", "beneficiaries"):
        draft[field] = [dict(row) for row in document[field]]
    return draft


def part_draft(part: dict[str, Any], of: dict[str, Any] | None = None) -> dict[str, Any]:
    """The draft of an addition, with every field of a whole one; `of` is the document of the record it belongs to."""
    return draft_of(additions.whole(part, of))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None
