"""One submission: reading it, and the moves of its life; the coordinators' queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from adam.domain.actors import COORDINATOR, FOCAL_POINT
from adam.errors import Conflict, Invalid
from adam.http import guards
from adam.http.work import actor, work
from adam.queries import finding_counts, findings
from adam.queries import submissions as questions
from adam.schemas.faults import load
from adam.schemas.submissions import CommentSchema, ReturnSchema
from adam.services import readings, rebasing, submissions
from adam.services.work import Work
from adam.web import pager, submission_page, submission_rows
from adam.web.submission_form import version

blueprint = Blueprint("moves", __name__)
Answer = Response | str | tuple[str, int]


@blueprint.get("/submissions")
@guards.role(FOCAL_POINT)
def mine() -> str:
    """What one's own partner has written, by state."""
    with work(read_only=True) as w:
        state = request.args.get("state", "")
        query = questions.listed(w.actor, (state,) if state else (), w.actor.partner)
        rows = questions.page(w.session, query, pager.window())
        return render_template(
            "submissions/queue.html",
            title=_("Submissions of %(partner)s", partner=w.vocabulary.partner(w.actor.partner or "")),
            lede=_("What you have written and where it stands, newest change first."),
            tabs=submission_rows.tabs(w, state),
            submissions=submission_rows.rows(w, rows),
            pager=pager.links(len(rows), questions.count(w.session, query)),
            empty={
                "title": _("Nothing here yet"),
                "text": _("Enter a project: it stays a draft until you submit it."),
            },
        )


@blueprint.get("/validate")
@guards.role(COORDINATOR)
def queue() -> str:
    """What waits for a coordinator, the longest first."""
    with work(read_only=True) as w:
        query = questions.to_decide(w.actor)
        total = questions.count(w.session, query)
        rows = questions.page(w.session, query, pager.window(), oldest_first=True)
        return render_template(
            "submissions/queue.html",
            lede=ngettext("One submission waits.", "%(num)s submissions wait, the oldest first.", total)
            if total
            else _("Nothing waits."),
            submissions=submission_rows.rows(w, rows),
            pager=pager.links(len(rows), total),
        )


@blueprint.get("/submissions/<uuid:submission_id>")
@guards.signed_in
def show(submission_id: UUID) -> Answer:
    """One submission, for its partner and the coordinators."""
    with work(read_only=not readings.noted(actor())) as w:
        return submission_page.page(w, str(submission_id))


@blueprint.post("/submissions/<uuid:submission_id>/submit")
@guards.role(FOCAL_POINT)
def submit(submission_id: UUID) -> Answer:
    """Hand it to the coordinators."""
    said = _("Submitted. A coordinator reads it now; until then you can take it back.")
    return _done(submission_id, submissions.submit, said)


@blueprint.post("/submissions/<uuid:submission_id>/keep-ours")
@guards.role(FOCAL_POINT)
def keep_ours(submission_id: UUID) -> Answer:
    """Where the record was changed meanwhile, our answers stand."""
    said = _("Yours stand in those fields; where you changed nothing, the update follows the record.")
    return _done(submission_id, rebasing.keep_ours, said)


@blueprint.post("/submissions/<uuid:submission_id>/withdraw")
@guards.role(FOCAL_POINT)
def withdraw(submission_id: UUID) -> Answer:
    """Take it back."""
    said = _("Withdrawn. Nobody decides on it any more.")
    return _done(submission_id, submissions.withdraw, said)


@blueprint.post("/submissions/<uuid:submission_id>/delete")
@guards.role(FOCAL_POINT)
def remove(submission_id: UUID) -> Answer:
    """Delete a draft."""
    return _done(submission_id, submissions.remove, _("The draft is deleted."), "/desk")


@blueprint.post("/submissions/<uuid:submission_id>/validate")
@guards.role(COORDINATOR)
def validate(submission_id: UUID) -> Answer:
    """Accept it: it becomes a record and is compared with all others."""

    def verb(w: Work, key: str) -> str:
        accepted = submissions.validate(w, key, version())
        query = findings.listed(w.actor, findings.Filters(project=accepted.project_id))
        asked = finding_counts.total(w.session, query)
        done = _("Accepted and compared with all records.")
        return f"{done} {ngettext('One finding touches it.', '%(num)s findings touch it.', asked)}"

    return _move(submission_id, verb)


@blueprint.post("/submissions/<uuid:submission_id>/return")
@guards.role(COORDINATOR)
def return_to_partner(submission_id: UUID) -> Answer:
    """Send it back with a comment."""

    def verb(w: Work, key: str) -> str:
        said = comments_given()
        submissions.return_to_partner(w, key, said, version())
        number = len(said["comments"])
        return ngettext("Returned with your comment.", "Returned with your %(num)s comments.", number)

    if request.form.get("action") == "more":
        with work(read_only=not readings.noted(actor())) as w:
            return submission_page.page(w, str(submission_id))

    return _move(submission_id, verb, "/validate")


@blueprint.post("/submissions/<uuid:submission_id>/reject")
@guards.role(COORDINATOR)
def reject(submission_id: UUID) -> Answer:
    """Refuse it for good, with a comment."""

    def verb(w: Work, key: str) -> str:
        submissions.reject(w, key, comment_given(), version())
        return _("Rejected, with your reason.")

    return _move(submission_id, verb, "/validate")


def comments_given() -> dict[str, Any]:
    """All comments of this form, the general one first; raises Invalid without any."""
    general = request.form.get("comment", "").replace("\r\n", "\n").strip()
    places, texts = (request.form.getlist(name) for name in ("comment_at", "comment_text"))
    at = [
        {"comment": text.replace("\r\n", "\n").strip(), "pointer": place or None}
        for place, text in zip(places, texts, strict=False)
        if text.strip()
    ]
    return load(ReturnSchema(), {"comment": general or None, "comments": at})


def comment_given() -> dict[str, Any]:
    """The comment of this form; raises Invalid without one."""
    given = request.form.get("comment", "").replace("\r\n", "\n").strip()
    return load(CommentSchema(), {"comment": given} if given else {})


def _done(submission_id: UUID, act: Callable[..., Any], said: str, onward: str | None = None) -> Answer:
    """A move that needs nothing but the submission's version."""

    def verb(w: Work, key: str) -> str:
        act(w, key, version())
        return said

    return _move(submission_id, verb, onward)


def _move(submission_id: UUID, verb: Callable[[Work, str], str], onward: str | None = None) -> Answer:
    """One move in one work; what stands in its way is said on the page of the submission."""
    key = str(submission_id)
    try:
        with work() as w:
            said = verb(w, key)
    except (Invalid, Conflict) as error:
        with work() as w:
            status = 422 if isinstance(error, Invalid) else 409
            return submission_page.page(w, key, error), status
    flash(said, "done")
    return redirect(onward or f"/submissions/{key}", 303)
