"""Cases: what two partners and a coordinator say about assistance that doubles or overlaps, and how it ends."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint, Body
from adam.domain.cases import overdue
from adam.http import guards
from adam.http.work import actor, work
from adam.queries import cases as questions
from adam.queries import listings
from adam.schemas.api_answers import page_of
from adam.schemas.api_cases import CaseAnswer, CaseBrief, CasesQuery
from adam.schemas.cases import CaseDaySchema, CaseMessageSchema, CaseOutcomeSchema
from adam.schemas.findings import ReasonSchema
from adam.services import case_outcomes, cases, readings
from adam.services.work import Work

blueprint = Blueprint("cases", __name__, "One shared case of two partners whose assistance meets.")
route, arguments, response = blueprint.route, blueprint.arguments, blueprint.response
PLAIN = ("id", "reference", "title", "author", "finding_id", "kind", "state", "outcome", "outcome_text")
TIMES = ("opened_at", "updated_at", "closed_at")


@route("/cases")
@guards.scope("read")
@arguments(CasesQuery, location="query")
@response(200, page_of(CaseBrief))
def listed(asked: dict[str, Any]) -> Response:
    """Cases of your partner, for coordinators all of them, newest first"""
    filters = questions.Filters(asked["state"], asked["kind"], asked["partner"], None, asked["q"])
    with work(read_only=True) as w:
        query = questions.listed(w.actor, filters, w.today)
        return answers.page(w, query, listings.CASES, lambda rows: [_brief(w, row) for row in rows])


@route("/cases/<record:case_id>")
@guards.scope("read")
@response(200, CaseAnswer)
def one(case_id: str) -> Response:
    """One case: what was seen, what was said, how it ended"""
    with work(read_only=not readings.noted(actor())) as w:
        return _answer(w, readings.case(w, case_id))


@route("/cases/<record:case_id>/messages", methods=["POST"])
@guards.scope("submit")
@arguments(CaseMessageSchema)
@response(201, CaseAnswer)
def say(body: Body, case_id: str) -> Response:
    """Say something in a case: the other partner and the coordinator are told"""
    draft = body.taken()
    with work() as w:
        shown = _shown(w, cases.say(w, case_id, draft["text"]))
        place = f"/api/v1/cases/{case_id}"
        return answers.created(shown, place, answers.versioned(shown["version"], shown))


@route("/cases/<record:case_id>/due", methods=["POST"])
@guards.scope("coordinate")
@arguments(CaseDaySchema)
@response(200, CaseAnswer)
def postpone(body: Body, case_id: str) -> Response:
    """Give a case another day, with the reason"""
    version, draft = answers.expected(), body.taken()
    with work() as w:
        return _answer(w, cases.postpone(w, case_id, draft, version))


@route("/cases/<record:case_id>/close", methods=["POST"])
@guards.scope("coordinate")
@arguments(CaseOutcomeSchema)
@response(200, CaseAnswer)
def close(body: Body, case_id: str) -> Response:
    """Close a case with its outcome: divided labour makes the verdict complementary, no overlap makes it unrelated"""
    version, draft = answers.expected(), body.taken()
    with work() as w:
        return _answer(w, case_outcomes.close(w, case_id, draft, version))


@route("/cases/<record:case_id>/reopen", methods=["POST"])
@guards.scope("coordinate")
@arguments(ReasonSchema)
@response(200, CaseAnswer)
def reopen(body: Body, case_id: str) -> Response:
    """Open a closed case again, with the reason"""
    version, draft = answers.expected(), body.taken()
    with work() as w:
        return _answer(w, case_outcomes.reopen(w, case_id, draft["reason"], version))


def _answer(w: Work, case: Any) -> Response:
    shown = _shown(w, case)
    return answers.one(shown, answers.versioned(case.version, shown))


def _shown(w: Work, case: Any) -> dict[str, Any]:
    finding = questions.finding_of(w.session, case)
    return _brief(w, case) | {
        "seen": case.seen,
        "finding_state": finding.state if finding else "gone",
        "messages": [
            {
                "move": row.move,
                "partner": row.partner,
                "author": row.author,
                "at": row.at.isoformat(),
                "text": row.text,
            }
            for row in questions.messages(w.session, case.id)
        ],
    }


def _brief(w: Work, case: Any) -> dict[str, Any]:
    times = {name: _moment(getattr(case, name)) for name in TIMES}
    return {name: getattr(case, name) for name in PLAIN} | {
        "partners": sorted({case.partner_a, case.partner_b}),
        "due_on": case.due_on.isoformat(),
        "overdue": overdue(case.state, case.due_on, w.today),
        **times,
        "closed_by": case.closed_by,
        "version": case.version,
    }


def _moment(value: Any) -> str | None:
    return value.isoformat() if value else None
