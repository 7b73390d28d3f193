"""How often one may ask: counted for each token, for each account, and for each address of strangers.

Two systems of one partner, each with a token of its own, don't take from each other; together they have a bound.
"""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limit, Limiter
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import RequestURITooLarge

from adam.http.faces import for_programs
from adam.http.work import actor, state

SIGN_INS = "30 per minute"
EXPORTS = "20 per minute"
"""Of the whole register: each reads every record."""

LONGEST_QUESTION = 8192
"""Bytes behind the question mark of a page: every country at once takes a third of it."""


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
    app.before_request(_short)
    limiter.init_app(app)


def _short() -> None:
    """A page writes a link for each filter in force, with all the others in it: thousands would keep it busy."""
    if len(request.query_string) > LONGEST_QUESTION and not for_programs():
        raise RequestURITooLarge("This address asks for too much at once: choose fewer filters.")
