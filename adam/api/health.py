"""Whether the process lives and whether it can work: what a watchdog asks, without a token."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from sqlalchemy.exc import SQLAlchemyError

from adam.http import guards
from adam.http.limits import limiter
from adam.http.work import state

blueprint = Blueprint("health", __name__)
limiter.exempt(blueprint)


@blueprint.get("/healthz")
@guards.anyone
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@guards.anyone
def readyz() -> tuple[dict[str, Any], int]:
    """The database answers and no migration waits; 503 otherwise, with what is wrong."""
    try:
        waits = state().pending()
    except SQLAlchemyError:
        return {"status": "unavailable", "checks": {"database": "away", "migrations": "unknown"}}, 503
    checks = {"database": "ok", "migrations": "pending" if waits else "ok"}
    return {"status": "unavailable" if waits else "ok", "checks": checks}, 503 if waits else 200
