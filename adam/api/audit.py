"""The whole history: who did what and when, before and after, as a list and as CSV."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint
from adam.http import guards, paging
from adam.http.work import work
from adam.queries import listings
from adam.schemas.api_answers import page_of
from adam.schemas.api_audit import AuditEntryAnswer, AuditQuery
from adam.services import audit_files, audits

blueprint = Blueprint("audit", __name__, "The whole history, chained by hashes.")


@blueprint.route("/audit")
@guards.scope("coordinate", "admin")
@blueprint.arguments(AuditQuery, location="query")
@blueprint.response(200, page_of(AuditEntryAnswer))
def listed(asked: dict[str, Any]) -> Response:
    """Entries of the history, newest first

    Coordinators see what was done to records, submissions from handing in on, findings, reports and rounds;
    administrators see all. That you looked is an entry too.
    """
    with work() as w:
        query = audits.look(w, audits.filters_of(asked), further=paging.position() is not None)
        return answers.page(w, query, listings.HISTORY, lambda rows: [_entry(row) for row in rows])


@blueprint.route("/audit/file")
@guards.scope("coordinate", "admin")
@blueprint.arguments(AuditQuery, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/csv", description="CSV: a row an entry.")
def file(asked: dict[str, Any]) -> Response:
    """The same as CSV, the newest 20,000 of what the filters ask for"""
    with work() as w:
        text = audit_files.text(w, audits.look(w, audits.filters_of(asked)))
    answer = Response(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="history.csv"'
    return answer


def _entry(row: Any) -> dict[str, Any]:
    plain = {
        name: getattr(row, name)
        for name in ("id", "actor", "action", "entity", "entity_id", "before", "after")
    }
    return plain | {"at": row.at.isoformat(), "account_id": row.actor_id, "hash": row.hash}
