"""Saved scopes: one's own, a new one from a stored report, run now, pause, forget."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _

from adam.domain.actors import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, VIEWER
from adam.domain.rhythms import RHYTHMS
from adam.errors import Invalid, Stale
from adam.http import guards
from adam.http.work import work
from adam.queries import saved_scopes as questions
from adam.schemas.faults import load
from adam.schemas.saved_scopes import SavedScopeSchema
from adam.services import report_files, reports, saved_scopes
from adam.services.work import Work
from adam.web import choices, pager, report_page
from adam.web.labels import label
from adam.web.submission_form import version

blueprint = Blueprint("saved_scopes", __name__, url_prefix="/reports/saved")
Answer = Any
READERS = (VIEWER, FOCAL_POINT, COORDINATOR, ADMINISTRATOR)


@blueprint.get("")
@guards.role(*READERS)
def listed() -> str:
    """One's own, with their next run."""
    with work(read_only=True) as w:
        offset, limit = pager.window()
        rows = questions.page(w.session, w.actor, (offset, limit + 1))
        names = questions.references(w.session, [row.last_report_id for row in rows if row.last_report_id])
        return render_template(
            "reports/saved.html",
            rows=[_row(w, row, names) for row in rows[:limit]],
            pager=pager.links(min(len(rows), limit), offset + len(rows)),
        )


def _row(w: Work, row: Any, names: dict[str, str]) -> dict[str, Any]:
    parts = report_page.scope_of(w, row.scope)
    place = f"/reports/{row.last_report_id}"
    files = [{"label": report_files.FILES[form].label, "url": f"{place}/file.{form}"} for form in row.forms]
    last = {"url": place, "reference": names.get(row.last_report_id), "files": files}
    return {
        "id": row.id,
        "name": row.name,
        "kind": label(row.kind, "report"),
        "scope": "; ".join(f"{part['label']}: {part['value']}" for part in parts),
        "when": _when(row.rhythm, row.day),
        "rhythm": row.rhythm,
        "next": row.next_on,
        "paused": row.paused,
        "last": last if row.last_report_id else None,
        "version": row.version,
    }


def _when(rhythm: str, day: int | None) -> str:
    said = label(rhythm, "rhythm")
    return said if day is None or rhythm == "never" else _("%(rhythm)s, day %(day)s", rhythm=said, day=day)


@blueprint.get("/new")
@guards.role(*READERS)
def new() -> Answer:
    """The form, for the scope of a stored report."""
    with work(read_only=True) as w:
        report = reports.one(w, request.args.get("report", ""))
        return _form(_named(report), {"forms": ["pdf"]}, {})


@blueprint.post("/new")
@guards.role(*READERS)
def save() -> Answer:
    """Keep it."""
    values: dict[str, Any] = {name: request.form.get(name, "").strip() for name in ("name", "rhythm", "day")}
    values["forms"] = request.form.getlist("form")
    with work(read_only=True) as w:
        report = reports.one(w, request.form.get("report", ""))
        of, named = {"kind": report.kind, "scope": reports.given(report.scope)}, _named(report)
    given = of | {name: value for name, value in values.items() if value}
    if values["rhythm"] == "never":
        given.pop("day", None)
    try:
        draft = load(SavedScopeSchema(), given)
        with work() as w:
            saved_scopes.save(w, draft)
    except Invalid as error:
        return _form(named, values, _errors(error)), 422
    flash(_("Saved."), "done")
    return redirect("/reports/saved", 303)


@blueprint.post("/<uuid:scope_id>/run")
@guards.role(*READERS)
def run(scope_id: UUID) -> Answer:
    """Run it now."""
    with work() as w:
        key = saved_scopes.run(w, str(scope_id)).id
    flash(_("The report is stored; it can be read again and taken as a file."), "done")
    return redirect(f"/reports/{key}", 303)


@blueprint.post("/<uuid:scope_id>/pause")
@guards.role(*READERS)
def pause(scope_id: UUID) -> Answer:
    """Pause it, or let it go on."""
    paused = request.form.get("paused") == "yes"
    try:
        with work() as w:
            saved_scopes.change(w, str(scope_id), {"paused": paused}, version())
    except Stale:
        flash(_("It was changed meanwhile: look at what stands now."), "bad")
    else:
        flash(_("Paused.") if paused else _("It goes on."), "done")
    return redirect("/reports/saved", 303)


@blueprint.post("/<uuid:scope_id>/forget")
@guards.role(*READERS)
def forget(scope_id: UUID) -> Answer:
    """Forget it; the reports stay."""
    try:
        with work() as w:
            saved_scopes.forget(w, str(scope_id), version())
    except Stale:
        flash(_("It was changed meanwhile: look at what stands now."), "bad")
    else:
        flash(_("Forgotten; the reports that it made stay."), "done")
    return redirect("/reports/saved", 303)


def _errors(error: Invalid) -> dict[str, list[str]]:
    missing = {"name": _("Give it a name.")}
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        name = problem.pointer.removeprefix("#/").split("/")[0]
        text = missing.get(name) if problem.code == "required" else None
        found.setdefault(name, []).append(text or problem.detail)
    return found


def _named(report: Any) -> dict[str, str]:
    return {"id": report.id, "reference": report.reference, "title": report.figures["title"]}


def _form(named: dict[str, str], values: dict[str, Any], wrong: dict[str, list[str]]) -> str:
    lists = {
        "forms": [choices.choice(name, form.label) for name, form in report_files.FILES.items()],
        "rhythms": choices.labelled(RHYTHMS, "rhythm"),
    }
    summary = [{"href": f"#{name}", "text": text} for name, texts in wrong.items() for text in texts]
    return render_template(
        "reports/save.html", report=named, choices=lists, values=values, errors=wrong, summary=summary
    )
