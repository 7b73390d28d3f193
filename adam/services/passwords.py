"""Passwords: hashed with argon2, checked in constant work, only a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from adam.errors import AdamError

AT_ONCE = 2
WAIT_SECONDS = 5
_hasher = PasswordHasher()
_places = BoundedSemaphore(AT_ONCE)


class Busy(AdamError):
    """Too many people sign in at this moment: try again shortly."""


def hashed(password: str) -> str:
    """The argon2 hash to store; raises Busy when too many are being hashed."""
    with _place():
        return _hasher.hash(password)


def right(password: str, stored: str | None) -> bool:
    """Whether the password belongs to the hash; without a hash the work is the same and the answer is no."""
    with _place():
        try:
            _hasher.verify(stored or _nobody(), password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
    return stored is not None


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash for addresses that have no account, so that the answer takes as long as for those that have."""
    return _hasher.hash("nobody has this password")


@contextmanager
def _place() -> Iterator[None]:
    """Each hash takes 64 MiB and a tenth of a second: a flood of sign-ins must not take the machine."""
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise Busy("Many people are signing in at this moment: try again in a few seconds.")
    try:
        yield
    finally:
        _places.release()
