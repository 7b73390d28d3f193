"""`adam screen`: compare all records and store what is found."""

from __future__ import annotations

import time

import click

from adam import settings as configuration
from adam.cli.opening import opened
from adam.domain.findings import KINDS, NAMES
from adam.services import screening


def run(settings: configuration.Settings, full: bool = False) -> str:
    """Screen the database and say what was found, in words."""
    started = time.monotonic()
    with opened(settings, label="screening") as w:
        found = screening.run(w, full)
    return _words(found, time.monotonic() - started)


def _words(found: screening.Screening, seconds: float) -> str:
    if found.skipped:
        return f"Screened: nothing changed since the last screening; {seconds:.1f} seconds."
    kinds = [f"{NAMES[kind].lower()} {found.kinds[kind]}" for kind in KINDS if found.kinds.get(kind)]
    lines = [
        f"Screened {found.records} records in {seconds:.1f} seconds: {', '.join(kinds) or 'no findings'}.",
        f"{found.new} new, {found.reopened} reopened, {found.gone} gone.",
        *found.notes,
    ]
    return "\n".join(lines)


@click.command("screen")
@click.option("--full", is_flag=True, help="Compare again even if nothing changed.")
def command(full: bool) -> None:
    """Compare all records, store the findings, and print pairs by kind and seconds."""
    click.echo(run(configuration.load(), full))
