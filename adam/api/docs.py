"""The documentation: the description of the API as JSON, and a page that shows it without any outside request."""

from __future__ import annotations

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Response, current_app, json, render_template

from adam.api.answers import conditional, digest
from adam.http import guards

blueprint = Blueprint(
    "api_docs", __name__, template_folder="templates", static_folder="static", static_url_path="/api/docs/own"
)
assets = Blueprint(
    "api_docs_assets",
    __name__,
    static_folder=Path(flask_swagger_ui.__file__).parent / "dist",
    static_url_path="/api/docs/assets",
)


@blueprint.get("/api/v1/openapi.json")
@guards.anyone
def description() -> Response:
    """The description in OpenAPI 3.1."""
    text = json.dumps(current_app.extensions["adam_openapi"])
    response = Response(text, content_type="application/json")
    response.set_etag(digest(text.encode()))
    return conditional(response)


@blueprint.get("/api/docs")
@guards.anyone
def page() -> str:
    """The description as a page to read and to try."""
    return render_template("api/docs.html")
