"""Project documents: drafts as JSON-shape and back to a fingerprint; every list in the order in which it came."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from adam.domain.findings import DECIDING_FIELDS


def plain(value: Any) -> Any:
    """A draft as JSON-shape: decimals as strings, days as YYYY-MM-DD."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value


def digest(document: Any) -> str:
    """SHA-256 of a JSON-shape document, whatever the order of its keys."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint(document: dict[str, Any]) -> str:
    """The digest of the fields that decide findings: a judgement stands until it changes."""
    return digest({name: document.get(name) for name in DECIDING_FIELDS})


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of the fields that differ between two documents, in alphabetical order."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
