"""The HTML face: one module a noun, each with a `blueprint`; a new noun adds one line to NOUNS."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

from adam.web import filters, frame, letters

NOUNS = (
    "pages",
    "sign_in",
    "desk",
    "submissions",
    "imports",
    "drafts",
    "pickers",
    "conversions",
    "additions",
    "mentions",
    "moves",
    "projects",
    "searches",
    "countries",
    "pillars",
    "findings",
    "finding_bundles",
    "finding_remedies",
    "cases",
    "coverage",
    "totals",
    "gaps",
    "needs",
    "reports",
    "report_exports",
    "saved_scopes",
    "partners",
    "messages",
    "mails",
    "accounts",
    "tokens",
    "webhooks",
    "audit",
    "focal_points",
    "handovers",
    "rules",
    "vocabulary",
    "organizations",
    "rounds",
    "meetings",
    "recommendations",
    "feeds",
)


def register(app: Flask) -> None:
    """Add every noun's pages, the filters, and what the frame of every page needs."""
    for noun in NOUNS:
        if find_spec(f"adam.web.{noun}"):
            app.register_blueprint(import_module(f"adam.web.{noun}").blueprint)
    filters.register(app)
    frame.register(app)
    letters.register(app)
