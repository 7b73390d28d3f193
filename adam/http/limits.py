"""How often one may ask: counted for each token, for each account, and for each address of strangers.

Two systems of one partner, each with a token of its own, don't take from each other; together they have a bound.
"""

from __future__ import annotations

from threading import Lock
from time import time

from flask import Flask, request
from flask_limiter import Limit, Limiter
from flask_limiter.util import get_remote_address
from limits.storage import Storage
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


class Counts(Storage):
    """Counts in the memory of this process; the library's own starts a thread with every request to forget old ones."""

    STORAGE_SCHEME = ["counts"]
    base_exceptions = ()
    SWEEP = 10.0

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_options: str):
        super().__init__(uri, wrap_exceptions)
        self._lock = Lock()
        self._counts: dict[str, tuple[int, float]] = {}
        self._swept = 0.0

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """One more in the window of this key, which ends `expiry` seconds after its first."""
        now = time()
        with self._lock:
            if now - self._swept > self.SWEEP:
                self._swept = now
                self._counts = {name: kept for name, kept in self._counts.items() if kept[1] > now}
            count, end = self._counts.get(key, (0, 0.0))
            count, end = (count + amount, end) if end > now else (amount, now + expiry)
            self._counts[key] = count, end
        return count

    def get(self, key: str) -> int:
        """How many in the window that is open."""
        count, end = self._counts.get(key, (0, 0.0))
        return count if end > time() else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends."""
        return self._counts.get(key, (0, time()))[1]

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int:
        """Forget all; answers how many there were."""
        with self._lock:
            many, self._counts = len(self._counts), {}
        return many

    def clear(self, key: str) -> None:
        """Forget one."""
        with self._lock:
            self._counts.pop(key, None)


limiter = Limiter(
    who,
    default_limits=[usual, Limit(bound, key_function=account)],
    storage_uri="counts://",
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
