"""Validation rounds: opened by coordinators, answered record by record, closed with a report."""

from __future__ import annotations

from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint, Body
from adam.domain.rounds import WAITING
from adam.http import guards
from adam.http.work import work
from adam.queries import listings
from adam.queries import rounds as questions
from adam.schemas.api_answers import page_of
from adam.schemas.api_queries import PageQuery, RoundRecordsQuery
from adam.schemas.api_rounds import RoundRecordAnswer, ValidationRoundAnswer, ValidationRoundBrief
from adam.schemas.rounds import RoundReplySchema, RoundSchema
from adam.services import round_files, rounds
from adam.services.work import Work

blueprint = Blueprint("validation-rounds", __name__, "Partners look at their records until a day.")
route, arguments, response = blueprint.route, blueprint.arguments, blueprint.response
PLAIN = ("id", "reference", "title", "scope", "state", "author", "version")
TIMES = ("opened_at", "reminded_at", "closed_at")


@route("/validation-rounds", methods=["GET"])
@guards.scope("read")
@arguments(PageQuery, location="query")
@response(200, page_of(ValidationRoundBrief))
def listed(_asked: dict[str, Any]) -> Response:
    """Validation rounds that concern you, newest first"""
    with work(read_only=True) as w:
        query = questions.visible(w.actor)
        return answers.page(w, query, listings.ROUNDS, lambda rows: [_brief(row) for row in rows])


@route("/validation-rounds", methods=["POST"])
@guards.scope("coordinate")
@arguments(RoundSchema)
@response(201, ValidationRoundAnswer)
def create(body: Body) -> Response:
    """Open a validation round and tell the partners that it asks"""
    draft = body.taken()
    with work() as w:
        opened = rounds.open_round(w, draft)
        shown = _shown(w, opened)
        place = f"/api/v1/validation-rounds/{opened.id}"
        return answers.created(shown, place, answers.versioned(opened.version, shown))


@route("/validation-rounds/<record:round_id>")
@guards.scope("read")
@response(200, ValidationRoundAnswer)
def one(round_id: str) -> Response:
    """One validation round with its progress, of all partners for coordinators, else of your own"""
    with work(read_only=True) as w:
        return _answer(w, questions.one(w.session, w.actor, round_id))


@route("/validation-rounds/<record:round_id>/records")
@guards.scope("read")
@arguments(RoundRecordsQuery, location="query")
@response(200, page_of(RoundRecordAnswer))
def records(asked: dict[str, Any], round_id: str) -> Response:
    """The records that it asks about, as far as they are yours to see"""
    with work(read_only=True) as w:
        opened = questions.one(w.session, w.actor, round_id)
        query = questions.answered(w.actor, opened.id, asked["answer"])
        return answers.page(w, query, listings.ROUND_RECORDS, lambda rows: _records(w, rows))


@route("/validation-rounds/<record:round_id>/records/<record:project_id>", methods=["POST"])
@guards.scope("submit")
@arguments(RoundReplySchema)
@response(200, RoundRecordAnswer)
def say(body: Body, round_id: str, project_id: str) -> Response:
    """Say that a record is still correct, or ask to take it out with the reason

    An update answers by being submitted.
    """
    given = body.taken()
    with work() as w:
        row = rounds.answer(w, round_id, project_id, given)
        return answers.one(_records(w, [row])[0])


@route("/validation-rounds/<record:round_id>/remind", methods=["POST"])
@guards.scope("coordinate")
@response(200, ValidationRoundAnswer)
def remind(round_id: str) -> Response:
    """Remind the partners that have not answered for all their records"""
    version = answers.expected()
    with work() as w:
        rounds.remind(w, round_id, version)
        return _answer(w, questions.one(w.session, w.actor, round_id))


@route("/validation-rounds/<record:round_id>/close", methods=["POST"])
@guards.scope("coordinate")
@response(200, ValidationRoundAnswer)
def close(round_id: str) -> Response:
    """Close the round and store its report"""
    version = answers.expected()
    with work() as w:
        return _answer(w, rounds.close(w, round_id, version))


@route("/validation-rounds/<record:round_id>/file")
@guards.scope("read")
@response(200, {"type": "string"}, content_type="text/csv", description="CSV: a row a partner and a pillar.")
def file(round_id: str) -> Response:
    """The report of a round as CSV; of an open one its progress"""
    with work(read_only=True) as w:
        opened = questions.one(w.session, w.actor, round_id)
        text = round_files.text(rounds.progress(w, opened), w.vocabulary)
        name = f"{opened.reference}.csv"
    answer = Response(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _answer(w: Work, opened: Any) -> Response:
    shown = _shown(w, opened)
    return answers.one(shown, answers.versioned(opened.version, shown))


def _shown(w: Work, opened: Any) -> dict[str, Any]:
    return _brief(opened) | {"progress": rounds.progress(w, opened)}


def _brief(opened: Any) -> dict[str, Any]:
    times = {name: _moment(getattr(opened, name)) for name in TIMES}
    plain = {name: getattr(opened, name) for name in PLAIN}
    return plain | {"deadline": opened.deadline.isoformat()} | times


def _records(w: Work, rows: list[Any]) -> list[dict[str, Any]]:
    titles = questions.titles(w.session, w.actor, [row.project_id for row in rows])
    return [
        {
            "project": titles[row.project_id],
            "partner": row.partner,
            "answer": row.answer or WAITING,
            "reason": row.reason,
            "submission_id": row.submission_id,
            "author": row.author,
            "at": _moment(row.at),
        }
        for row in rows
    ]


def _moment(value: Any) -> str | None:
    return value.isoformat() if value else None
