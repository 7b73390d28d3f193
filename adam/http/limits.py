"""How often one may ask: counted for each token, for each account, and for each address of strangers.

Two systems of one partner, each with a token of its own, don't take from each other; together they have a bound.
"""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limit, Limiter
from flask_limiter.util import get_remote_address

from adam.http.work import actor, state

SIGN_INS = "30 per minute"
EXPORTS = "20 per minute"
"""Of the whole register: each reads every record."""


def who() -> str:
    """Whom a request counts for: the token, or the account, or the address."""
    return actor().token or account()


def account() -> str:
    """The account to whose bound a request counts, whatever the token; the address where nobody is signed in."""
    return actor().account or get_remote_address()


def usual() -> str:
    """The limit of the application that answers, for every view that has none of its own."""
    return str(state().settings.rate_limit)


def bound() -> str:
    """How often all that one account holds may ask together."""
    return str(state().settings.account_rate_limit)


limiter = Limiter(
    who,
    default_limits=[usual, Limit(bound, key_function=account)],
    storage_uri="memory://",
    headers_enabled=True,
)


def register(app: Flask) -> None:
    """Limit every view; memory is counted for each process, of which ADAM has one."""
    limiter.init_app(app)
