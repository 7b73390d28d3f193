"""Drafts that are kept while somebody writes: the form as it stands, again and again, answered in a few bytes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError

from adam.domain.actors import FOCAL_POINT
from adam.errors import Conflict, Invalid
from adam.http import guards
from adam.http.work import work
from adam.queries import submissions as questions
from adam.services import submissions
from adam.services.work import Work
from adam.web import submission_form as form

blueprint = Blueprint("drafts", __name__)
Told = tuple[dict[str, Any], int]


@blueprint.post("/submissions/new/keep")
@guards.role(FOCAL_POINT)
def keep_new() -> Told:
    """Keep a form that nobody has saved yet: the first time makes the draft, and says where it is."""
    return _kept(None)


@blueprint.post("/submissions/<uuid:submission_id>/keep")
@guards.role(FOCAL_POINT)
def keep(submission_id: UUID) -> Told:
    """Keep what stands in the form of a draft or of a returned submission; never over somebody else's newer version."""
    return _kept(str(submission_id))


@blueprint.errorhandler(guards.SignedOut)
def signed_out(_error: guards.SignedOut) -> Told:
    """The session is over: the page keeps what was written and says so."""
    return {"why": "signed_out"}, 401


@blueprint.errorhandler(CSRFError)
def too_old(_error: CSRFError) -> Told:
    """The page belongs to another session than the one that is signed in now."""
    return {"why": "too_old"}, 400


def _kept(submission_id: str | None) -> Told:
    for last in (False, True):
        try:
            with work() as w:
                return _keep(w, submission_id), 200
        except IntegrityError:
            # The form was sent by hand at the same moment; the second time its draft is found.
            if last:
                raise
        except Conflict as error:
            return {"why": error.code, "text": str(error)}, 409
        except Invalid as error:
            return {"why": "invalid", "text": _("Not saved: %(reason)s", reason=str(error))}, 422
    raise AssertionError


def _keep(w: Work, submission_id: str | None) -> dict[str, Any]:
    sheet = form.posted(form.sheet_for(w, submission_id, request.args.get("project")))
    if sheet.submission and sheet.submission.adds_to:
        raise Conflict(_("What is added to another partner's record has a form of its own."), "state")
    claim = form.claim_of(w, sheet, typing=True)
    if submission_id is None:
        kept = submissions.save(w, claim)
    else:
        kept = submissions.change(w, submission_id, claim, form.version())
    form.keep_answers(w, kept)
    return {
        "url": f"/submissions/{kept.id}/edit",
        "keep": f"/submissions/{kept.id}/keep",
        "reference": kept.reference,
        "version": kept.version,
        "left": len(questions.problems(w.session, kept.id)),
    }
