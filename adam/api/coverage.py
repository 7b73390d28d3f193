"""Coverage: who helps where, and where nobody does."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint
from adam.http import guards
from adam.http.work import work
from adam.schemas.api_answers import CoverageAnswer
from adam.schemas.api_queries import CoverageQuery
from adam.services import coverage_cells, filters

blueprint = Blueprint("coverage", __name__, "Country × pillar: projects, donors, money.")


@blueprint.route("/coverage")
@guards.scope("read")
@blueprint.arguments(CoverageQuery, location="query")
@blueprint.response(200, CoverageAnswer)
def table(asked: dict[str, Any]) -> Response:
    """Every cell of a scope, the empty ones too

    `state` is empty, single (one donor), covered (two or three) or crowded (more). Null stands for "not allocated to
    a country" and "not assigned to a pillar". Money is counted once; `elsewhere` is what these cells leave out.
    """
    scope = asked | {
        "countries": list(asked["country"]),
        "pillars": list(asked["pillar"]),
        "organizations": list(asked["organization"]),
    }
    with work(read_only=True) as w:
        filters.refuse_unknown(w, asked)
        return answers.one(coverage_cells.cells(w, scope, asked["by"]))
