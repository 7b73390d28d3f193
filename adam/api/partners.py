"""Partners of the Paris Pact and the focal points they designate."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint, Body
from adam.http import guards
from adam.http.work import work
from adam.queries import directory
from adam.schemas.api_answers import FocalPointAnswer, PartnerAnswer, page_of
from adam.schemas.api_queries import FocalPointsQuery, PageQuery
from adam.schemas.focal_points import FocalPointPatchSchema, FocalPointSchema
from adam.services import filters
from adam.services import focal_points as people
from adam.services.work import Work

blueprint = Blueprint("partners", __name__, "Partners and their focal points.")


@blueprint.route("/partners")
@guards.scope_if_signed_in("read")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(PartnerAnswer))
def listed(_asked: dict[str, Any]) -> Response:
    """Partners by name, all of them unless a limit is asked for"""
    with work(read_only=True) as w:
        return answers.whole(directory.partners(w.session))


@blueprint.route("/focal-points", methods=["GET"])
@guards.scope("read")
@blueprint.arguments(FocalPointsQuery, location="query")
@blueprint.response(200, page_of(FocalPointAnswer))
def focal_points(asked: dict[str, Any]) -> Response:
    """Whom to write to: focal points, what they answer for (no pillars or countries: all), from when until when"""
    with work(read_only=True) as w:
        filters.refuse_unknown(w, asked)
        current = (directory.answering(w.today),) if asked["state"] == "current" else ()
        named = directory.answers_for(asked["pillar"], asked["country"])
        query = directory.focal_points(asked["partner"], *current, *named)
        return answers.page(
            w, query, directory.FOCAL_POINTS, lambda rows: directory.shown_focal_points(w.session, rows)
        )


@blueprint.route("/focal-points", methods=["POST"])
@guards.scope("admin")
@blueprint.arguments(FocalPointSchema)
@blueprint.response(201, FocalPointAnswer)
def designate(body: Body) -> Response:
    """Enter the person whom a partner has named

    Without a kind the partner's decides, without a first day it is today; no pillars or countries means all of them.
    """
    draft = body.taken()
    with work() as w:
        person = people.designate(w, draft)
        shown = _shown(w, person)
        location = f"/api/v1/focal-points/{person.id}"
        return answers.created(shown, location, answers.versioned(person.version, shown))


@blueprint.route("/focal-points/<record:focal_point_id>", methods=["GET"])
@guards.scope("read")
@blueprint.response(200, FocalPointAnswer)
def one(focal_point_id: str) -> Response:
    """One focal point, also one who no longer answers or will later"""
    with work(read_only=True) as w:
        return _answer(w, directory.person(w.session, focal_point_id))


@blueprint.route("/focal-points/<record:focal_point_id>", methods=["PATCH"])
@guards.scope("admin")
@blueprint.arguments(FocalPointPatchSchema)
@blueprint.response(200, FocalPointAnswer)
def change(body: Body, focal_point_id: str) -> Response:
    """Change what is said of a focal point, or enter from which day on the person no longer answers

    A field that is given replaces the one that stands; lists are replaced as a whole. To pass open work on to a
    successor, hand over on the pages instead.
    """
    version = answers.expected()
    draft = body.taken()
    with work() as w:
        return _answer(w, people.change(w, focal_point_id, draft, version))


def _shown(w: Work, person: Any) -> dict[str, Any]:
    return directory.shown_focal_points(w.session, [person])[0]


def _answer(w: Work, person: Any) -> Response:
    shown = _shown(w, person)
    return answers.one(shown, answers.versioned(person.version, shown))
