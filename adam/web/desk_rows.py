"""What the blocks of every desk share: how a block looks, and submissions as its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from adam.domain import lifecycle
from adam.queries import submissions as questions
from adam.services.work import Work
from adam.web import filters

Section = dict[str, Any]
MOST = 5


def section(key: str, title: str, items: list[dict[str, Any]], **more: Any) -> Section:
    """A block: its things, how many there are in all, whether they wait for somebody, and where all of them are."""
    base = {"id": key, "title": title, "items": items, "count": len(items), "todo": False, "side": False}
    return base | {"note": None, "more": None, "empty": None} | more


def submissions(w: Work, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Submissions with what the coordinator last asked, in one question for all of them."""
    returned = [row.id for row in rows if row.state == lifecycle.RETURNED]
    asked = questions.last_asked(w.session, returned) if returned else {}
    return [submission(w, row, asked.get(row.id, [])) for row in rows]


def submission(w: Work, row: Any, asked: Sequence[str] = ()) -> dict[str, Any]:
    """One submission; `asked` is what a coordinator wants mended."""
    if row.state == lifecycle.RETURNED:
        text = ngettext("Mend it", "Mend %(num)s answers", max(1, len(asked)))
    else:
        text = _("Go on")
    accepted = row.state == lifecycle.VALIDATED and row.project_id and not row.adds_to
    edit = {"label": text, "url": f"/submissions/{row.id}/edit", "main": row.state == lifecycle.RETURNED}
    return {
        "title": row.title,
        "url": f"/projects/{row.project_id}" if accepted else f"/submissions/{row.id}",
        "reference": row.reference,
        "text": _("what we add to a record of others") if row.adds_to else None,
        "quote": " · ".join(asked) or None,
        "when": filters.day(row.decided_at or row.submitted_at or row.updated_at),
        "actions": [edit] if lifecycle.may_edit(row.state) else [],
    }
