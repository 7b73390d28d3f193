"""The JSON face: one module a noun, each with a `blueprint`; a new noun adds one line to NOUNS."""

from __future__ import annotations

from flask import Flask

from adam.api import (
    accounts,
    audit,
    batches,
    cases,
    coverage,
    docs,
    exports,
    findings,
    imports,
    meetings,
    needs,
    openapi,
    organizations,
    partners,
    projects,
    recommendations,
    reports,
    rounds,
    rules,
    saved_scopes,
    submissions,
    tokens,
    totals,
    vocabulary,
    webhooks,
)

NOUNS = (
    partners,
    organizations,
    vocabulary,
    rules,
    projects,
    exports,
    submissions,
    batches,
    imports,
    findings,
    cases,
    reports,
    saved_scopes,
    rounds,
    meetings,
    recommendations,
    coverage,
    totals,
    needs,
    accounts,
    tokens,
    webhooks,
    audit,
)


def register(app: Flask) -> None:
    """Add every noun and the documentation."""
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    description = openapi.prepare(app)
    for noun in NOUNS:
        description.register_blueprint(noun.blueprint)
    app.register_blueprint(docs.blueprint)
    app.register_blueprint(docs.assets)
    app.extensions["adam_openapi"] = openapi.finished(app, description)
