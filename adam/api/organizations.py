"""Organizations that fund and implement, to be named by code or id."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint
from adam.http import guards
from adam.http.work import work
from adam.queries import directory
from adam.schemas.api_answers import OrganizationAnswer, page_of
from adam.schemas.api_queries import OrganizationsQuery
from adam.services import filters

blueprint = Blueprint("organizations", __name__, "Bodies that fund and implement.")


@blueprint.route("/organizations")
@guards.scope_if_signed_in("read")
@blueprint.arguments(OrganizationsQuery, location="query")
@blueprint.response(200, page_of(OrganizationAnswer))
def listed(asked: dict[str, Any]) -> Response:
    """Organizations by name: those of the vocabulary, and those that a project you may see names"""
    with work(read_only=True) as w:
        filters.refuse_unknown(w, asked)
        query = directory.organizations(w.actor, asked["q"], asked["partner"])
        return answers.page(
            w, query, directory.ORGANIZATIONS, lambda rows: directory.shown_organizations(w.session, rows)
        )
