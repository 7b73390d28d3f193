"""`adam screen`: compare what changed with all records and store what is found."""

from __future__ import annotations

import time

import click
from sqlalchemy.engine import make_url

from adam import settings as configuration
from adam.cli.opening import opened
from adam.domain.findings import KINDS, NAMES
from adam.services import register, screening

LONG = 2.0
"""Seconds after which a run says how far it is."""


def run(settings: configuration.Settings, full: bool = False) -> str:
    """Screen the database and say what was found, in words."""
    started = time.monotonic()
    with opened(settings, label="screening") as w:
        found = screening.run(w, full, lambda step: _told(step, time.monotonic() - started))
    index = register.of(str(make_url(settings.database_url)))
    if index.worth_saving:
        index.save()
    return _words(found, time.monotonic() - started)


def _told(step: str, seconds: float) -> None:
    """How far a long run is, on standard error."""
    if seconds >= LONG:
        click.echo(f"{seconds:6.1f} s  {step}", err=True)


def _words(found: screening.Screening, seconds: float) -> str:
    if found.skipped:
        return f"Screened: nothing changed since the last screening; {seconds:.1f} seconds."
    kinds = [f"{NAMES[kind].lower()} {found.kinds[kind]}" for kind in KINDS if found.kinds.get(kind)]
    whole = found.compared == found.records
    compared = "" if whole else f"{found.compared} changed since the last time and were compared with all. "
    lines = [
        f"Screened {found.records} records in {seconds:.1f} seconds: {', '.join(kinds) or 'no findings'}.",
        f"{compared}{found.new} new, {found.reopened} reopened, {found.gone} gone.",
        *found.notes,
    ]
    return "\n".join(lines)


@click.command("screen")
@click.option("--full", is_flag=True, help="Compare all records with one another, whatever changed.")
def command(full: bool) -> None:
    """Compare what changed since the last screening with all records, and store the findings.

    All are compared with one another the first time, with --full, when the rules or the names of organizations changed,
    or when more than a tenth of the records did.
    """
    click.echo(run(configuration.load(), full))
