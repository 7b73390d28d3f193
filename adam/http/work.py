"""The one way for a view to open a transaction, and what the application keeps for its views."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from flask import current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import ANONYMOUS, Actor
from adam.services.rules import Rules
from adam.services.work import Work, working


@dataclass(frozen=True, slots=True)
class State:
    """What one application is made of; `pending` asks whether the database waits for a migration."""

    settings: Any
    engine: Engine
    sessions: sessionmaker[Session]
    rules: Rules
    pending: Callable[[], bool]


def state() -> State:
    """The State of the application that answers this request."""
    found: State = current_app.extensions["adam"]
    return found


def actor() -> Actor:
    """Who asks: an account by its session or token, or nobody."""
    found: Actor = g.get("actor", ANONYMOUS)
    return found


def work(*, read_only: bool = False) -> AbstractContextManager[Work]:
    """One transaction of whoever asks, committed at its end: `with work() as w`."""
    return working(state().sessions, actor(), state().rules, read_only=read_only)
