"""The history as the API tells it: who did what and when, and each field that differs before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response
from sqlalchemy import Select

from adam.http import paging
from adam.queries import history, listings
from adam.queries.listings import Window
from adam.services.work import Work

EXAMPLE = {
    "items": [
        {
            "at": "2026-11-20T09:14:00+00:00",
            "actor": "Nora Nilsen",
            "action": "submission.changed",
            "changes": {
                "title": {"before": "Border posts", "after": "Border posts on the Panj"},
                "end_planned": {"before": None, "after": "2027-05-31"},
            },
        }
    ],
    "next_cursor": None,
}


def page(w: Work, query: Select[Any]) -> Response:
    """A page of these entries, newest first, as the caller may see them."""
    asked = paging.paging()
    part = listings.part(w.session, query, listings.HISTORY, Window(asked.limit, asked.after))
    total = history.number(w.session, w.actor, query) if asked.total else None
    return paging.page(_shown(w, part.items), part.following, total)


def _shown(w: Work, items: Sequence[Any]) -> list[dict[str, Any]]:
    return [_entry(told) for told in history.visible(w.session, w.actor, items)]


def _entry(told: history.Told) -> dict[str, Any]:
    changes = {
        name: {"before": told.before.get(name), "after": told.after.get(name)}
        for name in history.changed(told.before, told.after)
    }
    return {"at": told.at.isoformat(), "actor": told.actor, "action": told.action, "changes": changes}
