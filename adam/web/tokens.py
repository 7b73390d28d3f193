"""Tokens of the API on a page: one's own and a partner's, made with their text shown once, and revoked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from adam.domain.actors import ADMINISTRATOR, SCOPES
from adam.errors import Forbidden, Invalid, NotFound, Problem
from adam.http import guards
from adam.http.work import actor, work
from adam.queries import accounts as known
from adam.queries import tokens as questions
from adam.schemas.accounts import TokenSchema
from adam.schemas.faults import load as read
from adam.services import tokens
from adam.services.work import Work
from adam.web.person_rows import errors_of

blueprint = Blueprint("tokens", __name__)
MOST = 200
SCOPE_NAMES = {
    "read": _l("read what you may read"),
    "submit": _l("enter and change submissions of your partner"),
    "coordinate": _l("validate, return, reject and judge"),
    "admin": _l("look after accounts, tokens and vocabulary"),
}
DAYS = {"30": _l("30 days"), "90": _l("90 days"), "365": _l("one year"), "730": _l("two years")}


@blueprint.get("/tokens")
@guards.signed_in
def listed() -> str:
    """The tokens that are good, and the form of a new one."""
    return _page({"days": "365", "scopes": ["read"]}, {})


@blueprint.post("/tokens")
@guards.signed_in
def create() -> Response | tuple[str, int]:
    """Make one and show its text, this once."""
    form = request.form
    values = {"name": form.get("name", ""), "email": form.get("email", ""), "days": form.get("days", "")}
    given = {
        "name": values["name"].strip() or None,
        "email": values["email"].strip() or None,
        "scopes": form.getlist("scopes"),
        "days": int(values["days"]) if values["days"] in DAYS else None,
    }
    try:
        draft = read(TokenSchema(), given)
        if not draft["scopes"]:
            raise Invalid([Problem("#/scopes", "required", _("Choose what it may do."))])
        with work() as w:
            token, plain = tokens.create(w, draft)
            made = {"name": token.name or plain[: tokens.SHOWN], "text": plain}
    except Invalid as error:
        return _page(values | {"scopes": given["scopes"]}, errors_of(error)), 422
    except (NotFound, Forbidden) as error:
        return _page(values | {"scopes": given["scopes"]}, {"email": [str(error)]}), 422
    response = make_response(_page({"days": "365", "scopes": ["read"]}, {}, made))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/tokens/<uuid:token_id>/revoke")
@guards.signed_in
def revoke(token_id: UUID) -> Any:
    """Make one worthless at once."""
    with work() as w:
        token = tokens.revoke(w, str(token_id))
        name = token.name or token.beginning or _("the token")
    flash(_("%(name)s is revoked: it is worth nothing from now on.", name=name), "done")
    return redirect("/tokens", 303)


def _page(values: dict[str, Any], errors: dict[str, list[str]], made: dict[str, str] | None = None) -> str:
    manages = actor().role == ADMINISTRATOR
    offered = SCOPES if manages else [scope for scope in SCOPES if scope in actor().scopes]
    with work(read_only=True) as w:
        query = questions.listed(w.actor, now=w.now)
        rows = w.session.scalars(query.order_by(*(key.column.desc() for key in questions.ORDER)).limit(MOST))
        items = _rows(w, list(rows))
    return render_template(
        "tokens.html",
        items=items,
        values=values,
        errors=errors,
        made=made,
        manages=manages,
        scopes=[{"value": one, "label": one, "note": str(SCOPE_NAMES[one])} for one in offered],
        days=[{"value": one, "label": str(words)} for one, words in DAYS.items()],
    )


def _rows(w: Work, rows: list[Any]) -> list[dict[str, Any]]:
    people = known.known(w.session, (row.account_id for row in rows))
    return [
        {
            "id": row.id,
            "name": row.name or _("no name"),
            "beginning": row.beginning,
            "whose": people[row.account_id].name,
            "own": row.account_id == w.actor.account,
            "partner": people[row.account_id].partner,
            "by": row.created_by,
            "scopes": row.scopes,
            "made": row.created_at,
            "until": row.expires_at,
            "used": row.used_at,
        }
        for row in rows
    ]
