"""A recorded need as a row of a page."""

from __future__ import annotations

from typing import Any

from adam.web import filters


def row(need: Any, answered: bool | None = None) -> dict[str, Any]:
    """What a list shows of a need; `answered` where that was asked."""
    kind = filters.assistance_name(need.assistance_type) if need.assistance_type else None
    pillar = filters.pillar_name(need.commitment or need.pillar)
    return {
        "id": need.id,
        "url": f"/needs/{need.id}",
        "place": ", ".join(filter(None, (filters.country_name(need.country), pillar, kind))),
        "statement": need.statement,
        "recorded_on": need.recorded_on,
        "source": need.source,
        "answered": answered,
        "closed_on": need.closed_on,
        "closed_reason": need.closed_reason,
        "coverage_url": f"/coverage?region=all&cell={need.country}.{need.pillar}#cell",
    }
