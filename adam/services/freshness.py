"""How fresh the records of a scope are: confirmed within twelve months, or stale; in all and by partner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from adam.queries import freshness as questions
from adam.queries.freshness import Fresh
from adam.services import coverage
from adam.services.work import Work

COUNTS = ("records", "running", "confirmed", "stale")


def of(w: Work, scope: Mapping[str, Any]) -> dict[str, Any]:
    """The counts of a scope and of each partner in it; a share is in percent of what runs, None where nothing does."""
    rows = questions.by_partner(w.session, coverage.chosen(w, scope), w.today)
    partners = [
        {"partner": row.partner, "name": w.vocabulary.partner(row.partner)} | _counted([row]) for row in rows
    ]
    return _counted(rows) | {"partners": partners}


def _counted(rows: Sequence[Fresh]) -> dict[str, Any]:
    counts = {name: sum(getattr(row, name) for row in rows) for name in COUNTS}
    return counts | {"stale_share": share(counts["stale"], counts["running"])}


def share(part: int | Decimal, whole: int | Decimal) -> str | None:
    """Percent with one place, as text; None of nothing."""
    return f"{Decimal(100) * part / whole:.1f}" if whole else None
