"""Calls commands of `adam` on a database, as a shell would."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from adam.cli import main
from adam.database import sessions
from adam.domain.actors import system
from adam.services import rules
from adam.services.work import Work, working
from tests.databases import Database


def adam(database: Database, *words: object, **given: str) -> Result:
    """What a command answers; `given` are variables such as ADAM_SMTP_HOST."""
    settings = {"ADAM_DATABASE_URL": database.url, "ADAM_ENV": "testing"} | given
    clean = {name: None for name in os.environ if name.startswith("ADAM_")}
    return CliRunner(env=clean | settings).invoke(main, [str(word) for word in words])


def kept(database: Database, do: Callable[[Work], Any]) -> Any:
    """Do something in one transaction that is kept."""
    with working(sessions(database.engine), system("tests"), rules.load()) as w:
        return do(w)


def asked(database: Database, question: Callable[[Session], Any]) -> Any:
    """The answer to a question to the database as it is now."""
    with sessions(database.engine)() as session:
        return question(session)
