"""Partners of the Paris Pact and the focal points they designate."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint
from adam.http import guards
from adam.http.work import work
from adam.queries import directory
from adam.schemas.api_answers import FocalPointAnswer, PartnerAnswer, page_of
from adam.schemas.api_queries import FocalPointsQuery, PageQuery

blueprint = Blueprint("partners", __name__, "Partners and their focal points.")


@blueprint.route("/partners")
@guards.scope_if_signed_in("read")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(PartnerAnswer))
def listed(_asked: dict[str, Any]) -> Response:
    """Partners by name, all of them unless a limit is asked for"""
    with work(read_only=True) as w:
        return answers.whole(directory.partners(w.session))


@blueprint.route("/focal-points")
@guards.scope("read")
@blueprint.arguments(FocalPointsQuery, location="query")
@blueprint.response(200, page_of(FocalPointAnswer))
def focal_points(asked: dict[str, Any]) -> Response:
    """Whom to write to: focal points, what they answer for (no pillars or countries: all), from when until when"""
    with work(read_only=True) as w:
        current = (directory.answering(w.today),) if asked["state"] == "current" else ()
        query = directory.focal_points(asked["partner"], *current)
        return answers.page(
            w, query, directory.FOCAL_POINTS, lambda rows: directory.shown_focal_points(w.session, rows)
        )
