"""Which language a page speaks and in which direction it runs."""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, get_locale

COOKIE = "adam_language"
FIRST = "en"
CATALOGUES = "web/translations"
OWN_NAMES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ru": "Русский",
    "ar": "العربية",
    "zh": "中文",
}


def register(app: Flask) -> None:
    """Let Flask-Babel translate; offered is what has a catalogue, so that no page claims a language it isn't in."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", CATALOGUES)
    app.config["ADAM_LANGUAGES"] = _offered(app)
    Babel(app, default_locale=FIRST, default_timezone="UTC", locale_selector=chosen)


def _offered(app: Flask) -> tuple[str, ...]:
    folder = Path(app.root_path) / CATALOGUES
    wanted = app.extensions["adam"].settings.languages
    return tuple(
        code for code in wanted if code == FIRST or (folder / code / "LC_MESSAGES" / "messages.mo").exists()
    )


def offered() -> tuple[str, ...]:
    """The languages there are, in the order of the settings."""
    found: tuple[str, ...] = current_app.config["ADAM_LANGUAGES"]
    return found


def chosen() -> str:
    """What the person chose, else what the browser prefers, else English."""
    if not has_request_context():
        return FIRST
    cookie = request.cookies.get(COOKIE)
    if cookie in offered():
        return str(cookie)
    return request.accept_languages.best_match(offered(), FIRST) or FIRST


def current() -> str:
    """The code of the language of this page."""
    locale = get_locale()
    return locale.language if locale else FIRST


def direction() -> str:
    """ "rtl" for Arabic, "ltr" for the others."""
    return "rtl" if Locale(current()).text_direction == "rtl" else "ltr"
