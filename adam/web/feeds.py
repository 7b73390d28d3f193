"""Feeds of changes and the calendar of what is due: for everybody, and by personal addresses that can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Answer

from adam.domain.actors import ANONYMOUS, Actor
from adam.exchange import atom, calendars
from adam.http import guards
from adam.http.work import actor, state, work
from adam.queries import feeds as questions
from adam.services import feeds
from adam.services.work import Work, working
from adam.web import project_filters

blueprint = Blueprint("feeds", __name__)
FILES = {feeds.CHANGES: "changes.atom", feeds.CALENDAR: "calendar.ics"}
NAMES = {feeds.CHANGES: _l("Changed projects"), feeds.CALENDAR: _l("Calendar of what is due")}
LONGEST_SECRET = 100


@blueprint.get("/feeds")
@guards.anyone
def listed() -> str:
    """The feeds that there are, and one's own addresses."""
    return _page({})


@blueprint.post("/feeds/<any(changes, calendar):kind>")
@guards.signed_in
def create(kind: str) -> Answer:
    """Make a personal address and show it, this once."""
    with work() as w:
        secret = feeds.open_address(w, kind)
    response = make_response(_page({kind: _address(f"/feeds/{secret}/{FILES[kind]}")}))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/feeds/<any(changes, calendar):kind>/close")
@guards.signed_in
def close(kind: str) -> Answer:
    """Take a personal address back."""
    with work() as w:
        feeds.close_address(w, kind)
    flash(_("The address is taken back: nobody reads anything by it from now on."), "done")
    return redirect("/feeds", 303)


@blueprint.get("/feeds/changes.atom")
@guards.anyone
def public() -> Response:
    """What changed among public records, the same for everybody: no browser's cookie counts."""
    with working(state().sessions, ANONYMOUS, state().rules, read_only=True) as w:
        return _changes(w, "/feeds/changes.atom", "public, max-age=300")


@blueprint.get("/feeds/<token>/changes.atom")
@guards.anyone
def changes(token: str) -> Response:
    """What changed, as the holder of this address may see it."""
    with _as_holder(feeds.CHANGES, token) as w:
        return _changes(w, f"/feeds/{token}/changes.atom", "private, no-cache")


@blueprint.get("/feeds/<token>/calendar.ics")
@guards.anyone
def calendar(token: str) -> Response:
    """What is due for the holder of this address."""
    with _as_holder(feeds.CALENDAR, token) as w:
        listed = feeds.due(w, _base())
        content = calendars.written("ADAM", listed)
    newest = max((one.changed for one in listed), default=None)
    return _answer((content, calendars.KIND), newest, "private, no-cache")


def _as_holder(kind: str, secret: str) -> Any:
    """A reading of whoever holds the address. Raises NotFound."""
    here = state()
    with working(here.sessions, ANONYMOUS, here.rules, read_only=True) as w:
        who: Actor = feeds.actor_of(w.session, kind, secret[:LONGEST_SECRET], w.today)
    return working(here.sessions, who, here.rules, read_only=True)


def _changes(w: Work, path: str, kept: str) -> Response:
    query = project_filters.kept()
    addresses = (_base(), _address(path + query), _address(f"/projects{query}"))
    feed = feeds.changes(w, project_filters.asked(), addresses)
    return _answer((atom.written(feed), atom.KIND), feed.updated, kept)


def _answer(made: tuple[bytes, str], changed: datetime | None, kept: str) -> Response:
    """The file, or 304 where whoever asks has it already."""
    content, kind = made
    answer = Response(content, content_type=kind)
    answer.headers["Cache-Control"] = kept
    answer.add_etag()
    if changed is not None:
        answer.last_modified = changed.astimezone(UTC)
    answer.make_conditional(request)
    return answer


def _base() -> str:
    return state().settings.public_url.rstrip("/")


def _address(path: str) -> str:
    return f"{_base()}{path}"


def _page(made: dict[str, str]) -> str:
    account = actor().account
    with work(read_only=True) as w:
        keys = questions.keys(w.session, account) if account else {}
        since = {kind: row.created_at for kind, row in keys.items()}
    own = [
        {"kind": kind, "name": str(NAMES[kind]), "since": since.get(kind), "address": made.get(kind)}
        for kind in feeds.KINDS
    ]
    return render_template(
        "feeds/list.html", public=_address("/feeds/changes.atom"), own=own if account else None
    )
