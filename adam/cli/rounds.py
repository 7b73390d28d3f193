"""`adam rounds remind`: remind partners that have not answered for all their records; for a daily timer."""

from __future__ import annotations

import click

from adam import settings as configuration
from adam.cli.opening import opened
from adam.services import rounds


@click.group("rounds")
def group() -> None:
    """Validation rounds."""


@group.command("remind")
def remind() -> None:
    """Tell the partners of every open round how many of their records wait; the outbox carries the e-mails."""
    with opened(configuration.load(), label="rounds") as w:
        told = rounds.remind_all(w)
    for reference, number in told.items():
        click.echo(f"{reference}: {number} people told.")
    if not told:
        click.echo("No round is open.")
