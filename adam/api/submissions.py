"""Submissions: sent, checked, read, changed, and moved through their life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify

from adam.api import answers, claims
from adam.api import history as histories
from adam.api import submission_bodies as bodies
from adam.api.reading import Blueprint, Body
from adam.domain.findings import steps
from adam.http import guards
from adam.http.work import actor, work
from adam.queries import history, listings
from adam.queries import submissions as questions
from adam.schemas.api_answers import ChangeAnswer, CheckAnswer, SubmissionAnswer, SubmissionBrief, page_of
from adam.schemas.api_queries import PageQuery, SubmissionsQuery
from adam.schemas.api_submissions import SubmissionPatchSchema
from adam.schemas.submissions import ReplySchema, ReturnSchema, SubmissionSchema
from adam.services import filters, readings, submission_moves, submissions
from adam.services.claims import Claim
from adam.services.work import Work

blueprint = Blueprint("submissions", __name__, "A partner's claims on their way to becoming fact.")
route, arguments, response = blueprint.route, blueprint.arguments, blueprint.response
PENDING = (
    "Records that look alike are not told yet: what finds them is being prepared. Ask again in a minute."
)


@route("/submissions/check", methods=["POST"])
@guards.scope("submit")
@arguments(SubmissionSchema)
@response(200, CheckAnswer)
def check(body: Body) -> Response:
    """Dry run: every problem and warning, pillars that could be meant, and the records that look alike

    Stores nothing. The answer is 200 whether or not there are problems; 400 is for a body that is no JSON.
    """
    with work(read_only=True) as w:
        found = submissions.check(w, claims.of(w, body))
        return jsonify(
            problems=[
                {"pointer": item.pointer, "code": item.code, "detail": item.detail} for item in found.problems
            ],
            warnings=bodies.warned(found.warnings),
            proposals=[_proposal(item) for item in found.proposals],
            lookalikes=[_lookalike(item) for item in found.lookalikes],
            remarks=bodies.rows(found.remarks, bodies.SAYS),
            notes=[PENDING] if found.lookalikes.pending else [],
        )


def _proposal(item: Any) -> dict[str, Any]:
    share = None if item.share is None else format(item.share, "f")
    return {"pillar": item.pillar, "commitment": item.commitment, "share": share, "reason": item.reason}


def _lookalike(item: Any) -> dict[str, Any]:
    facts, pair = item.facts, item.pair
    return {
        "project": {name: getattr(facts, name) for name in ("id", "reference", "title", "owner")},
        "kind": pair.kind,
        "score": round(pair.score, 5),
        "evidence": [reason["sentence"] for reason in item.reasons if reason["sentence"]],
        "prior": round(pair.prior, 3),
        "waterfall": steps(item.reasons),
    }


@route("/submissions", methods=["POST"])
@guards.scope("submit")
@arguments(SubmissionSchema)
@response(201, SubmissionAnswer)
def create(body: Body) -> Response:
    """Keep a new draft

    With any problem the answer is 422 with all of them, and nothing is stored.
    """
    with work() as w:
        return answers.once(w, body.document, lambda: _created(w, claims.of(w, body)))


def _created(w: Work, claim: Claim) -> Response:
    submission = submissions.enter(w, claim)
    location, body = f"/api/v1/submissions/{submission.id}", bodies.entered(w, submission, claim)
    return answers.created(body, location, _etag(submission, body))


@route("/submissions", methods=["GET"])
@guards.scope("read")
@arguments(SubmissionsQuery, location="query")
@response(200, page_of(SubmissionBrief))
def listed(asked: dict[str, Any]) -> Response:
    """Submissions that are yours to see, newest change first

    Without project, problems and comments: read one for those. If-Match takes the `version` in quotes too.
    """
    keys = [asked["source_ref"]] if asked["source_ref"] else []
    with work(read_only=True) as w:
        filters.refuse_unknown(w, asked)
        query = listings.submissions(w.actor, asked["state"], asked["partner"], keys)
        return answers.page(
            w, query, listings.SUBMISSIONS, lambda items: [bodies.brief(item) for item in items]
        )


@route("/submissions/<record:submission_id>", methods=["GET"])
@guards.scope("read")
@response(200, SubmissionAnswer)
def one(submission_id: str) -> Response:
    """One submission with its problems and comments"""
    with work(read_only=not readings.noted(actor())) as w:
        return _answer(w, readings.submission(w, submission_id))


@route("/submissions/<record:submission_id>/history", methods=["GET"])
@guards.scope("read")
@arguments(PageQuery, location="query")
@response(200, page_of(ChangeAnswer), example=histories.EXAMPLE)
def changed(_asked: dict[str, Any], submission_id: str) -> Response:
    """What was changed, by whom and when, newest first, the document's fields and the state before and after

    What happened before it was handed in is its partner's alone.
    """
    with work(read_only=not readings.noted(actor())) as w:
        submission = readings.submission(w, submission_id)
        return histories.page(w, history.of_submission(w.actor, submission))


@route("/submissions/<record:submission_id>", methods=["PATCH"])
@guards.scope("submit")
@arguments(SubmissionPatchSchema)
@response(200, SubmissionAnswer)
def change(body: Body, submission_id: str) -> Response:
    """Change a draft or a returned submission

    A field of the project that is given replaces the one that stands; lists are replaced as a whole.
    """
    version = answers.expected()
    patch = body.taken()
    with work() as w:
        claim = claims.changed(w, questions.one(w.session, w.actor, submission_id), patch)
        return _answer(w, claims.insist(w, submissions.change(w, submission_id, claim, version)))


@route("/submissions/<record:submission_id>", methods=["DELETE"])
@guards.scope("submit")
@response(204)
def remove(submission_id: str) -> Response:
    """Delete a draft"""
    version = answers.expected()
    with work() as w:
        submissions.remove(w, submission_id, version)
    return Response(status=204)


@route("/submissions/<record:submission_id>/submit", methods=["POST"])
@guards.scope("submit")
@response(200, SubmissionAnswer)
def submit(submission_id: str) -> Response:
    """Hand a draft or a returned submission to the coordinators"""
    return _move(submissions.submit, submission_id)


@route("/submissions/<record:submission_id>/withdraw", methods=["POST"])
@guards.scope("submit")
@response(200, SubmissionAnswer)
def withdraw(submission_id: str) -> Response:
    """Take a submission back before it is decided"""
    return _move(submissions.withdraw, submission_id)


@route("/submissions/<record:submission_id>/validate", methods=["POST"])
@guards.scope("coordinate")
@response(200, SubmissionAnswer)
def validate(submission_id: str) -> Response:
    """Accept a submission: it becomes a project, or changes the one it updates"""
    return _move(submissions.validate, submission_id)


@route("/submissions/<record:submission_id>/return", methods=["POST"])
@guards.scope("coordinate")
@arguments(ReturnSchema)
@response(200, SubmissionAnswer)
def give_back(body: Body, submission_id: str) -> Response:
    """Send a submission back to its partner with what to mend"""
    return _move(submissions.return_to_partner, submission_id, body)


@route("/submissions/<record:submission_id>/reject", methods=["POST"])
@guards.scope("coordinate")
@arguments(ReturnSchema)
@response(200, SubmissionAnswer)
def reject(body: Body, submission_id: str) -> Response:
    """Refuse a submission for good, with the reason"""
    return _move(submissions.reject, submission_id, body)


@route("/submissions/<record:submission_id>/replies", methods=["POST"])
@guards.scope("submit")
@arguments(ReplySchema)
@response(200, SubmissionAnswer)
def reply(body: Body, submission_id: str) -> Response:
    """Say a word to a coordinator's comment

    `answers` is the `id` of the comment. It stands in the thread; nothing else changes.
    """
    said = body.taken()
    with work() as w:
        submission_moves.reply(w, submission_id, said)
        return _answer(w, questions.one(w.session, w.actor, submission_id))


def _move(verb: Callable[..., Any], submission_id: str, body: Body | None = None) -> Response:
    version = answers.expected()
    said = [body.taken()] if body else []
    with work() as w:
        return _answer(w, verb(w, submission_id, *said, version))


def _answer(w: Work, submission: Any) -> Response:
    body = bodies.whole(w, submission)
    return answers.one(body, _etag(submission, body))


def _etag(submission: Any, body: dict[str, Any]) -> str:
    """It changes with all of the content; the digest that is stored of the document stands for it."""
    return answers.versioned(submission.version, body | {"project": submission.digest})
