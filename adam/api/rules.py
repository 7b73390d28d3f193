"""The validation rules: what each code means and how to mend it."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint
from adam.http import guards
from adam.http.work import state
from adam.schemas.api_answers import RuleAnswer, page_of
from adam.schemas.api_queries import PageQuery

blueprint = Blueprint("rules", __name__, "What is checked in a project: codes, levels, and the way out.")
PARTS = ("code", "level", "published", "fields", "sentence", "fix", "example", "source")
EXAMPLE = {
    "items": [
        {
            "code": "no_pillar",
            "level": "warning",
            "published": "warning",
            "fields": ["pillars"],
            "sentence": "The project is assigned to no pillar of the Vienna Declaration.",
            "fix": "Choose a pillar, or say why none fits.",
            "example": "No pillar",
            "source": "DOMAIN.md, the four pillars",
        }
    ],
    "next_cursor": None,
}


@blueprint.route("/rules")
@guards.scope_if_signed_in("read")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(RuleAnswer), example=EXAMPLE)
def listed(_asked: dict[str, Any]) -> Response:
    """The rules that a project is held against, all of them unless a limit is asked for

    An error stops a submission; a warning may be answered with a reason. `published` is the level in data that was
    published elsewhere (IATI imports). `fields` are empty where a code may stand at any field.
    """
    table = state().rules.table.values()
    return answers.whole([{name: getattr(rule, name) for name in PARTS} for rule in table])
