"""Adding to another partner's record what one knows of it: the form, and the word of the record's owner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from adam.domain import documents, lifecycle
from adam.domain.actors import FOCAL_POINT
from adam.domain.additions import FIELDS
from adam.errors import Conflict, Forbidden, Invalid, Problem
from adam.http import guards
from adam.http.work import work
from adam.queries import partners, projects
from adam.queries import submissions as questions
from adam.schemas.additions import AdditionSchema
from adam.schemas.faults import load
from adam.services import additions, submissions
from adam.services.claims import Claim
from adam.services.work import Work
from adam.web import (
    choices,
    comments,
    conversions,
    form_errors,
    forms,
    lexicon,
    pickers,
    rows,
    script_words,
    submission_form,
)
from adam.web.labels import LABELS, label
from adam.web.rows import Values

blueprint = Blueprint("additions", __name__)
Answer = Response | str | tuple[str, int]


@dataclass(slots=True)
class Sheet:
    """The form of one addition: its answers, the record, the submission it is already, and what came of checking."""

    values: Values
    lexicon: lexicon.Lexicon
    bodies: list[partners.Body]
    project: Any
    submission: Any = None
    base: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    effect: additions.Effect | None = None
    places: dict[str, str] = field(default_factory=dict)
    asked: bool = False
    notice: str | None = None
    comments: list[dict[str, Any]] = field(default_factory=list)


@blueprint.get("/projects/<uuid:project_id>/add")
@guards.role(FOCAL_POINT)
def new(project_id: UUID) -> Answer:
    """The form, or the addition that isn't decided yet; ?from=<submission> brings the rows of one's own submission."""
    with work(read_only=True) as w:
        waiting = additions.unfinished(w, w.actor.partner or "", str(project_id))
        if waiting is not None:
            return redirect(_address(waiting), 303)
        sheet = _new(w, str(project_id))
        given = request.args.get("from")
        if given:
            sheet.base = questions.one(w.session, w.actor, given).document
            sheet.values = _values(sheet.base, sheet.lexicon)
        return _page(w, sheet)


@blueprint.get("/submissions/<uuid:submission_id>/addition")
@guards.role(FOCAL_POINT)
def edit(submission_id: UUID) -> Answer:
    """The form of an addition that is a draft or was returned; any other is shown instead."""
    with work(read_only=True) as w:
        sheet = _kept(w, str(submission_id))
        if not lifecycle.may_edit(sheet.submission.state):
            return redirect(f"/submissions/{submission_id}", 303)
        _judged(w, sheet)
        return _page(w, sheet)


@blueprint.post("/projects/<uuid:project_id>/add")
@guards.role(FOCAL_POINT)
def create(project_id: UUID) -> Answer:
    """Keep a new addition, and submit it where the button says so."""
    return _answer(str(project_id), None)


@blueprint.post("/submissions/<uuid:submission_id>/addition")
@guards.role(FOCAL_POINT)
def change(submission_id: UUID) -> Answer:
    """The same with one that is kept already."""
    return _answer(None, str(submission_id))


def _answer(project_id: str | None, submission_id: str | None) -> Answer:
    action = request.form.get("action", "save")
    with work(read_only=True) as w:
        sheet = _new(w, project_id) if project_id else _kept(w, submission_id or "")
        sheet.values = forms.read(request.form)
        moved = rows.act(sheet.values, action)
        claim = _judged(w, sheet)
        if moved:
            sheet.problems = []
            return _page(w, sheet)
        if action == "submit" and sheet.problems:
            return _page(w, sheet, told=True), 422
        sheet.asked = bool(sheet.effect and sheet.effect.remarks)
        if action == "submit" and sheet.asked and request.form.get("known") != "yes":
            return _page(w, sheet)
    return _stored(sheet, claim, action)


def _stored(sheet: Sheet, claim: Claim, action: str) -> Answer:
    try:
        with work() as w:
            if sheet.submission is None:
                kept = submissions.save(w, claim)
            else:
                kept = submissions.change(w, sheet.submission.id, claim, submission_form.version())
            if action == "submit" and lifecycle.may_edit(kept.state):
                comments.keep_replies(w, kept.id)
                submissions.submit(w, kept.id)
            address = f"/submissions/{kept.id}"
    except (Conflict, Invalid) as error:
        with work(read_only=True) as w:
            sheet.notice = str(error)
            return _page(w, sheet, told=True), 409 if isinstance(error, Conflict) else 422
    if action == "submit":
        flash(
            _("Submitted. A coordinator reads it now; the partner that reports the record is told."), "done"
        )
        return redirect(address, 303)
    flash(_("Kept as a draft."), "done")
    return redirect(f"{address}/addition", 303)


def _address(submission: Any) -> str:
    onward = "/addition" if lifecycle.may_edit(submission.state) else ""
    return f"/submissions/{submission.id}{onward}"


def _new(w: Work, project_id: str) -> Sheet:
    project = projects.one(w.session, w.actor, project_id)
    if project.owner == w.actor.writes_for:
        raise Forbidden(_("This record is your own: update it instead."))
    return _sheet(w, project, project.added.get(w.actor.writes_for or "", {}))


def _kept(w: Work, submission_id: str) -> Sheet:
    submission = questions.one(w.session, w.actor, submission_id)
    if submission.adds_to is None or submission.partner != w.actor.writes_for:
        raise Forbidden(_("This is no addition of yours."))
    sheet = _sheet(w, projects.one(w.session, w.actor, submission.adds_to), submission.document)
    sheet.submission = submission
    sheet.comments = comments.asked(comments.of(w, submission.id))
    return sheet


def _sheet(w: Work, project: Any, base: dict[str, Any]) -> Sheet:
    bodies = partners.bodies(w.session)
    known = lexicon.lexicon(w.vocabulary, bodies, partners.aliases(w.session))
    return Sheet(_values(base, known), known, bodies, project, base=base)


def _values(document: dict[str, Any], known: lexicon.Lexicon) -> Values:
    """The answers that the form shows for a part of a document."""
    values: Values = {}
    for group in FIELDS:
        items = [item for item in document.get(group) or [] if isinstance(item, dict)]
        values[group] = [forms.row_of(group, item, known) for item in items]
    return values


def _judged(w: Work, sheet: Sheet) -> Claim:
    """What the answers claim; its problems and its effect on the totals stand in the sheet then."""
    empty: Values = dict.fromkeys(forms.TEXTS, "") | {name: [] for name in (*forms.LISTS, *rows.GROUPS)}
    document, sheet.places = forms.document_of(empty | sheet.values, sheet.lexicon, sheet.base)
    common = {
        "source_ref": sheet.submission.source_ref if sheet.submission else None,
        "adds_to": sheet.project.id,
        "once": submission_form.once() if sheet.submission is None else None,
    }
    try:
        part = documents.plain(load(AdditionSchema(), document, "#/project"))
    except Invalid as error:
        sheet.problems = list(error.problems)
        return Claim(document, None, tuple(error.problems), **common)
    claim = Claim(part, documents.part_draft(part), **common)
    itself = sheet.submission.id if sheet.submission else None
    sheet.problems = submissions.problems(w, claim, itself)
    sheet.effect = additions.effect(w, w.actor.partner or "", sheet.project, claim.draft or {})
    return claim


def _page(w: Work, sheet: Sheet, *, told: bool = False) -> str:
    """The page; problems are told where something was to be submitted, or the addition was kept before."""
    complain = told or sheet.submission is not None
    found = form_errors.located(sheet.problems if complain else [], sheet.places)
    errors = form_errors.joined(form_errors.by_field(found), comments.at_fields(sheet.comments, sheet.places))
    filled = forms.blank() | sheet.values
    schemes = [row["scheme"] for row in sheet.values.get("identifiers", []) if row.get("scheme")]
    return render_template(
        "submissions/addition.html",
        project=_record(w, sheet),
        submission=sheet.submission,
        comments=sheet.comments,
        values=sheet.values,
        errors=errors | ({"form": [sheet.notice]} if sheet.notice else {}),
        summary=form_errors.summary(found),
        choices=choices.of_form(g.vocabulary, sheet.bodies, {"schemes": schemes}),
        remarks=[item.detail for item in sheet.effect.remarks] if sheet.effect else [],
        asked=sheet.asked,
        once=submission_form.once(),
        said=script_words.said(),
        meant=pickers.meant(filled, sheet.lexicon),
        usd=conversions.of_rows(w, filled, sheet.lexicon),
    )


def _record(w: Work, sheet: Sheet) -> dict[str, Any]:
    project = sheet.project
    return {
        "reference": project.reference,
        "title": project.title,
        "url": f"/projects/{project.id}",
        "owner": w.vocabulary.partner(project.owner),
        "usd": project.usd,
        "after": sheet.effect.after.usd if sheet.effect else project.usd,
        "kind": label(project.usd_kind, "contribution") if project.usd_kind in LABELS["contribution"] else "",
    }


@blueprint.post("/submissions/<uuid:submission_id>/remark")
@guards.role(FOCAL_POINT)
def remark(submission_id: UUID) -> Answer:
    """A word of the owner of the record to what another partner adds."""
    from adam.web import moves, submission_page

    try:
        with work() as w:
            additions.remark(w, str(submission_id), moves.comment_given())
    except (Invalid, Conflict) as error:
        with work(read_only=True) as w:
            return submission_page.page(w, str(submission_id), error), 422
    flash(_("Your word stands beside the addition, for the coordinator and for the partner."), "done")
    return redirect(f"/submissions/{submission_id}", 303)
