"""My desk: what waits for whoever is signed in; and the counts beside the links of every page."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from adam.domain.actors import FOCAL_POINT
from adam.http import guards
from adam.http.faces import for_programs, is_static
from adam.http.work import actor, state
from adam.http.work import work as open_work
from adam.queries import desk as questions
from adam.services import projects, waiting
from adam.services.work import working
from adam.web import desk_sections, pager

RECORD = re.compile(r"[0-9a-f-]{36}")
MOST = 200
blueprint = Blueprint("desk", __name__)


@blueprint.before_app_request
def count() -> None:
    """g.counts, for the navigation of every page that a signed-in person reads."""
    if request.endpoint is None or is_static() or for_programs() or not actor().signed_in:
        return
    with working(state().sessions, actor(), state().rules, read_only=True) as w:
        g.counts = {path: number for path, number in waiting.counts(w).items() if number}


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


@blueprint.get("/desk/confirm")
@guards.role(FOCAL_POINT)
def to_confirm() -> str:
    """The records of one's own that nobody confirmed for a year, to be ticked together."""
    with open_work(read_only=True) as w:
        window = pager.window()
        rows = questions.to_confirm(w.session, w.actor, w.today, window)
        total = questions.number_to_confirm(w.session, w.actor, w.today)
        return render_template(
            "confirm.html",
            records=[desk_sections.to_confirm_row(row) for row in rows],
            total=total,
            pager=pager.links(len(rows), total),
        )


@blueprint.post("/desk/confirm")
@guards.role(FOCAL_POINT)
def confirm() -> Response:
    """All that are ticked are right today."""
    ids = [key for key in request.form.getlist("record") if RECORD.fullmatch(key)][:MOST]
    with open_work() as w:
        number = projects.still_correct_all(w, ids)
    if number:
        said = ngettext(
            "One record is confirmed as correct today.",
            "%(num)s records are confirmed as correct today.",
            number,
        )
        flash(said, "done")
    else:
        flash(_("Tick the records that are still correct."), "bad")
    return redirect("/desk/confirm", 303)
