"""Entering and changing a submission by the form."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from adam.domain import lifecycle
from adam.domain.actors import FOCAL_POINT
from adam.errors import Conflict, NotFound
from adam.http import guards
from adam.http.failures import answer
from adam.http.work import work
from adam.queries import projects
from adam.queries import submissions as questions
from adam.services import facts, submissions
from adam.services.claims import Claim
from adam.services.work import Work
from adam.web import choices, comments, conflicts, frame, lookalikes, remarks, rows
from adam.web import submission_form as form
from adam.web.submission_form import Sheet

blueprint = Blueprint("submissions", __name__)
Answer = Response | str | tuple[str, int]


@blueprint.get("/submissions/new")
@guards.role(FOCAL_POINT)
def new() -> Answer:
    """An empty form, or an update of a record: ?project=<id>."""
    return _ask(None)


@blueprint.get("/submissions/<uuid:submission_id>/edit")
@guards.role(FOCAL_POINT)
def edit(submission_id: UUID) -> Answer:
    """The form of a draft or a returned submission; what can't be changed any more is shown instead."""
    return _ask(str(submission_id))


@blueprint.post("/submissions/new")
@guards.role(FOCAL_POINT)
def create() -> Answer:
    """Do what the pressed button says with a new form."""
    return _answer(None)


@blueprint.post("/submissions/<uuid:submission_id>/edit")
@guards.role(FOCAL_POINT)
def change(submission_id: UUID) -> Answer:
    """Do what the pressed button says with a form that is kept already."""
    return _answer(str(submission_id))


@blueprint.post("/submissions/lookalikes")
@guards.role(FOCAL_POINT)
def alike() -> str:
    """What the page thinks of the answers so far: the panel "Already recorded?", and pillars for the text."""
    with work(read_only=True) as w:
        sheet = form.posted(form.sheet_for(w, None, request.args.get("project")))
        sheet.check = form.checked(w, sheet, form.claim_of(w, sheet))
    return render_template(
        "submissions/_thoughts.html",
        lookalikes=lookalikes.shown(sheet.check.lookalikes),
        pending=sheet.check.lookalikes.pending,
        proposals=form.proposals(sheet),
        relation_kinds=choices.relations(),
        values=sheet.values,
    )


FORMS = ("submissions.create", "submissions.change")


@blueprint.errorhandler(guards.SignedOut)
def signed_out(error: guards.SignedOut) -> Answer:
    """The answers in a page that can send them again, where the session was over when they came."""
    if request.endpoint not in FORMS:
        return redirect("/sign-in", 303)
    given = [item for item in request.form.items(multi=True) if item[0] != "csrf_token"]
    return render_template("submissions/signed_out.html", given=given), 401


@blueprint.errorhandler(CSRFError)
def too_old(error: CSRFError) -> Answer:
    """The form again with its answers where its safety token has run out, as after signing in anew in another tab."""
    if request.endpoint not in FORMS:
        return answer(error)
    frame.words()
    given = (request.view_args or {}).get("submission_id")
    with work(read_only=True) as w:
        sheet = form.posted(form.sheet_for(w, str(given) if given else None, request.args.get("project")))
        sheet.notice = _(
            "This page was open for too long. Nothing is lost: look at your answers and send them again."
        )
        sheet.check = form.checked(w, sheet, form.claim_of(w, sheet))
        _with_comments(w, sheet)
        return form.page(w, sheet), 400


def _ask(submission_id: str | None) -> Answer:
    with work(read_only=True) as w:
        if submission_id and questions.one(w.session, w.actor, submission_id).adds_to:
            return redirect(f"/submissions/{submission_id}/addition", 303)
        sheet = form.sheet_for(w, submission_id, request.args.get("project"))
        if sheet.submission and not lifecycle.may_edit(sheet.submission.state):
            return redirect(f"/submissions/{submission_id}", 303)
        sheet.check = form.checked(w, sheet, form.claim_of(w, sheet))
        _with_comments(w, sheet)
        return form.page(w, sheet)


def _answer(submission_id: str | None) -> Answer:
    action = request.form.get("action", "stay")
    with work(read_only=True) as w:
        sheet = form.posted(form.sheet_for(w, submission_id, request.args.get("project")))
        _with_comments(w, sheet)
        if not conflicts.settle(sheet):
            return conflicts.page(w, sheet, ""), 422
        moved = rows.act(sheet.values, action)
        claim = form.claim_of(w, sheet)
        if moved or action in ("submit", "anew"):
            sheet.check = form.checked(w, sheet, claim)
        if moved or action == "anew":
            g.focus, sheet.anew = rows.place(sheet.values, action) if moved else None, not moved
            return form.page(w, sheet)
        if action == "submit":
            refused = _refused(w, sheet)
            if refused:
                return refused
    return _stored(sheet, claim, action)


def _refused(w: Work, sheet: Sheet) -> Answer | None:
    """The page again where something is to mend, or where look-alikes or remarks have not been met yet."""
    assert sheet.check is not None
    sheet.complain = True
    panel = lookalikes.shown(sheet.check.lookalikes)
    sheet.faults = lookalikes.faults(panel, sheet.values)
    if sheet.check.problems or sheet.faults:
        return form.page(w, sheet), 422
    sheet.asked = lookalikes.unanswered(panel, sheet.values["lookalikes"], form.seen())
    sheet.remarked = len(remarks.unseen(sheet.values["remarks"], sheet.check.warnings))
    return form.page(w, sheet) if sheet.asked or sheet.remarked else None


def _stored(sheet: Sheet, claim: Claim, action: str) -> Answer:
    for last in (False, True):
        try:
            with work() as w:
                kept = _keep(w, sheet, (claim, action))
            return _done(action, *kept)
        except IntegrityError:
            # A twin, sent by the same click, was first; the second time it is found.
            if last:
                raise
        except Conflict as error:
            return _conflict(sheet, str(error))
    raise AssertionError


def _keep(w: Work, sheet: Sheet, asked: tuple[Claim, str]) -> tuple[str, int]:
    """Store the claim; returns the submission's id and how many answers are still to mend."""
    claim, action = asked
    if sheet.submission_id is None:
        submission = submissions.save(w, claim)
    else:
        submission = submissions.change(w, sheet.submission_id, claim, form.version())
    form.keep_answers(w, submission)
    if action == "submit":
        comments.keep_replies(w, submission.id)
    if action == "submit" and lifecycle.may_edit(submission.state):
        submissions.submit(w, submission.id)
    return submission.id, len(questions.problems(w.session, submission.id))


def _done(action: str, submission_id: str, left: int) -> Response:
    if action.startswith("join:"):
        return _joined(action.removeprefix("join:"), submission_id)
    if action == "submit":
        flash(_("Submitted. A coordinator reads it now; until then you can take it back."), "done")
        return redirect(f"/submissions/{submission_id}", 303)
    rest = ngettext("One answer is still to mend.", "%(num)s answers are still to mend.", left)
    whole = _("It is complete: submit it when you like.")
    flash(f"{_('Kept as a draft.')} {rest if left else whole}", "done")
    return redirect(f"/submissions/{submission_id}/edit" if action == "stay" else "/desk", 303)


def _joined(reference: str, submission_id: str) -> Response:
    """To the record that is the same: what was entered is brought along there, and the draft stays."""
    with work(read_only=True) as w:
        known = facts.recorded(w, [reference])
        if reference not in known:
            raise NotFound(_("There is no such record."))
        record = projects.one(w.session, w.actor, known[reference])
        own = record.owner == w.actor.writes_for
    if own:
        text = _(
            "%(reference)s is your own record: update it here. Your draft stays on your desk until you delete it."
        )
        address = f"/submissions/new?project={known[reference]}"
    else:
        text = _("Look at what you add to %(reference)s. Your draft stays on your desk until you delete it.")
        address = f"/projects/{known[reference]}/add?from={submission_id}"
    flash(text % {"reference": reference}, "done")
    return redirect(address, 303)


def _conflict(sheet: Sheet, text: str) -> Answer:
    """Somebody was faster, or this form was sent before: both are told, the answers stay and can be sent again."""
    with work(read_only=True) as w:
        fresh = form.sheet_for(w, sheet.submission_id, request.args.get("project"))
        fresh.values = sheet.values
        if fresh.submission is not None:
            if lifecycle.may_edit(fresh.submission.state) and not conflicts.differing(fresh):
                return redirect(f"/submissions/{sheet.submission_id}/edit", 303)
            return conflicts.page(w, fresh, text), 409
        fresh.notice, fresh.anew = text, True
        fresh.check = form.checked(w, fresh, form.claim_of(w, fresh))
        return form.page(w, fresh), 409


def _with_comments(w: Work, sheet: Sheet) -> None:
    if sheet.submission is not None:
        sheet.comments = comments.asked(comments.of(w, sheet.submission.id))
