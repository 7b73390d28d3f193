"""My desk: what waits for whoever is signed in; and the counts beside the links of every page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template, request

from adam.http import guards
from adam.http.faces import for_programs, is_static
from adam.http.work import actor, state
from adam.http.work import work as open_work
from adam.queries import desk as questions
from adam.services.work import working
from adam.web import desk_sections

blueprint = Blueprint("desk", __name__)


@blueprint.before_app_request
def count() -> None:
    """g.counts, for the navigation of every page that a signed-in person reads."""
    if request.endpoint is None or is_static() or for_programs() or not actor().signed_in:
        return
    with working(state().sessions, actor(), state().rules, read_only=True) as w:
        g.counts = {path: number for path, number in questions.waiting(w.session, w.actor).items() if number}


@blueprint.get("/desk")
@guards.signed_in
def show() -> str:
    """What waits, by role."""
    with open_work(read_only=True) as w:
        sections: list[dict[str, Any]] = desk_sections.of(w)
        return render_template(
            "desk.html",
            lede=desk_sections.lede(w, sections),
            actions=desk_sections.actions(w),
            sections=sections,
            figures=desk_sections.figures(w),
        )
