"""Needs: what partners and meetings ask for; coordinators enter, change and close them."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint, Body
from adam.http import guards
from adam.http.work import work
from adam.queries import needs as questions
from adam.schemas.api_answers import page_of
from adam.schemas.api_figures import NeedAnswer, NeedsQuery
from adam.schemas.needs import NeedPatch, NeedSchema
from adam.services import needs

blueprint = Blueprint("needs", __name__, "What partners and meetings ask for; a gap while nobody answers it.")


@blueprint.route("/needs", methods=["GET"])
@guards.scope("read")
@blueprint.arguments(NeedsQuery, location="query")
@blueprint.response(200, page_of(NeedAnswer))
def listed(asked: dict[str, Any]) -> Response:
    """Recorded needs, newest first; open ones unless others are asked for"""
    filters = questions.Filters(asked["country"], asked["pillar"], asked["state"] or (questions.OPEN,))
    with work(read_only=True) as w:
        query = questions.listed(filters)
        return answers.page(w, query, questions.NEEDS, lambda rows: [needs.document(row) for row in rows])


@blueprint.route("/needs", methods=["POST"])
@guards.scope("coordinate")
@blueprint.arguments(NeedSchema)
@blueprint.response(201, NeedAnswer)
def create(body: Body) -> Response:
    """Enter a need"""
    draft = body.taken()
    with work() as w:
        need = needs.record(w, draft)
        shown = needs.document(need)
        return answers.created(shown, f"/api/v1/needs/{need.id}", answers.versioned(need.version, shown))


@blueprint.route("/needs/<int:need_id>", methods=["GET"])
@guards.scope("read")
@blueprint.response(200, NeedAnswer)
def one(need_id: int) -> Response:
    """One need"""
    with work(read_only=True) as w:
        return _answer(questions.one(w.session, need_id))


@blueprint.route("/needs/<int:need_id>", methods=["PATCH"])
@guards.scope("coordinate")
@blueprint.arguments(NeedPatch)
@blueprint.response(200, NeedAnswer)
def change(body: Body, need_id: int) -> Response:
    """Change a need, close it with a reason, or open it again"""
    version = answers.expected()
    draft = body.taken()
    with work() as w:
        return _answer(needs.amend(w, need_id, draft, version))


def _answer(need: Any) -> Response:
    shown = needs.document(need)
    return answers.one(shown, answers.versioned(need.version, shown))
