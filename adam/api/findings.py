"""Findings: the queue, one with its evidence, and what coordinators decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint, Body
from adam.domain.findings import STATES
from adam.http import guards
from adam.http.work import actor, work
from adam.queries import findings as questions
from adam.queries import listings, projects
from adam.schemas.api_answers import page_of
from adam.schemas.api_findings import FindingAnswer, FindingBrief, FindingsAnswer, MergeAnswer
from adam.schemas.api_queries import FindingsQuery, MergeQuery
from adam.schemas.findings import JudgementSchema, JudgementsSchema, ReasonSchema
from adam.services import filters as known
from adam.services import finding_items, findings, merge_plans, readings
from adam.services.work import Work

blueprint = Blueprint("findings", __name__, "What the engine says of pairs of projects and of cells.")
SHARED = (
    *("country", "pillar", "commitment", "assistance_type", "organization", "role", "status", "sector"),
    *("active_from", "active_to"),
)
"""The filters that have one name here and there."""


@blueprint.route("/findings")
@guards.scope("read")
@blueprint.arguments(FindingsQuery, location="query")
@blueprint.response(200, page_of(FindingBrief))
def listed(asked: dict[str, Any]) -> Response:
    """Findings in the order of the queue: money at stake × certainty first

    Whoever reads all records leaves one entry of the history a page that shows confidential ones.
    """
    return page(asked)


@blueprint.route("/findings/<record:finding_id>")
@guards.scope("read")
@blueprint.response(200, FindingAnswer)
def one(finding_id: str) -> Response:
    """One finding with its evidence and what was decided"""
    with work(read_only=not readings.noted(actor())) as w:
        found = questions.one(w.session, w.actor, finding_id)
        readings.together(w, readings.of_findings(w, [found]))
        return _answer(w, found)


@blueprint.route("/findings/<record:finding_id>/judgements", methods=["POST"])
@guards.scope("coordinate")
@blueprint.arguments(JudgementSchema)
@blueprint.response(201, FindingAnswer)
def judge(body: Body, finding_id: str) -> Response:
    """Decide: the remedy is carried out, and the verdict stands until a deciding field of either record changes

    The verdict and its reason are enough; how the remedy is meant may be said beside. If-Match is honoured where it
    is sent.
    """
    version, draft = answers.expected_if_any(), body.taken()
    with work() as w:
        response = _answer(w, findings.judge(w, finding_id, draft, version))
    response.status_code = 201
    return response


def page(asked: dict[str, Any], project: str | None = None) -> Response:
    """The findings that pass what FindingsQuery read, of all records or of one that is there for the actor."""
    secret: list[str] = []

    def show(w: Work, items: Sequence[Any]) -> list[dict[str, Any]]:
        secret.extend(readings.of_findings(w, items))
        return shown(w, items)

    with work(read_only=True) as w:
        if project:
            projects.one(w.session, w.actor, project)
        known.refuse_unknown(w, asked)
        query = questions.listed(w.actor, _filters(asked, project))
        response = answers.page(w, query, listings.FINDINGS[asked["sort"]], lambda items: show(w, items))
    if secret:
        with work() as w:
            readings.together(w, secret)
    return response


def _filters(asked: dict[str, Any], project: str | None) -> questions.Filters:
    return questions.Filters(
        kinds=asked["kind"],
        states=STATES if "any" in asked["state"] else asked["state"] or questions.WAITING,
        verdicts=asked["verdict"],
        owner=asked["partner"],
        text=asked["q"],
        project=project,
        **{name: asked[name] for name in SHARED},
    )


@blueprint.route("/findings/judgements", methods=["POST"])
@guards.scope("coordinate")
@blueprint.arguments(JudgementsSchema)
@blueprint.response(200, FindingsAnswer)
def judge_many(body: Body) -> Response:
    """Decide on several findings at once: all verdicts are carried out, or none"""
    drafts = body.taken()["judgements"]
    with work() as w:
        return answers.one({"items": shown(w, findings.judge_many(w, drafts))})


@blueprint.route("/findings/<record:finding_id>/take-back", methods=["POST"])
@guards.scope("coordinate")
@blueprint.arguments(ReasonSchema)
@blueprint.response(200, FindingAnswer)
def take_back(body: Body, finding_id: str) -> Response:
    """Take the verdict back: what it did is undone, and the finding is open again

    If-Match is honoured where it is sent.
    """
    version, draft = answers.expected_if_any(), body.taken()
    with work() as w:
        return _answer(w, findings.take_back(w, finding_id, draft["reason"], version))


@blueprint.route("/findings/<record:finding_id>/merge")
@guards.scope("coordinate")
@blueprint.arguments(MergeQuery, location="query")
@blueprint.response(200, MergeAnswer)
def merge(asked: dict[str, Any], finding_id: str) -> Response:
    """What would stay if the two records were merged: field by field, and what can be chosen"""
    with work(read_only=True) as w:
        return answers.one(merge_plans.of(w, finding_id, asked))


def _answer(w: Work, finding: Any) -> Response:
    said = questions.judgements(w.session, finding.id)
    body = shown(w, [finding])[0] | {
        "first_seen": finding.first_seen.isoformat(),
        "last_seen": finding.last_seen.isoformat(),
        "rules_version": finding.rules_version,
        "judgements": [_judgement(row) for row in said],
    }
    return answers.one(body, answers.versioned(finding.version, body))


def shown(w: Work, findings: Sequence[Any]) -> list[dict[str, Any]]:
    """Findings with both records side by side and the evidence in sentences."""
    return finding_items.items(w, findings)


def _judgement(row: Any) -> dict[str, Any]:
    return {
        "verdict": row.verdict,
        "reason": row.reason,
        "author": row.author,
        "at": row.at.isoformat(),
        "review_on": row.review_on.isoformat() if row.review_on else None,
        "terms": row.terms,
        "taken_back": None
        if row.undone_at is None
        else {"at": row.undone_at.isoformat(), "author": row.undone_by, "reason": row.undone_because},
    }
