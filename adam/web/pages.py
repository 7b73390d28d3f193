"""The first page and what a person prefers: language and look."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from adam.http import guards, languages
from adam.http.work import actor, state
from adam.web import frame, navigation
from adam.web.paths import local

blueprint = Blueprint("pages", __name__)
A_YEAR = 365 * 24 * 3600


@blueprint.get("/")
@guards.anyone
def first() -> Response:
    """The desk of whoever is signed in, the public records for everybody else."""
    wanted = ("/desk", "/projects") if actor().signed_in else ("/projects", "/sign-in")
    return redirect(next((path for path in wanted if navigation.exists(path)), "/preferences"), 303)


@blueprint.get("/preferences")
@guards.anyone
def ask() -> str:
    """Choose a language and a look; `language` may come chosen from the foot of a page."""
    asked = request.args.get("language")
    return render_template(
        "preferences.html",
        offered=[
            {"value": code, "label": languages.OWN_NAMES.get(code, code)} for code in languages.offered()
        ],
        language=asked if asked in languages.offered() else languages.current(),
        next=local(request.args.get("next"), ""),
    )


@blueprint.post("/preferences")
@guards.anyone
def keep() -> Response:
    """Keep what was chosen in the browser; what isn't known is left as it was."""
    response = redirect(local(request.form.get("next"), "/"), 303)
    if request.form.get("language") in languages.offered():
        _set(response, languages.COOKIE, request.form["language"])
    look = request.form.get("look")
    if look in frame.LOOKS:
        _set(response, frame.LOOK, look)
    elif look == "device":
        response.delete_cookie(frame.LOOK)
    keys = request.form.get("keys")
    if keys == frame.OFF:
        _set(response, frame.KEYS, frame.OFF)
    elif keys == "on":
        response.delete_cookie(frame.KEYS)
    return response


def _set(response: Response, name: str, value: str) -> None:
    secure = state().settings.secure_cookies
    response.set_cookie(name, value, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
