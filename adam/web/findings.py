"""Findings: the queues, one finding side by side, and the verdict."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT
from adam.errors import Conflict, Invalid
from adam.http import guards
from adam.http.work import work
from adam.queries import finding_groups
from adam.queries import findings as questions
from adam.schemas.faults import load
from adam.schemas.scopes import JudgementSchema
from adam.services import findings
from adam.services.work import Work
from adam.web import finding_page, finding_queues, finding_rows, pager
from adam.web.labels import label

blueprint = Blueprint("findings", __name__)
Answer = Response | str | tuple[str, int]


@blueprint.get("/findings")
@guards.role(FOCAL_POINT, COORDINATOR, ADMINISTRATOR)
def listed() -> str:
    """The queue: for coordinators all, for a focal point what touches its records."""
    with work(read_only=True) as w:
        query = questions.listed(w.actor, finding_queues.asked())
        group = request.args.get("group")
        if w.actor.sees_all_records:
            query = finding_groups.inside(query, group) if group else finding_groups.heads(query)
        total = finding_groups.count(w.session, query)
        found = questions.page(w.session, query, pager.window())
        return render_template(
            "findings/list.html",
            lede=finding_queues.lede(total),
            tabs=finding_queues.tabs(w),
            chips=finding_queues.chips(w),
            filters=finding_queues.filters(),
            groups=[{"title": None, "findings": _rows(w, found)}] if found else [],
            pager=pager.links(len(found), total),
            export_url=None,
            empty={"title": _("Nothing waits here"), "text": finding_queues.empty()},
        )


def _rows(w: Work, found: Any) -> list[dict[str, Any]]:
    """The findings in their order; one that stands for a group says so, with the most that is at stake in it."""
    rows = finding_rows.rows(w, found)
    keys = [item.group_key for item in found if item.group_key]
    folded = w.actor.sees_all_records and not request.args.get("group")
    filters = finding_queues.asked()
    known = finding_groups.of(w.session, questions.listed(w.actor, filters), keys) if folded else {}
    for item, row in zip(found, rows, strict=True):
        group = known.get(item.group_key)
        if group and group.pairs > 1:
            row["group"] = _group(item, group)
            if group.stake is not None:
                row["stake"] = {"amount": group.stake, "currency": "USD"}
    return rows


def _group(item: Any, group: finding_groups.Group) -> dict[str, str]:
    text = _(
        "One question about %(records)s records: see its %(pairs)s pairs",
        records=group.records,
        pairs=group.pairs,
    )
    return {"text": text, "url": pager.url(group=item.group_key, page=None)}


@blueprint.get("/findings/<uuid:finding_id>")
@guards.role(FOCAL_POINT, COORDINATOR, ADMINISTRATOR)
def show(finding_id: UUID) -> str:
    """One finding, with all that speaks for it and against it."""
    with work(read_only=True) as w:
        return finding_page.page(w, str(finding_id), {}, {})


@blueprint.post("/findings/<uuid:finding_id>")
@guards.role(COORDINATOR)
def judge(finding_id: UUID) -> Answer:
    """Give a verdict."""
    key = str(finding_id)
    values = {name: request.form.get(name, "").strip() for name in ("verdict", "reason", "review_on")}
    try:
        draft = load(JudgementSchema(), {name: text for name, text in values.items() if text})
        with work() as w:
            following = finding_page.following(w, key)
            findings.judge(w, key, draft, finding_page.version())
    except (Invalid, Conflict) as error:
        with work(read_only=True) as w:
            status = 422 if isinstance(error, Invalid) else 409
            return finding_page.page(w, key, values, finding_page.errors_of(error)), status
    flash(_("Decided: %(verdict)s.", verdict=label(draft["verdict"], "kind")), "done")
    return redirect(f"/findings/{following or key}", 303)
