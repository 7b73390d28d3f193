"""Accepted projects as files: IATI, HXL-tagged CSV, or all project objects at once."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api.reading import Blueprint
from adam.http import guards, limits, streams
from adam.http.work import actor, state, work
from adam.queries import projects
from adam.schemas.api_queries import ExportQuery
from adam.schemas.projects import ProjectSchema
from adam.services import exports, readings

blueprint = Blueprint("exports", __name__, "Accepted projects as files.")
TEXT = {"type": "string"}


@blueprint.route("/projects/export")
@limits.limiter.limit(limits.EXPORTS, key_func=limits.account)
@guards.scope_if_signed_in("read")
@blueprint.arguments(ExportQuery, location="query")
@blueprint.response(200, TEXT, content_type="application/xml", description="The file.")
@blueprint.alt_response(200, schema=TEXT, content_type="text/csv", success=True)
@blueprint.alt_response(200, schema=ProjectSchema(many=True), content_type="application/json", success=True)
def export(asked: dict[str, Any]) -> Response:
    """Every project that passes the filters, as one file

    `iati` is IATI 2.03, `hxl` a CSV file with hashtags of HXL (who does what where), `json` a list of project objects.
    Without a token: public projects, without amounts by funder and attached documents.
    """
    filters = projects.Filters(
        **{name: asked[name] for name in (*projects.LISTS, "active_from", "active_to")}, text=asked["q"]
    )
    form = exports.FORMS[asked["form"]]
    with work(read_only=not readings.noted(actor())) as w:
        exports.note(w, projects.matching(w.actor, filters))
    base = state().settings.public_url
    return streams.download(
        lambda w: form.write(w, projects.matching(w.actor, filters), base),
        form.kind,
        f"adam-projects.{form.ending}",
    )
