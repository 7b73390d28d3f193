"""Meetings of the partnership: listed, entered and changed."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint, Body
from adam.http import guards
from adam.http.work import work
from adam.queries import listings
from adam.queries import meetings as questions
from adam.schemas.api_answers import page_of
from adam.schemas.api_recommendations import MeetingAnswer, MeetingsQuery
from adam.schemas.meetings import MeetingPatchSchema, MeetingSchema
from adam.services import meetings

blueprint = Blueprint("meetings", __name__, "Meetings whose recommendations make the compendium.")
route, arguments, response = blueprint.route, blueprint.arguments, blueprint.response


@route("/meetings", methods=["GET"])
@guards.scope("read")
@arguments(MeetingsQuery, location="query")
@response(200, page_of(MeetingAnswer))
def listed(asked: dict[str, Any]) -> Response:
    """Meetings in the order of their references"""
    with work(read_only=True) as w:
        query = questions.visible(w.actor, asked["kind"], asked["pillar"])
        return answers.page(w, query, listings.MEETINGS, lambda rows: [_shown(row) for row in rows])


@route("/meetings", methods=["POST"])
@guards.scope("coordinate")
@arguments(MeetingSchema)
@response(201, MeetingAnswer)
def create(body: Body) -> Response:
    """Enter a meeting"""
    draft = body.taken()
    with work() as w:
        found = meetings.record(w, draft)
        shown = _shown(found)
        return answers.created(shown, f"/api/v1/meetings/{found.id}", answers.versioned(found.version, shown))


@route("/meetings/<record:meeting_id>")
@guards.scope("read")
@response(200, MeetingAnswer)
def one(meeting_id: str) -> Response:
    """One meeting"""
    with work(read_only=True) as w:
        return _answer(questions.one(w.session, w.actor, meeting_id))


@route("/meetings/<record:meeting_id>", methods=["PATCH"])
@guards.scope("coordinate")
@arguments(MeetingPatchSchema)
@response(200, MeetingAnswer)
def change(body: Body, meeting_id: str) -> Response:
    """Change what is said of a meeting"""
    version = answers.expected()
    draft = body.taken()
    with work() as w:
        return _answer(meetings.change(w, meeting_id, draft, version))


def _answer(found: Any) -> Response:
    shown = _shown(found)
    return answers.one(shown, answers.versioned(found.version, shown))


def _shown(found: Any) -> dict[str, Any]:
    own = {"id": found.id, "reference": found.reference, "version": found.version}
    return own | {"created_at": found.created_at.isoformat()} | meetings.document(found)
