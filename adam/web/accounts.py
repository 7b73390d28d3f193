"""Accounts, for administrators: the list, a new one, and one with its moves and its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _

from adam.domain.actors import ADMINISTRATOR, ROLE_NAMES, ROLES
from adam.errors import Conflict, Invalid
from adam.http import guards
from adam.http.work import actor, work
from adam.queries import accounts as questions
from adam.queries import handovers, history, listings
from adam.schemas.accounts import AccountPatchSchema, AccountSchema
from adam.schemas.faults import load as read
from adam.services import account_moves, accounts, invitations
from adam.web import pager, steps
from adam.web.person_rows import errors_of
from adam.web.submission_form import version

blueprint = Blueprint("accounts", __name__)
Page = Any
STATES = ("active", "suspended")


@blueprint.get("/accounts")
@guards.role(ADMINISTRATOR)
def listed() -> str:
    """Accounts by name, with the quick filters of roles and states."""
    role, state = request.args.get("role", ""), request.args.get("state", "")
    text = request.args.get("q", "")[:200]
    chosen = {"role": [role] if role in ROLES else [], "state": [state] if state in STATES else []}
    with work(read_only=True) as w:
        query = questions.listed(chosen, text)
        offset, limit = pager.window()
        keys = (key.column for key in questions.ORDER)
        rows = w.session.scalars(query.order_by(*keys).offset(offset).limit(limit)).all()
        total = listings.count(w.session, query)
        about = questions.about(w.session, [row.id for row in rows], w.now)
        items = [_row(row) | about[row.id] for row in rows]
    words = {"active": _("in use"), "suspended": _("suspended")}
    fields = [
        _choice("role", _("Role"), {one: _(ROLE_NAMES[one]) for one in ROLES}, role),
        _choice("state", _("State"), words, state),
        {"name": "q", "label": _("Name or address"), "type": "search", "value": text},
    ]
    return render_template(
        "accounts/list.html", items=items, filters=fields, page=pager.links(len(items), total), total=total
    )


def _choice(name: str, label: str, words: dict[str, str], value: str) -> dict[str, Any]:
    options = [{"value": code, "label": text} for code, text in words.items()]
    every = {"type": "select", "all": _("All")}
    return {"name": name, "label": label, "options": options, "value": value} | every


def _row(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "email": row.email,
        "name": row.name,
        "role": _(ROLE_NAMES[row.role]),
        "partner": g.vocabulary.partner(row.partner) if row.partner else None,
        "active": row.active,
        "demo": row.demo,
        "password": row.password_hash is not None,
        "signed_in": row.signed_in_at,
        "created": row.created_at,
        "version": row.version,
    }


@blueprint.get("/accounts/new")
@guards.role(ADMINISTRATOR)
def ask() -> str:
    """The form of a new account."""
    return _form({"role": "viewer"}, {})


@blueprint.post("/accounts/new")
@guards.role(ADMINISTRATOR)
def create() -> Page:
    """Make it and send its owner a link to choose a password."""
    names = ("email", "name", "role", "partner")
    given = {name: request.form.get(name, "").strip() or None for name in names}
    try:
        draft = read(AccountSchema(), given)
        with work() as w:
            account_id = accounts.create(w, draft).id
            invitations.give_password(w, account_id)
    except Invalid as error:
        return _form(given, errors_of(error)), 422
    except Conflict as error:
        return _form(given, {"email": [str(error)]}), 409
    said = _(
        "The account is made; a link to choose a password is on its way to %(email)s.", email=draft["email"]
    )
    flash(said, "done")
    return redirect(f"/accounts/{account_id}", 303)


def _form(values: dict[str, Any], errors: dict[str, list[str]]) -> str:
    return render_template("accounts/new.html", values=values, errors=errors, **_choices())


def _choices() -> dict[str, Any]:
    partners = sorted((row.name, code) for code, row in g.vocabulary.partners.items())
    return {
        "roles": [{"value": one, "label": _(ROLE_NAMES[one])} for one in ROLES],
        "partners": [{"value": code, "label": name} for name, code in partners],
    }


@blueprint.get("/accounts/<uuid:account_id>")
@guards.role(ADMINISTRATOR)
def show(account_id: UUID) -> str:
    """One account: what it is, what can be done, and what was done."""
    return _show(str(account_id), {})


def _show(account_id: str, errors: dict[str, list[str]], values: dict[str, Any] | None = None) -> str:
    with work(read_only=True) as w:
        account = questions.one(w.session, account_id)
        row = _row(account) | questions.about(w.session, [account.id], w.now)[account.id]
        invitation = handovers.open_invitation(w.session, account_id=account.id)
        done = steps.said(history.of(w.session, "account", account.id, 20))
        until = invitation.expires_at if invitation else None
        usual = {name: getattr(account, name) for name in ("name", "role", "partner")}
    return render_template(
        "accounts/show.html",
        account=row,
        own=account_id == actor().account,
        invited_until=until,
        history=done,
        values=values or usual,
        errors=errors,
        **_choices(),
    )


@blueprint.post("/accounts/<uuid:account_id>")
@guards.role(ADMINISTRATOR)
def change(account_id: UUID) -> Page:
    """Change name, role and partner."""
    key, form = str(account_id), request.form
    values = {name: form.get(name, "").strip() or None for name in ("name", "role", "partner")}
    given = {name: value for name, value in values.items() if value is not None or name == "partner"}
    if given.get("role") != "focal_point":
        given["partner"] = None
    try:
        draft = read(AccountPatchSchema(), given)
        with work() as w:
            account_moves.change(w, key, draft, version())
    except Invalid as error:
        return _show(key, errors_of(error), values), 422
    except Conflict as error:
        return _show(key, {"role": [str(error)]}, values), 409
    flash(_("Changed."), "done")
    return redirect(f"/accounts/{key}", 303)


@blueprint.post("/accounts/<uuid:account_id>/suspend")
@guards.role(ADMINISTRATOR)
def suspend(account_id: UUID) -> Page:
    """Let nobody in by it."""
    done = _("Suspended: sessions are ended and tokens revoked.")
    return _move(account_moves.suspend, str(account_id), done)


@blueprint.post("/accounts/<uuid:account_id>/reactivate")
@guards.role(ADMINISTRATOR)
def reactivate(account_id: UUID) -> Page:
    """Let its owner in again."""
    return _move(account_moves.reactivate, str(account_id), _("In use again; tokens have to be made anew."))


@blueprint.post("/accounts/<uuid:account_id>/sign-out")
@guards.role(ADMINISTRATOR)
def sign_out(account_id: UUID) -> Page:
    """End its sessions everywhere."""
    with work() as w:
        account_moves.end_sessions(w, str(account_id))
    flash(_("Signed out everywhere."), "done")
    return redirect(f"/accounts/{account_id}", 303)


@blueprint.post("/accounts/<uuid:account_id>/invite")
@guards.role(ADMINISTRATOR)
def invite(account_id: UUID) -> Page:
    """Send its owner a link to choose a password."""
    with work() as w:
        address = invitations.give_password(w, str(account_id)).email
    flash(_("A link to choose a password is on its way to %(address)s.", address=address), "done")
    return redirect(f"/accounts/{account_id}", 303)


def _move(verb: Callable[..., Any], key: str, done: str) -> Page:
    try:
        with work() as w:
            verb(w, key, version())
    except Conflict as error:
        return _show(key, {"move": [str(error)]}), 409
    flash(done, "done")
    return redirect(f"/accounts/{key}", 303)
