"""What the frame of every page needs: who is signed in, where one can go, language and look."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Flask, g, request
from flask_babel import gettext

from adam.domain.actors import ANONYMOUS, ROLE_NAMES
from adam.http import languages
from adam.http.faces import for_programs, is_static
from adam.http.work import actor, state
from adam.queries import vocabulary
from adam.services.work import working
from adam.web import navigation, project_filters
from adam.web.words import Words

LOOK = "adam_look"
LOOKS = ("light", "dark")
KEYS, OFF = "adam_keys", "off"
"""The cookie of whoever wants no single letters as keys."""


def register(app: Flask) -> None:
    """Read the words before each page, and give every template what base.html asks for."""
    app.before_request(words)
    app.context_processor(context)


def words() -> None:
    """g.vocabulary: the words in the reader's language."""
    if is_static() or for_programs():
        return
    with working(state().sessions, ANONYMOUS, state().rules, read_only=True) as w:
        g.vocabulary = Words(vocabulary.snapshot(w.session), languages.current())


def context() -> dict[str, Any]:
    """The names that base.html uses. `g.counts` (path → number) is what a view knows to be waiting."""
    look = request.cookies.get(LOOK)
    return {
        "me": me(),
        "nav": navigation.bar(actor(), g.get("counts", {})),
        "locale": languages.current(),
        "direction": languages.direction(),
        "theme": look if look in LOOKS else None,
        "keys": request.cookies.get(KEYS) != OFF,
        "languages": _languages(),
        "q": request.args.get("q") if request.path in ("/projects", "/search") else None,
        "feed": f"/feeds/changes.atom{project_filters.kept() if request.path == '/projects' else ''}",
    }


def me() -> dict[str, Any] | None:
    """Who is signed in, in words."""
    who = actor()
    if not who.signed_in or who.role is None:
        return None
    spoken = g.get("vocabulary")
    return {
        "role": who.role,
        "role_name": gettext(ROLE_NAMES[who.role]),
        "name": who.label,
        "partner": who.partner,
        "partner_name": spoken.partner(who.partner) if spoken and who.partner else who.partner,
    }


def _languages() -> list[dict[str, Any]]:
    """The way to the page that changes the language; nothing to choose where there is one."""
    codes = languages.offered()
    if len(codes) < 2:
        return []
    here = quote(request.path, safe="/")
    return [
        {
            "code": code,
            "name": languages.OWN_NAMES.get(code, code),
            "url": f"/preferences?language={code}&next={here}",
            "current": code == languages.current(),
        }
        for code in codes
    ]
