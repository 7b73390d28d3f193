"""Accounts, for administrators: made with a link to choose a password, changed, suspended, signed out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response

from adam.api import answers
from adam.api.reading import Blueprint, Body
from adam.http import guards
from adam.http.work import work
from adam.queries import accounts as questions
from adam.schemas.accounts import AccountPatchSchema, AccountSchema
from adam.schemas.api_accounts import AccountAnswer, AccountsQuery
from adam.schemas.api_answers import page_of
from adam.services import account_moves, accounts, invitations
from adam.services.work import Work

blueprint = Blueprint("accounts", __name__, "Who can sign in, and as what.")
route, arguments, response = blueprint.route, blueprint.arguments, blueprint.response
OWN = ("id", "email", "name", "role", "partner", "demo", "version")


@route("/accounts", methods=["GET"])
@guards.scope("admin")
@arguments(AccountsQuery, location="query")
@response(200, page_of(AccountAnswer))
def listed(asked: dict[str, Any]) -> Response:
    """Accounts by name"""
    filters = {name: asked[name] for name in ("role", "partner", "state")}
    with work(read_only=True) as w:
        query = questions.listed(filters, asked["q"])
        return answers.page(w, query, questions.ORDER, lambda rows: _shown(w, rows))


@route("/accounts", methods=["POST"])
@guards.scope("admin")
@arguments(AccountSchema)
@response(201, AccountAnswer)
def create(body: Body) -> Response:
    """Make an account

    Without a password its owner gets a link by e-mail to choose one; until then tokens are the only way in.
    """
    draft = body.taken()
    with work() as w:
        account = accounts.create(w, draft)
        if draft["password"] is None:
            invitations.give_password(w, account.id)
        shown = _shown(w, [account])[0]
        etag = answers.versioned(account.version, shown)
        return answers.created(shown, f"/api/v1/accounts/{account.id}", etag)


@route("/accounts/<record:account_id>", methods=["GET"])
@guards.scope("admin")
@response(200, AccountAnswer)
def one(account_id: str) -> Response:
    """One account"""
    with work(read_only=True) as w:
        return _answer(w, questions.one(w.session, account_id))


@route("/accounts/<record:account_id>", methods=["PATCH"])
@guards.scope("admin")
@arguments(AccountPatchSchema)
@response(200, AccountAnswer)
def change(body: Body, account_id: str) -> Response:
    """Change name, role or partner

    Who is a focal point no longer answers for its partner no longer; tokens lose what the role loses.
    """
    version, draft = answers.expected(), body.taken()
    with work() as w:
        return _answer(w, account_moves.change(w, account_id, draft, version))


@route("/accounts/<record:account_id>/suspend", methods=["POST"])
@guards.scope("admin")
@response(200, AccountAnswer)
def suspend(account_id: str) -> Response:
    """Let nobody in by this account: its sessions end and its tokens are revoked, at once"""
    return _move(account_moves.suspend, account_id)


@route("/accounts/<record:account_id>/reactivate", methods=["POST"])
@guards.scope("admin")
@response(200, AccountAnswer)
def reactivate(account_id: str) -> Response:
    """Let its owner in again; tokens have to be made anew"""
    return _move(account_moves.reactivate, account_id)


@route("/accounts/<record:account_id>/sign-out", methods=["POST"])
@guards.scope("admin")
@response(200, AccountAnswer)
def sign_out(account_id: str) -> Response:
    """End all sessions of an account; tokens stay"""
    with work() as w:
        account_moves.end_sessions(w, account_id)
        return _answer(w, questions.one(w.session, account_id))


@route("/accounts/<record:account_id>/invite", methods=["POST"])
@guards.scope("admin")
@response(200, AccountAnswer)
def invite(account_id: str) -> Response:
    """Send its owner a link to choose a password; a link that was sent before is over"""
    with work() as w:
        invitations.give_password(w, account_id)
        return _answer(w, questions.one(w.session, account_id))


def _move(verb: Callable[..., Any], account_id: str) -> Response:
    version = answers.expected()
    with work() as w:
        return _answer(w, verb(w, account_id, version))


def _answer(w: Work, account: Any) -> Response:
    shown = _shown(w, [account])[0]
    return answers.one(shown, answers.versioned(account.version, shown))


def _shown(w: Work, rows: Sequence[Any]) -> list[dict[str, Any]]:
    about = questions.about(w.session, [row.id for row in rows], w.now)
    return [
        {name: getattr(row, name) for name in OWN}
        | {
            "state": "active" if row.active else "suspended",
            "has_password": row.password_hash is not None,
            "created_at": row.created_at.isoformat(),
            "signed_in_at": row.signed_in_at.isoformat() if row.signed_in_at else None,
        }
        | about[row.id]
        for row in rows
    ]
