"""How often one may ask: counted for each account, and for each address where nobody is signed in."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from adam.http.work import actor, state

SIGN_INS = "30 per minute"
EXPORTS = "20 per minute"
"""Of the whole register: each reads every record."""


def who() -> str:
    """Whom a request counts for."""
    return actor().account or get_remote_address()


def usual() -> str:
    """The limit of the application that answers, for every view that has none of its own."""
    return str(state().settings.rate_limit)


limiter = Limiter(who, default_limits=[usual], storage_uri="memory://", headers_enabled=True)


def register(app: Flask) -> None:
    """Limit every view; memory is counted for each process, of which ADAM has one."""
    limiter.init_app(app)
