"""Tokens: one's own, a partner's for its focal points, all for administrators; made, and revoked at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint, Body
from adam.http import guards
from adam.http.work import work
from adam.queries import accounts as known
from adam.queries import tokens as questions
from adam.schemas.accounts import TokenSchema
from adam.schemas.api_accounts import NewTokenAnswer, TokenAnswer, TokensQuery
from adam.schemas.api_answers import page_of
from adam.services import tokens
from adam.services.work import Work

blueprint = Blueprint("tokens", __name__, "Bearer tokens of this API.")
CHANGERS = ("submit", "coordinate", "admin")
"""A token that only reads makes and revokes none: viewers do that on the page."""
OWN = ("id", "account_id", "name", "beginning", "created_by", "scopes")
TIMES = ("created_at", "expires_at", "used_at", "revoked_at")


@blueprint.route("/tokens", methods=["GET"])
@guards.scope("read", "admin")
@blueprint.arguments(TokensQuery, location="query")
@blueprint.response(200, page_of(TokenAnswer))
def listed(asked: dict[str, Any]) -> Response:
    """Tokens that are yours to look after, newest first

    Your own; for a focal point those of its partner's focal points too; for administrators all.
    """
    with work(read_only=True) as w:
        query = questions.listed(w.actor, now=w.now if asked["state"] == "good" else None)
        return answers.page(w, query, questions.ORDER, lambda rows: _shown(w, rows))


@blueprint.route("/tokens", methods=["POST"])
@guards.scope(*CHANGERS)
@blueprint.arguments(TokenSchema)
@blueprint.response(201, NewTokenAnswer)
def create(body: Body) -> Response:
    """Make a token: its text is in this answer and nowhere else

    It carries what you ask for, at most what the token has that asks, and ends when that one ends, at the latest.
    Without scopes it has all of them; without `days` no end of its own. Administrators name the account by its
    `email`, whose owner is told.
    """
    draft = body.taken()
    with work() as w:
        token, plain = tokens.create(w, draft)
        shown = _shown(w, [token])[0]
        etag = answers.versioned(1, shown)
        response = answers.created(shown | {"token": plain}, f"/api/v1/tokens/{token.id}", etag)
        response.headers["Cache-Control"] = "no-store"
        return response


@blueprint.route("/tokens/<record:token_id>", methods=["GET"])
@guards.scope("read", "admin")
@blueprint.response(200, TokenAnswer)
def one(token_id: str) -> Response:
    """One token, also one that is over"""
    with work(read_only=True) as w:
        token = questions.one(w.session, w.actor, token_id)
        shown = _shown(w, [token])[0]
        return answers.one(shown, answers.versioned(tokens.version_of(token), shown))


@blueprint.route("/tokens/<record:token_id>", methods=["DELETE"])
@guards.scope(*CHANGERS)
@blueprint.response(204)
def revoke(token_id: str) -> Response:
    """Revoke a token: it is worth nothing from the next request on, for every process"""
    version = answers.expected()
    with work() as w:
        tokens.revoke(w, token_id, version)
    return Response(status=204)


def _shown(w: Work, rows: Sequence[Any]) -> list[dict[str, Any]]:
    people = known.known(w.session, (row.account_id for row in rows))
    return [
        {name: getattr(row, name) for name in OWN}
        | {"account": people[row.account_id].email}
        | {name: _moment(getattr(row, name)) for name in TIMES}
        for row in rows
    ]


def _moment(value: Any) -> str | None:
    return value.isoformat() if value else None
