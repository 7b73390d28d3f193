"""Looking at the whole history: allowed to administrators and coordinators, and itself written to it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from adam.domain.actors import ADMINISTRATOR
from adam.errors import Forbidden
from adam.queries import audit
from adam.queries.audit import Filters
from adam.services.work import Work

SUBJECT = ("history", "history")


def look(w: Work, filters: Filters, *, further: bool = False) -> Any:
    """The entries that these filters ask for, as a query; that somebody looked is kept, but for `further` pages.

    Raises Forbidden for anybody but administrators and coordinators.
    """
    if not (w.actor.coordinates or w.actor.role == ADMINISTRATOR):
        raise Forbidden("The whole history is for coordinators and administrators.")
    query = audit.listed(w.actor, filters)
    if not further:
        asked = {name: value for name, value in asdict(filters).items() if value}
        for name in ("since", "until"):
            if name in asked:
                asked[name] = asked[name].isoformat()
        w.record("history.read", SUBJECT, None, {**asked, **_lists(asked)})
    return query


def filters_of(asked: dict[str, Any]) -> Filters:
    """The filters of an AuditQuery."""
    return Filters(
        entity=asked["entity"],
        entity_id=asked["entity_id"],
        action=asked["action"],
        account=str(asked["account"]) if asked["account"] else None,
        actor=asked["actor"],
        since=asked["since"],
        until=asked["until"],
    )


def _lists(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: list(asked[name]) for name in ("entity", "action") if name in asked}
