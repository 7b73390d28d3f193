"""Saved scopes: one's own reports that run again, by hand or on their day."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint, Body
from adam.http import guards
from adam.http.work import work
from adam.queries import listings
from adam.queries import saved_scopes as questions
from adam.schemas.api_answers import ReportAnswer, page_of
from adam.schemas.api_queries import PageQuery
from adam.schemas.api_reports import SavedScopeAnswer
from adam.schemas.saved_scopes import SavedScopePatchSchema, SavedScopeSchema
from adam.services import report_files, reports, saved_scopes

blueprint = Blueprint("saved-scopes", __name__, "Reports that run again, by hand or on their day.")
route, arguments, response = blueprint.route, blueprint.arguments, blueprint.response
PLAIN = ("id", "last_report_id", "version")
TIMES = ("next_on", "last_run_at", "created_at")


@route("/saved-scopes", methods=["GET"])
@guards.scope("read")
@arguments(PageQuery, location="query")
@response(200, page_of(SavedScopeAnswer))
def listed(_asked: dict[str, Any]) -> Response:
    """Your own saved scopes, newest first"""
    with work(read_only=True) as w:
        query = questions.own(w.actor)
        return answers.page(w, query, listings.SAVED_SCOPES, lambda rows: [_shown(row) for row in rows])


@route("/saved-scopes", methods=["POST"])
@guards.scope("submit", "coordinate", "admin")
@arguments(SavedScopeSchema)
@response(201, SavedScopeAnswer)
def create(body: Body) -> Response:
    """Keep a scope under a name, to run it again

    Rhythm `weekly` takes a day from 1 (Monday) to 7; `monthly` and `quarterly` take one from 1 to 28.
    """
    draft = body.taken()
    with work() as w:
        found = saved_scopes.save(w, draft)
        shown = _shown(found)
        place = f"/api/v1/saved-scopes/{found.id}"
        return answers.created(shown, place, answers.versioned(found.version, shown))


@route("/saved-scopes/<record:scope_id>")
@guards.scope("read")
@response(200, SavedScopeAnswer)
def one(scope_id: str) -> Response:
    """One saved scope of yours, with its next run"""
    with work(read_only=True) as w:
        return _answer(questions.one(w.session, w.actor, scope_id))


@route("/saved-scopes/<record:scope_id>", methods=["PATCH"])
@guards.scope("submit", "coordinate", "admin")
@arguments(SavedScopePatchSchema)
@response(200, SavedScopeAnswer)
def change(body: Body, scope_id: str) -> Response:
    """Change its name, its files, or when it runs; `paused` stops and starts it"""
    version = answers.expected()
    draft = body.taken()
    with work() as w:
        return _answer(saved_scopes.change(w, scope_id, draft, version))


@route("/saved-scopes/<record:scope_id>", methods=["DELETE"])
@guards.scope("submit", "coordinate", "admin")
@response(204)
def forget(scope_id: str) -> Response:
    """Forget it; the reports it made stay"""
    version = answers.expected()
    with work() as w:
        saved_scopes.forget(w, scope_id, version)
    return Response(status=204)


@route("/saved-scopes/<record:scope_id>/run", methods=["POST"])
@guards.scope("submit", "coordinate", "admin")
@response(201, ReportAnswer)
def run(scope_id: str) -> Response:
    """Run it now; when it runs next stays as it is"""
    with work() as w:
        report = reports.one(w, saved_scopes.run(w, scope_id).id)
        shown = report_files.whole(report)
        return answers.created(shown, f"/api/v1/reports/{report.id}", answers.versioned(1, shown))


def _answer(found: Any) -> Response:
    shown = _shown(found)
    return answers.one(shown, answers.versioned(found.version, shown))


def _shown(found: Any) -> dict[str, Any]:
    times = {name: value.isoformat() if (value := getattr(found, name)) else None for name in TIMES}
    document = saved_scopes.document(found)
    scope = reports.given(document.pop("scope"))
    return {name: getattr(found, name) for name in PLAIN} | document | {"scope": scope} | times
