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


def recommended(stated: Any) -> dict[str, Any]:
    """What the page of gaps shows of what a recommendation asks for in a country."""
    kind = filters.assistance_name(stated.assistance_type) if stated.assistance_type else None
    pillar = filters.pillar_name(stated.pillar)
    return {
        "url": f"/recommendations/{stated.recommendation_id}",
        "place": ", ".join(filter(None, (filters.country_name(stated.country), pillar, kind))),
        "statement": stated.title,
        "recorded_on": None,
        "source": stated.reference,
        "coverage_url": f"/coverage?region=all&cell={stated.country}.{stated.pillar}#cell",
    }
