"""The messages of whoever is signed in, how they want to be told, and the way out of e-mails without signing in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from adam.domain import messages as kinds
from adam.errors import Invalid
from adam.http import forms, guards, languages
from adam.http.faces import for_programs, is_static
from adam.http.work import actor, state, work
from adam.queries import accounts as known
from adam.queries import messages as questions
from adam.schemas.faults import load as read
from adam.schemas.messages import PreferencesSchema
from adam.services import accounts, links, messages
from adam.services.work import working
from adam.web import message_words, pager
from adam.web.letters import UNSUBSCRIBE

blueprint = Blueprint("messages", __name__)


@blueprint.before_app_request
def count() -> None:
    """g.unread, for the menu of every page that a signed-in person reads."""
    if request.endpoint is None or is_static() or for_programs() or not actor().signed_in:
        return
    with working(state().sessions, actor(), state().rules, read_only=True) as w:
        g.unread = questions.number_unread(w.session, w.actor)


@blueprint.get("/messages")
@guards.signed_in
def listed() -> str:
    """What one was told, the newest first; all of it or only what is unread."""
    only = request.args.get("only") == "unread"
    with work(read_only=True) as w:
        query = questions.of(w.actor, unread=only)
        total = questions.total(w.session, query)
        rows = questions.page(w.session, query, pager.window())
        items = [message_words.shown(w.vocabulary, one) for one in questions.told(w.session, rows)]
        everything = total if not only else questions.total(w.session, questions.of(w.actor))
    return render_template(
        "messages/list.html",
        items=items,
        unread=g.get("unread", 0),
        tabs=[
            {"label": _("All"), "url": "/messages", "current": not only, "count": everything},
            {"label": _("Unread"), "url": "/messages?only=unread", "current": only, "count": g.get("unread")},
        ],
        page=pager.links(len(items), total),
    )


@blueprint.post("/messages/<uuid:message_id>")
@guards.signed_in
def open_one(message_id: Any) -> Response:
    """Mark as read, and go to what it is about."""
    with work() as w:
        message = messages.open_one(w, str(message_id))
        path = kinds.path_of(message.entity, message.entity_id)
    return redirect(path, 303)


@blueprint.post("/messages/read")
@guards.signed_in
def read_all() -> Response:
    """Mark everything as read."""
    with work() as w:
        number = messages.read(w)
    flash(ngettext("One message is marked as read.", "%(num)s messages are marked as read.", number), "done")
    return redirect("/messages", 303)


@blueprint.get("/messages/preferences")
@guards.signed_in
def ask() -> str:
    """How one wants to be told."""
    with work(read_only=True) as w:
        account_id = w.actor.account or ""
        language, rhythm = questions.rhythm(w.session, account_id)
        chosen = questions.chosen(w.session, account_id)
    return _form(chosen, {"language": language, "hour": str(rhythm.hour), "time_zone": rhythm.zone}, {})


@blueprint.post("/messages/preferences")
@guards.signed_in
def keep() -> Any:
    """Keep what was chosen."""
    given = {kind: value for kind in kinds.KINDS if (value := request.form.get(f"kinds.{kind}"))}
    plain = {name: request.form.get(name, "") for name in ("language", "hour", "time_zone")}
    try:
        wanted = read(PreferencesSchema(), plain | {"kinds": given})
        with work() as w:
            messages.choose(w, w.actor.account or "", wanted)
    except Invalid as error:
        return _form(given, plain, _errors(error)), 422
    flash(_("Your choice is kept; it holds for what waits already."), "done")
    return redirect("/messages/preferences", 303)


def _errors(error: Invalid) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        found.setdefault(problem.pointer.removeprefix("#/").replace("/", "."), []).append(problem.detail)
    return found


def _form(chosen: dict[str, str], values: dict[str, str], errors: dict[str, list[str]]) -> str:
    with work(read_only=True) as w:
        account = known.by_id(w.session, w.actor.account or "")
        address = account.email if account else ""
        marked = questions.refused(w.session, [address]).get(address)
        refused = marked.refused_at if marked else None
    return render_template(
        "messages/preferences.html",
        kinds=[_kind(kind, chosen) for kind, said in kinds.KINDS.items() if actor().role in said.readers],
        address=address,
        refused=refused,
        ready=bool(state().settings.smtp_host),
        values=values,
        errors=errors,
        offered=[{"value": code, "label": languages.OWN_NAMES[code]} for code in languages.offered()],
        hours=[{"value": str(hour), "label": f"{hour:02}:00"} for hour in range(24)],
        zones=[{"value": zone, "label": zone.replace("_", " ")} for zone in kinds.zones()],
    )


def _kind(kind: str, chosen: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": kind,
        "heading": message_words.WORDS[kind].heading,
        "value": chosen.get(kind, kinds.KINDS[kind].delivery),
        "blocks": kinds.KINDS[kind].blocks,
        "choices": [{"value": one, "label": message_words.DELIVERIES[one]} for one in kinds.deliveries(kind)],
    }


@blueprint.get("/messages/unsubscribe/<token>")
@guards.anyone
def ask_to_leave(token: str) -> str:
    """One button: programs that look at a link before its reader does must not silence anybody."""
    _account_of(token)
    return render_template("messages/unsubscribe.html", done=False)


@blueprint.post("/messages/unsubscribe/<token>")
@guards.anyone
@forms.signed_link
def leave(token: str) -> str:
    """Silence e-mails, for the button of the page and for the one click of mail programs (RFC 8058)."""
    account_id = _account_of(token)
    with work(read_only=True) as w:
        account = known.by_id(w.session, account_id)
        who = accounts.actor_at(w, account) if account else None
    if who is None:
        raise NotFound
    with working(state().sessions, who, state().rules) as w:
        messages.silence(w, account_id)
    return render_template("messages/unsubscribe.html", done=True)


def _account_of(token: str) -> str:
    value = links.read(state().settings.secret_key, UNSUBSCRIBE, token)
    if not value:
        raise NotFound
    return str(value[0])
