"""How often one may ask: counted for each account, and for each address where nobody is signed in."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from adam.http.work import actor

SIGN_INS = "30 per minute"


def who() -> str:
    """Whom a request counts for."""
    return actor().account or get_remote_address()


limiter = Limiter(who, storage_uri="memory://", headers_enabled=True)


def register(app: Flask) -> None:
    """Limit every view; memory is counted for each process, of which ADAM has one."""
    app.config["RATELIMIT_DEFAULT"] = app.extensions["adam"].settings.rate_limit
    limiter.init_app(app)
