"""The whole history on a page, for administrators and coordinators: filters, before and after, and as CSV."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from adam.domain.actors import ADMINISTRATOR, COORDINATOR
from adam.domain.messages import PATHS, path_of
from adam.errors import Invalid
from adam.http import guards, paging
from adam.http.work import work
from adam.queries import audit, history, listings
from adam.queries.audit import Filters
from adam.queries.listings import Window
from adam.schemas.api_audit import AuditQuery
from adam.schemas.faults import load as read
from adam.services import audit_files, audits
from adam.web import steps
from adam.web.person_rows import errors_of

blueprint = Blueprint("audit", __name__)
MOST = 50
LONGEST = 400
FIELDS = ("entity", "action", "actor", "entity_id", "from", "to")
Page = Any


@blueprint.get("/history")
@guards.role(ADMINISTRATOR, COORDINATOR)
def listed() -> Page:
    """Entries, newest first; that somebody looked is an entry too."""
    try:
        filters = _filters()
    except Invalid as error:
        return _page([], errors_of(error)), 422
    after = paging.position()
    with work() as w:
        query = audits.look(w, filters, further=after is not None)
        part = listings.part(w.session, query, listings.HISTORY, Window(MOST, after))
        items = [_row(row) for row in part.items]
        kinds = audit.kinds(w.session, w.actor)
    following = paging.next_url(paging.cursor_for(part.following)) if part.following else None
    return _page(items, {}, kinds, (following, after is not None))


def _page(
    items: list[dict[str, Any]],
    errors: dict[str, list[str]],
    kinds: list[str] | None = None,
    ways: tuple[str | None, bool] = (None, False),
) -> str:
    given = {name: request.args.get(name, "")[:200] for name in FIELDS}
    options = [{"value": one, "label": one} for one in kinds or []]
    about = {"options": options, "type": "select", "all": _("Everything")}
    fields = [
        {"name": "entity", "label": _("Done to"), "value": given["entity"]} | about,
        {"name": "actor", "label": _("Who"), "type": "search", "value": given["actor"]},
        {"name": "from", "label": _("From (day)"), "type": "text", "value": given["from"]},
        {"name": "to", "label": _("To (day)"), "type": "text", "value": given["to"]},
    ]
    more = [
        {"name": "action", "label": _("Step, such as submission.validated"), "value": given["action"]},
        {"name": "entity_id", "label": _("The id of one thing"), "value": given["entity_id"]},
    ]
    asked = request.query_string.decode("ascii", "ignore")
    return render_template(
        "audit.html",
        items=items,
        filters=fields,
        more=more,
        faults=[text for texts in errors.values() for text in texts],
        earlier=ways[0],
        newest="/history" if ways[1] else None,
        file=f"/history.csv?{asked}" if asked else "/history.csv",
    )


@blueprint.get("/history.csv")
@guards.role(ADMINISTRATOR, COORDINATOR)
def file() -> Response:
    """The same as CSV."""
    with work() as w:
        text = audit_files.text(w, audits.look(w, _filters()))
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="history.csv"'
    return response


def _filters() -> Filters:
    given: dict[str, Any] = {
        name: request.args[name].strip() for name in FIELDS if request.args.get(name, "").strip()
    }
    return audits.filters_of(read(AuditQuery(), given))


def _row(row: Any) -> dict[str, Any]:
    before, after = row.before or {}, row.after or {}
    names = history.changed(before, after)
    step = history.Step(row.at, row.actor, row.action, [], after)
    return {
        "id": row.id,
        "at": row.at,
        "who": row.actor,
        "what": steps.DONE.get(row.action, row.action),
        "action": row.action,
        "entity": row.entity,
        "entity_id": row.entity_id,
        "url": path_of(row.entity, row.entity_id) if row.entity in PATHS else None,
        "name": after.get("reference") or before.get("reference") or step.after.get("title"),
        "changes": [
            {"name": one, "before": _text(before.get(one)), "after": _text(after.get(one))} for one in names
        ],
    }


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
