"""The block of the desk about validation rounds: what one's partner is still asked, or how the open ones go."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain.rounds import OPEN, WAITING
from adam.queries import rounds as questions
from adam.services import rounds
from adam.services.work import Work
from adam.web import filters

MOST = 10


def sections(w: Work) -> list[dict[str, Any]]:
    """One block where a round is open, none otherwise; for a focal point those that still wait for its partner."""
    items = [item for item in questions.page(w.session, w.actor, (0, MOST)) if item.state == OPEN]
    counted = [(item, rounds.progress(w, item)["all"]) for item in items]
    own = w.actor.writes_for is not None
    shown = [(item, counts) for item, counts in counted if counts[WAITING] or not own]
    if not shown:
        return []
    return [
        {
            "id": "rounds",
            "title": _("Validation rounds"),
            "items": [_item(item, counts) for item, counts in shown],
            "count": sum(counts[WAITING] for _item_, counts in shown) if own else len(shown),
            "todo": own,
            "side": not own,
            "note": None,
            "more": {"label": _("All validation rounds"), "url": "/validation-rounds"},
            "empty": None,
        }
    ]


def _item(item: Any, counts: dict[str, Any]) -> dict[str, Any]:
    left = ngettext("one record waits", "%(num)s records wait", counts[WAITING])
    until = _("answers until %(day)s", day=filters.day(item.deadline))
    return {
        "title": item.title,
        "url": f"/validation-rounds/{item.id}?answer=waiting",
        "reference": item.reference,
        "text": f"{left}, {until}",
    }
