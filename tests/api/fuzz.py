"""`make fuzz`: schemathesis without bound, every role on both databases in turn, until a failure or Ctrl-C.

SECONDS=600 ends it after the round that is then under way. Each run has a seed of its own, which is printed; SEED=n
begins with that one. Every case that covers a boundary is sent, for every role.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import click

from adam.database import make_engine
from tests import databases
from tests.api.populated import populated
from tests.api.strangers import Run, failures
from tests.api.test_schemathesis import ROLES
from tests.databases import Database

EXAMPLES = int(os.environ.get("EXAMPLES", "50"))
SECONDS = float(os.environ.get("SECONDS", "inf"))


@contextmanager
def fresh(kind: str, folder: Path, server: databases.Server, number: int) -> Iterator[Database]:
    """A built database of its own, removed at the end."""
    path = folder / f"{number}.db"
    url = f"sqlite:///{path}" if kind == "sqlite" else server.create(f"fuzz_{number}")
    databases.build(url)
    engine = make_engine(url)
    try:
        yield Database(kind, url, engine)
    finally:
        engine.dispose()
        path.unlink(missing_ok=True)
        if kind == "postgresql":
            server.drop(f"fuzz_{number}")


def main() -> int:
    """Round after round; 1 as soon as something was found."""
    first = int(os.environ.get("SEED", random.randrange(1_000_000)))
    began = time.monotonic()
    with databases.postgresql() as server, tempfile.TemporaryDirectory() as folder:
        for number in count():
            who, kind = (
                list(ROLES)[number % len(ROLES)],
                databases.KINDS[number // len(ROLES) % len(databases.KINDS)],
            )
            with fresh(kind, Path(folder), server, number) as database:
                place = populated(database)
                run = Run(place.app, place.token(ROLES[who]), examples=EXAMPLES, seed=first + number)
                started = time.monotonic()
                found = failures(run)
            spent = time.monotonic() - started
            click.echo(f"{who} on {kind}, seed {first + number}: {len(found)} failures, {spent:.0f} s")
            if found:
                click.echo("\n\n".join(found))
                return 1
            if time.monotonic() - began > SECONDS:
                return 0
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
