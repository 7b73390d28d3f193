"""Findings: the queues, one finding side by side, and the verdict."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT
from adam.domain.findings import CELL_KINDS, VERDICTS
from adam.errors import Conflict, Invalid
from adam.http import guards, paging
from adam.http.work import work
from adam.queries import findings as questions
from adam.queries import listings
from adam.queries.listings import Part, Window
from adam.schemas.faults import load
from adam.schemas.findings import JudgementSchema
from adam.services import findings, readings
from adam.services.work import Work
from adam.web import (
    choices,
    finding_filters,
    finding_groups,
    finding_page,
    finding_queues,
    finding_rows,
    finding_verdicts,
)
from adam.web.labels import label

blueprint = Blueprint("findings", __name__)
Answer = Response | str | tuple[str, int]
SIZE = 25
ORDER = listings.FINDINGS["queue"]


@blueprint.get("/findings")
@guards.role(FOCAL_POINT, COORDINATOR, ADMINISTRATOR)
def listed() -> str:
    """The queue: for coordinators all, for a focal point what touches its records."""
    with work(read_only=True) as w:
        filters = finding_queues.asked(w)
        within = questions.listed if filters.group else questions.folded
        query, counted = within(w.actor, filters), finding_queues.tallied(w)
        part, first = _page(w, query)
        rows = (
            finding_rows.rows(w, part.items) if filters.group else finding_groups.fold(w, part.items, filters)
        )
        secret = readings.of_findings(w, part.items)
        shown = render_template(
            "findings/list.html",
            lede=finding_queues.lede(finding_queues.number(w, filters, counted)),
            tabs=finding_queues.tabs(counted),
            chips=finding_queues.chips(counted),
            note=finding_queues.note(counted),
            bulk=_bulk(w),
            filters=finding_filters.fields(),
            more=finding_filters.more(),
            hidden=finding_filters.kept(),
            group=finding_groups.opened(w, filters),
            findings=rows,
            pager=_pager(w, query, part, first),
            empty={"title": _("Nothing waits here"), "text": finding_queues.empty()},
        )
    if secret:
        with work() as w:
            readings.together(w, secret)
    return shown


def _bulk(w: Work) -> dict[str, Any] | None:
    """What several may be called at once, for whoever decides."""
    if not w.actor.coordinates:
        return None
    codes = finding_verdicts.OF_CELLS if request.args.get("kind") in CELL_KINDS else VERDICTS
    return {
        "action_url": finding_queues.address("/findings/several"),
        "verdicts": choices.labelled(codes, "kind"),
    }


def _page(w: Work, query: Any) -> tuple[Part, int]:
    """The page that the cursor asks for, and the number of its first item."""
    place = paging.position()
    *after, first = place or (None, 1)
    return listings.part(w.session, query, ORDER, Window(SIZE, after if place else None)), int(first)


def _pager(w: Work, query: Any, part: Part, first: int) -> dict[str, Any] | None:
    following, before = part.following, None
    after = None if following is None else paging.cursor_for([*following, first + len(part.items)])
    if first > 1 and part.items:
        place = listings.before(w.session, query, ORDER, (part.items[0], SIZE))
        before = "" if place is None else paging.cursor_for([*place, max(first - SIZE, 1)])
    return finding_queues.links(len(part.items), (before, after), first)


@blueprint.get("/findings/<uuid:finding_id>")
@guards.role(FOCAL_POINT, COORDINATOR, ADMINISTRATOR)
def show(finding_id: UUID) -> str:
    """One finding, with all that speaks for it and against it."""
    with work(read_only=True) as w:
        secret = readings.of_findings(w, [questions.one(w.session, w.actor, str(finding_id))])
        shown = finding_page.page(w, str(finding_id), {}, {})
    if secret:
        with work() as w:
            readings.together(w, secret)
    return shown


@blueprint.post("/findings/<uuid:finding_id>")
@guards.role(COORDINATOR)
def judge(finding_id: UUID) -> Answer:
    """Give a verdict, and go on with the next question of the same queue."""
    key = str(finding_id)
    values = {name: request.form.get(name, "").strip() for name in finding_page.FIELDS}
    try:
        draft = load(JudgementSchema(), finding_verdicts.draft(values))
        with work() as w:
            at = questions.one(w.session, w.actor, key).queue or ""
            item = findings.judge(w, key, draft, finding_page.version())
            following = finding_page.following(w, item, at)
    except (Invalid, Conflict) as error:
        with work(read_only=True) as w:
            status = 422 if isinstance(error, Invalid) else 409
            return finding_page.page(w, key, values, finding_page.errors_of(error)), status
    said = _("Decided: %(verdict)s.", verdict=label(draft["verdict"], "kind"))
    flash(finding_page.said(item, said), "done")
    return redirect(following or finding_queues.address("/findings", group=None), 303)
