"""The fields of the filter form of findings: those used most in a row, the others folded away under them."""

from __future__ import annotations

from typing import Any

from flask import g, request
from flask_babel import gettext as _

from adam.domain.findings import VERDICTS
from adam.schemas.projects import ROLES, STATUSES
from adam.web import choices, finding_queues
from adam.web.labels import label

Fields = list[dict[str, Any]]


def fields() -> Fields:
    """The row of fields."""
    words = g.vocabulary
    return [
        _typed("q", _("Words"), "search"),
        _select("kind", _("Kind"), choices.labelled(finding_queues.within(finding_queues.tab()), "kind")),
        _select("country", _("Country"), choices.countries(words)),
        _select("pillar", _("Pillar or commitment"), choices.pillars(words)),
        _select("owner", _("Partner"), _partners()),
        _select("state", _("State"), _states(), _("All that wait") if _waiting() else None),
    ]


def more() -> Fields:
    """The fields that are folded away until one of them is set."""
    words = g.vocabulary
    found = [
        _select("organization", _("Organization"), _partners()),
        _select("role", _("in the role of"), choices.labelled(ROLES, "role")),
        _select("status", _("Status"), choices.labelled(STATUSES, "state")),
        _select("assistance_type", _("Kind of help"), choices.named(words.assistance_types)),
        _typed("sector", _("Sector")),
        _typed("from", _("Active from")),
        _typed("to", _("Active to")),
    ]
    if not _waiting():
        found.append(_select("verdict", _("Verdict"), choices.labelled(VERDICTS, "kind")))
    return found


def kept() -> dict[str, str]:
    """What the form carries on without a field of its own."""
    names = ("tab", "group", "project")
    return {name: request.args[name] for name in names if request.args.get(name)}


def _waiting() -> bool:
    return finding_queues.tab() != "decided"


def _states() -> list[dict[str, Any]]:
    if _waiting():
        return [choices.choice(code, label(code, "state")) for code in ("open", "reopened")]
    found = [choices.choice(code, label(code, "state")) for code in ("decided", "stated")]
    return [*found, choices.choice(finding_queues.DUE, _("Review due"))]


def _partners() -> list[dict[str, Any]]:
    return [choices.choice(code, row.name) for code, row in g.vocabulary.partners.items()]


def _typed(name: str, text: str, kind: str = "text") -> dict[str, Any]:
    return {"name": name, "label": text, "type": kind, "value": request.args.get(name, "")}


def _select(name: str, text: str, options: list[Any], everything: str | None = None) -> dict[str, Any]:
    value, all_ = request.args.get(name, ""), everything or _("All")
    return {"name": name, "label": text, "type": "select", "options": options, "value": value, "all": all_}
