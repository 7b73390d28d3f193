"""Answers kept by the caller's Idempotency-Key in the transaction of their effect, so that a retry changes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, bindparam, delete, func, select

from adam.domain.documents import Written
from adam.errors import Conflict, Invalid, Problem
from adam.models.accounts import StoredAnswer
from adam.queries.prepared import Prepared, connection_of
from adam.services import bulk
from adam.services.work import Work

KEPT = timedelta(days=30)
_ANSWERS = StoredAnswer.metadata.tables[StoredAnswer.__tablename__]
_NAMED = (_ANSWERS.c.account_id == bindparam("account"), _ANSWERS.c.key == bindparam("named"))
_KEPT, _OVER = Prepared(select(_ANSWERS).where(*_NAMED)), delete(_ANSWERS).where(*_NAMED)
_HOLD = Prepared(select(func.pg_try_advisory_xact_lock(bindparam("number", type_=BigInteger))))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it can be recognised: the caller's key, and a digest of method, address and body."""

    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: status, the headers that belong to the effect, and the JSON body, written already or not."""

    status: int
    headers: dict[str, str]
    body: dict[str, Any] | Written


def before(w: Work, asked: Asked) -> Answer | None:
    """The answer this account got for this key, or None when the request is new.

    Holds the key until the work ends. Raises Conflict while the same key is still being worked on elsewhere, Invalid
    when the key belongs to another request.
    """
    _hold(w, asked)
    named = {"account": w.actor.account, "named": asked.key}
    kept = _KEPT.first(w.session, **named)
    if kept is not None and kept.created_at <= w.now - KEPT:
        connection_of(w.session).execute(_OVER, named)
        kept = None
    if kept is None:
        return None
    if kept.fingerprint != asked.fingerprint:
        sentence = "This key was used for another request: take a new key for new content."
        raise Invalid([Problem("Idempotency-Key", "idempotency_key_reused", sentence)])
    return Answer(kept.status or 200, kept.headers or {}, kept.body or {})


def keep(w: Work, asked: Asked, answer: Answer) -> None:
    """Store the answer with its effect; both are committed together, or neither is."""
    row = {
        "account_id": w.actor.account,
        "key": asked.key,
        "fingerprint": asked.fingerprint,
        "status": answer.status,
        "headers": answer.headers,
        "body": answer.body,
        "created_at": w.now,
    }
    bulk.add(w.session, StoredAnswer, [row])


def _hold(w: Work, asked: Asked) -> None:
    """Writers of SQLite wait for each other anyway; on PostgreSQL a lock of the key says at once that it is taken."""
    if connection_of(w.session).dialect.name != "postgresql":
        return
    name = hashlib.sha256(f"{w.actor.account}|{asked.key}".encode()).digest()
    number = int.from_bytes(name[:8], "big", signed=True)
    if not _HOLD.scalar(w.session, number=number):
        raise Conflict("A request with this key is still running: ask again in a moment.", "still_running")
