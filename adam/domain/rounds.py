"""Validation rounds: how records may be answered, and what share of them was confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

OPEN, CLOSED = "open", "closed"
CONFIRMED, UPDATED, WITHDRAWN = "confirmed", "updated", "withdrawn"
ANSWERS = (CONFIRMED, UPDATED, WITHDRAWN)
WAITING = "waiting"
GIVEN = (CONFIRMED, WITHDRAWN)
"""What a focal point says itself; an update is said by its submission."""
COLUMNS = ("records", *ANSWERS, WAITING)


@dataclass(frozen=True, slots=True)
class Asked:
    """One record of a round: its partner, its pillars, and its answer if there is one."""

    partner: str
    pillars: tuple[str, ...]
    answer: str | None


def figures(asked: Iterable[Asked]) -> dict[str, Any]:
    """What the closing report stores: counts and shares in all, by partner and by pillar.

    A record of several pillars counts under each of them, so that the pillars add up to more than all records do.
    """
    listed = list(asked)
    partners = sorted({item.partner for item in listed})
    pillars = sorted({pillar for item in listed for pillar in item.pillars or ("",)})
    return {
        "all": counted(listed),
        "partners": {code: counted(item for item in listed if item.partner == code) for code in partners},
        "pillars": {
            code: counted(item for item in listed if code in (item.pillars or ("",))) for code in pillars
        },
    }


def counted(asked: Iterable[Asked]) -> dict[str, Any]:
    """How many records, how they were answered, and the shares confirmed and answered in percent, as text."""
    found = Counter(item.answer or WAITING for item in asked)
    total = sum(found.values())
    counts = {"records": total} | {name: found[name] for name in (*ANSWERS, WAITING)}
    return counts | {
        "share_confirmed": _share(found[CONFIRMED], total),
        "share_answered": _share(total - found[WAITING], total),
    }


def _share(part: int, whole: int) -> str | None:
    """Percent with one place; None of nothing."""
    return f"{Decimal(100 * part) / whole:.1f}" if whole else None
