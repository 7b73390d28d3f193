"""create_app: the only file that knows every part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from adam import api, database, web
from adam.api import health
from adam.http import actors, compression, failures, forms, guards, headers, languages, limits, uploads
from adam.http.work import State
from adam.services import register, rules
from adam.settings import Settings


class Application(Flask):
    """Flask without coroutines: none of our functions is one, and nobody needs to ask with every call."""

    request_class = uploads.NamedParts

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def create_app(
    settings: Settings, *, engine: Engine | None = None, sessions: sessionmaker[Session] | None = None
) -> Flask:
    """The application; `engine` and `sessions` are given by tests, which work inside a transaction of theirs."""
    app = Application("adam", template_folder="web/templates", static_folder="web/static")
    app.extensions["adam"] = _state(settings, engine, sessions)
    app.config.update(
        TESTING=settings.env == "testing",
        MAX_CONTENT_LENGTH=settings.body_limit,
        MAX_FORM_MEMORY_SIZE=settings.body_limit,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    # The order is the order of a request: number, who asks, may they, how often, how much, from our own form, in which
    # words.
    for part in (compression, headers, actors, guards, limits, uploads, forms, languages):
        part.register(app)
    app.register_blueprint(health.blueprint)
    if hasattr(api, "register"):
        api.register(app)
    web.register(app)
    failures.register(app)
    return app


def _state(settings: Settings, engine: Engine | None, sessions: sessionmaker[Session] | None) -> State:
    engine = engine or database.make_engine(settings.database_url)
    sessions = sessions or database.sessions(engine)
    register.of(str(engine.url), Path(settings.index_folder) if settings.index_folder else None)
    reading = engine.execution_options(read_only=True)
    return State(settings, engine, sessions, rules.load(), lambda: database.pending(reading))
