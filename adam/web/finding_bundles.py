"""Several findings decided at once: what was ticked, what will happen, and then all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from adam.domain.actors import COORDINATOR
from adam.domain.findings import CELL_KINDS, EFFECTS, VERDICTS
from adam.errors import Invalid
from adam.http import guards
from adam.http.work import work
from adam.queries import findings as questions
from adam.schemas.faults import load
from adam.schemas.findings import JudgementsSchema
from adam.services import findings
from adam.services.work import Work
from adam.web import choices, finding_page, finding_queues, finding_rows, finding_verdicts
from adam.web.labels import label

blueprint = Blueprint("finding_bundles", __name__)
Answer = Response | str | tuple[str, int]
Errors = dict[str, list[str]]
GROUP = "group:"
MOST = 200
"""So many at once: what somebody can still look through before it is done."""
FIELDS = ("verdict", "reason", "review_on")


@blueprint.post("/findings/several")
@guards.role(COORDINATOR)
def several() -> Answer:
    """Show what would be decided; with `confirmed`, decide it in one transaction."""
    values = {name: request.form.get(name, "").strip() for name in FIELDS}
    confirmed, ids = bool(request.form.get("confirmed")), list[str]()
    try:
        with work(read_only=not confirmed) as w:
            chosen = _chosen(w)
            if not confirmed:
                return _page(w, chosen, values, {})
            ids = [one.id for one in chosen[:MOST]]
            drafts = [_draft(one, values) for one in chosen[:MOST]]
            done = findings.judge_many(w, load(JudgementsSchema(), {"judgements": drafts})["judgements"])
    except Invalid as error:
        with work(read_only=True) as w:
            return _page(w, _chosen(w), values, errors_of(error, ids)), 422
    flash(_said(done, values["verdict"]), "done")
    return redirect(finding_queues.address("/findings", group=None), 303)


def _chosen(w: Work) -> list[Any]:
    """The findings that were ticked, each once, with all waiting pairs of a group that was; best first."""
    given = request.form.getlist("pick")[: MOST * 2]
    ids = [key for text in given if (key := _id(text))]
    groups = [key for text in given if text.startswith(GROUP) and (key := _id(text.removeprefix(GROUP)))]
    found = {one.id: one for one in questions.some(w.session, w.actor, ids)}
    filters = finding_queues.asked(w)
    for key in groups:
        query = questions.listed(w.actor, replace(filters, group=key))
        found |= {one.id: one for one in questions.page(w.session, query, (0, MOST * 5))}
    return sorted(found.values(), key=questions.standing_at, reverse=True)


def _id(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None


def _draft(item: Any, values: dict[str, str]) -> dict[str, Any]:
    """One of several judgements, of the version that the person has seen."""
    seen = request.form.get(f"version-{item.id}", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else item.version
    return {"finding": item.id, "version": version} | {name: text for name, text in values.items() if text}


def _page(w: Work, chosen: Sequence[Any], values: dict[str, str], errors: Errors) -> str:
    """What would happen to each, before it happens."""
    more = len(chosen) - MOST
    if not chosen:
        errors = errors | {"pick": [_("Tick at least one question in the list.")]}
    rows = finding_rows.rows(w, chosen[:MOST])
    known = finding_rows.records(w, chosen[:MOST])
    for item, row in zip(chosen, rows, strict=False):
        sides = (known.get(item.a_id or ""), known.get(item.b_id or ""))
        row["version"] = item.version
        row["barred"] = finding_verdicts.barred(w, item, sides)
        row["errors"] = errors.get(item.id, [])
    return render_template(
        "findings/several.html",
        findings=rows,
        verdicts=choices.labelled(_possible(chosen), "kind"),
        more=_more(more) if more > 0 else None,
        effect=EFFECTS.get(values["verdict"]),
        values=values,
        errors=errors,
        back_url=finding_queues.address("/findings"),
        action_url=finding_queues.address("/findings/several"),
    )


def _more(number: int) -> str:
    """What is left for another time."""
    return ngettext(
        "One more is not among these: it waits in the queue until these are decided.",
        "%(num)s more are not among these: they wait in the queue until these are decided.",
        number,
    )


def _possible(chosen: Sequence[Any]) -> Sequence[str]:
    cells = any(item.kind in CELL_KINDS for item in chosen)
    return finding_verdicts.OF_CELLS if cells else VERDICTS


def errors_of(error: Invalid, chosen: Sequence[str]) -> Errors:
    """The sentences at the fields of the form, and those about one finding under its id."""
    found: Errors = {}
    for problem in error.problems:
        place = problem.pointer.removeprefix("#/").split("/")
        number, field = (place[1], place[2] if len(place) > 2 else "") if len(place) > 1 else ("", place[0])
        key = field if field in FIELDS else _at(chosen, number)
        said = (
            finding_page.MISSING.get(field, problem.detail) if problem.code == "required" else problem.detail
        )
        listed = found.setdefault(key, [])
        if str(said) not in listed:
            listed.append(str(said))
    return found


def _at(chosen: Sequence[str], number: str) -> str:
    return chosen[int(number)] if number.isdigit() and int(number) < len(chosen) else "form"


def _said(done: Sequence[Any], verdict: str) -> str:
    said = ngettext("One finding is decided", "%(num)s findings are decided", len(done))
    return _("%(said)s: %(verdict)s.", said=said, verdict=label(verdict, "kind"))
