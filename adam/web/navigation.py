"""What stands in the top bar, by role, in order; only what there is a page for."""

from __future__ import annotations

from typing import Any

from flask import current_app, request
from flask_babel import lazy_gettext as _l

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, VIEWER, Actor

PLACES = {
    "/desk": _l("My desk"),
    "/validate": _l("To validate"),
    "/submissions/new": _l("New project"),
    "/findings": _l("Findings"),
    "/projects": _l("Projects"),
    "/coverage": _l("Coverage"),
    "/reports": _l("Reports"),
    "/partners": _l("Partners"),
    "/accounts": _l("Accounts"),
    "/vocabulary": _l("Vocabulary"),
    "/imports": _l("Imports"),
    "/history": _l("History"),
}
RECORDS = ("/projects", "/coverage", "/reports", "/partners")
BAR = {
    None: ("/projects", "/coverage", "/partners"),
    VIEWER: ("/desk", *RECORDS),
    FOCAL_POINT: ("/desk", "/submissions/new", *RECORDS),
    COORDINATOR: ("/desk", "/validate", "/findings", *RECORDS),
    ADMINISTRATOR: ("/desk", "/accounts", "/vocabulary", "/history", "/projects", "/partners"),
}


def bar(actor: Actor, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The links of the top bar; `counts` is path → how many things wait there."""
    there = [path for path in BAR[actor.role] if exists(path)]
    here = max((path for path in there if _within(path)), key=len, default=None)
    return [
        {"label": PLACES[path], "url": path, "current": path == here, "count": counts.get(path)}
        for path in there
    ]


def exists(path: str) -> bool:
    """Whether there is a page at a path."""
    return any(rule.rule == path for rule in current_app.url_map.iter_rules())


def _within(path: str) -> bool:
    return request.path == path or request.path.startswith(f"{path}/")
