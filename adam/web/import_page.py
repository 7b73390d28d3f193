"""What the page of an uploaded file shows: progress, counts, and each row with what to mend or what would change."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from adam.queries import imports as questions
from adam.queries.imports import DONE, DRY_RUN, FAILED, WAITING
from adam.services import imports
from adam.services.work import Work
from adam.web import comparing, pager
from adam.web.form_errors import part

RESULTS = (imports.REFUSED, imports.NEW, imports.UPDATED, imports.UNCHANGED)
TITLES = {
    imports.REFUSED: _l("Refused"),
    imports.NEW: _l("New"),
    imports.UPDATED: _l("Changed"),
    imports.UNCHANGED: _l("Unchanged"),
}
LONGEST = 300


def brief(found: Any) -> dict[str, Any]:
    """An import as a row of the list."""
    return {
        "url": f"/imports/{found.id}",
        "name": found.name,
        "author": found.author,
        "at": found.created_at,
        "what": _("Trial run") if found.mode == DRY_RUN else _("Applied"),
        "state": _state(found),
        "counts": _counted(found),
    }


def _state(found: Any) -> str:
    if found.state == FAILED:
        return _("Could not be read")
    if found.state == DONE:
        return _("Done")
    return _("Waits for its turn") if found.state == WAITING else _("Is being read")


def _counted(found: Any) -> str:
    parts = [
        f"{found.counts[name]} {str(TITLES[name]).lower()}" for name in RESULTS if found.counts.get(name)
    ]
    return ", ".join(parts)


def page(w: Work, found: Any, window: tuple[int, int]) -> dict[str, Any]:
    """All that the page of one import shows."""
    counts = {name: int(found.counts.get(name, 0)) for name in RESULTS}
    chosen = _chosen(counts)
    rows = questions.page(w.session, questions.rows(found.id, chosen), window) if chosen else ()
    good = counts[imports.NEW] + counts[imports.UPDATED]
    is_trial = found.mode == DRY_RUN
    applied = questions.applied_by(w.session, found.id) if is_trial else None
    done = found.state == DONE
    return {
        "found": brief(found),
        "is_trial": is_trial,
        "waits": found.state not in (DONE, FAILED),
        "ahead": questions.ahead(w.session, found) if found.state == WAITING else 0,
        "done": found.done,
        "total": found.total,
        "faults": [item["detail"] for item in found.faults],
        "notes": found.notes,
        "tabs": _tabs(counts, chosen),
        "chosen": chosen,
        "rows": [_row(row) for row in rows],
        "pager": pager.links(len(rows), counts[chosen]) if chosen else None,
        "good": good,
        "may_apply": is_trial and done and good > 0 and applied is None,
        "applied": f"/imports/{applied}" if applied else None,
        "trial": f"/imports/{found.follows}" if found.follows else None,
        "to_mend": f"/imports/{found.id}/refused" if done and counts[imports.REFUSED] else None,
    }


def _chosen(counts: dict[str, int]) -> str | None:
    asked = request.args.get("result")
    if asked in counts:
        return asked
    return next((name for name in RESULTS if counts[name]), None)


def _tabs(counts: dict[str, int], chosen: str | None) -> list[dict[str, Any]]:
    return [
        {
            "label": str(TITLES[name]),
            "url": pager.url(result=name, page=None),
            "count": counts[name],
            "current": name == chosen,
        }
        for name in RESULTS
        if counts[name]
    ]


def _row(row: Any) -> dict[str, Any]:
    submission = f"/submissions/{row.submission_id}" if row.submission_id else None
    return {
        "key": row.source_ref,
        "title": row.title,
        "url": submission,
        "place": row.place,
        "problems": [(item["place"], item["detail"]) for item in row.problems],
        "changes": [_change(item) for item in row.changes],
        "kinds_dropped": len(row.dropped),
        "dropped": _dropped(row.dropped),
    }


def _dropped(left_out: dict[str, int]) -> list[tuple[str, str]]:
    """Why, and what for that reason, each most frequent first; the reason that most have comes last."""
    found: dict[str, list[str]] = {}
    for remark, count in sorted(left_out.items(), key=lambda item: (-item[1], item[0])):
        what, _colon, why = remark.partition(": ")
        found.setdefault(why, []).append(f"{count} × {what}")
    return sorted(((why, "; ".join(listed)) for why, listed in found.items()), key=lambda item: len(item[1]))


def _change(item: dict[str, Any]) -> tuple[str, str, str]:
    name = item["field"]
    return part(name), _shown(name, item["before"]), _shown(name, item["after"])


def _shown(name: str, value: Any) -> str:
    """A value of a field as a person compares it, in short."""
    text = "; ".join(comparing.lines(name, {name: value})) or _("nothing")
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
