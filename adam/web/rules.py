"""The page of the validation rules: what is checked, at which level, and how to mend it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from adam.domain.rules import ERROR, WARNING, Rule
from adam.http import guards
from adam.http.work import state
from adam.web import form_errors

blueprint = Blueprint("rules", __name__)
KEPT = ("source_ref", "project_id", "answers")


@blueprint.get("/rules")
@guards.anyone
def listed() -> str:
    """Every rule, the errors first; ?q= keeps those that say a word."""
    text = request.args.get("q", "").replace("\x00", "").strip()[:100]
    rules = [_row(rule) for rule in state().rules.table.values()]
    found = [row for row in rules if text.casefold() in " ".join(map(str, row.values())).casefold()]
    groups = [
        {
            "id": "errors",
            "title": _("Errors"),
            "text": _("They stop a submission until they are mended."),
            "rules": [row for row in found if row["level"] == ERROR],
        },
        {
            "id": "warnings",
            "title": _("Warnings"),
            "text": _(
                "They stop nothing. Say why the answer stands so, and a coordinator reads the reason beside it."
            ),
            "rules": [row for row in found if row["level"] == WARNING],
        },
    ]
    filters = [{"name": "q", "label": _("Code, field or word"), "type": "search", "value": text}]
    return render_template("rules.html", groups=groups, total=len(rules), filters=filters)


def _row(rule: Rule) -> dict[str, Any]:
    words = ("sentence", "fix", "example", "source")
    return {
        "code": rule.code,
        "level": rule.level,
        "softer": rule.published != rule.level,
        "fields": ", ".join(_field(name) for name in rule.fields) or _("any field"),
    } | {name: _(getattr(rule, name)) for name in words}


def _field(name: str) -> str:
    return name if name in KEPT else form_errors.part(name)
