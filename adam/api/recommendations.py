"""The compendium of recommendations: listed, entered, changed, and linked with the projects that carry them out."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint, Body
from adam.domain.recommendations import overdue
from adam.http import guards
from adam.http.work import work
from adam.queries import listings
from adam.queries import recommendations as questions
from adam.schemas.api_answers import page_of
from adam.schemas.api_recommendations import RecommendationAnswer, RecommendationsQuery
from adam.schemas.recommendations import (
    RecommendationLinkSchema,
    RecommendationPatchSchema,
    RecommendationSchema,
)
from adam.services import recommendations
from adam.services.work import Work

blueprint = Blueprint("recommendations", __name__, "What meetings recommended, and what became of it.")
route, arguments, response = blueprint.route, blueprint.arguments, blueprint.response
LISTS = ("pillar", "status", "country", "partner", "meeting", "project")


@route("/recommendations", methods=["GET"])
@guards.scope("read")
@arguments(RecommendationsQuery, location="query")
@response(200, page_of(RecommendationAnswer))
def listed(asked: dict[str, Any]) -> Response:
    """The compendium, pillar by pillar"""
    with work(read_only=True) as w:
        late = w.today if asked["overdue"] else None
        chosen = {name: asked[name] for name in LISTS}
        filters = questions.Filters(**chosen, overdue_on=late, text=asked["q"])
        query = questions.listed(w.actor, filters)
        return answers.page(w, query, listings.RECOMMENDATIONS, lambda rows: _shown(w, rows))


@route("/recommendations", methods=["POST"])
@guards.scope("coordinate")
@arguments(RecommendationSchema)
@response(201, RecommendationAnswer)
def create(body: Body) -> Response:
    """Enter a recommendation"""
    draft = body.taken()
    with work() as w:
        found = recommendations.record(w, draft)
        [shown] = _shown(w, [found])
        place = f"/api/v1/recommendations/{found.id}"
        return answers.created(shown, place, answers.versioned(found.version, shown))


@route("/recommendations/<record:recommendation_id>")
@guards.scope("read")
@response(200, RecommendationAnswer)
def one(recommendation_id: str) -> Response:
    """One recommendation"""
    with work(read_only=True) as w:
        return _answer(w, questions.one(w.session, w.actor, recommendation_id))


@route("/recommendations/<record:recommendation_id>", methods=["PATCH"])
@guards.scope("coordinate")
@arguments(RecommendationPatchSchema)
@response(200, RecommendationAnswer)
def change(body: Body, recommendation_id: str) -> Response:
    """Change a recommendation, or say how far it is

    Done and dropped ask for an outcome.
    """
    version = answers.expected()
    draft = body.taken()
    with work() as w:
        return _answer(w, recommendations.change(w, recommendation_id, draft, version))


@route("/recommendations/<record:recommendation_id>/projects", methods=["POST"])
@guards.scope("submit", "coordinate")
@arguments(RecommendationLinkSchema)
@response(200, RecommendationAnswer)
def link(body: Body, recommendation_id: str) -> Response:
    """Say that a project carries it out; focal points link those of their own partner"""
    draft = body.taken()
    with work() as w:
        recommendations.link(w, recommendation_id, draft["project"])
        return _answer(w, questions.one(w.session, w.actor, recommendation_id))


@route("/recommendations/<record:recommendation_id>/projects/<record:project_id>", methods=["DELETE"])
@guards.scope("submit", "coordinate")
@response(204)
def unlink(recommendation_id: str, project_id: str) -> Response:
    """Take such a link back"""
    answers.expected_if_any()
    with work() as w:
        recommendations.unlink(w, recommendation_id, project_id)
    return Response(status=204)


def _answer(w: Work, found: Any) -> Response:
    [shown] = _shown(w, [found])
    return answers.one(shown, answers.versioned(found.version, shown))


def _shown(w: Work, rows: list[Any]) -> list[dict[str, Any]]:
    linked = questions.projects(w.session, w.actor, [row.id for row in rows])
    names = ("id", "reference", "title", "owner")
    return [
        {"id": row.id, "reference": row.reference, "author": row.author, "version": row.version}
        | recommendations.document(row)
        | {"overdue": overdue(row.status, row.due, w.today)}
        | {"created_at": row.created_at.isoformat(), "updated_at": row.updated_at.isoformat()}
        | {"projects": [{name: getattr(one[1], name) for name in names} for one in linked[row.id]]}
        for row in rows
    ]
