"""Opens the database for a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adam.database import make_engine, pending, sessions
from adam.domain.actors import system
from adam.errors import Conflict
from adam.services import register, rules
from adam.services.work import Work, working
from adam.settings import Settings

BEHIND = "The database waits for migrations: run `adam db upgrade`, then repeat."


@contextmanager
def opened(settings: Settings, *, read_only: bool = False, label: str = "command line") -> Iterator[Work]:
    """One transaction of the installation itself, `label` in the history; raises Conflict when migrations wait."""
    engine = make_engine(settings.database_url)
    try:
        if pending(engine.execution_options(read_only=True)):
            raise Conflict(BEHIND)
        register.of(str(engine.url), Path(settings.index_folder) if settings.index_folder else None)
        with working(sessions(engine), system(label), rules.load(), read_only=read_only) as w:
            yield w
    finally:
        engine.dispose()
