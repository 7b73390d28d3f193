"""`adam rates load`: exchange rates from a file, for currencies that the European Central Bank doesn't quote."""

from __future__ import annotations

from pathlib import Path

import click

from adam import settings as configuration
from adam.cli import rows
from adam.cli.opening import opened
from adam.schemas.rates import RateRow
from adam.services import money


@click.group("rates")
def group() -> None:
    """Exchange rates: the ECB's come with ADAM, others from files."""


@group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_command(file: Path) -> None:
    """Load a CSV with the columns currency, day, usd (US dollars for one unit) and source."""
    found = rows.read(file, RateRow())
    with opened(configuration.load(), label="rates") as w:
        changed, converted = money.load_rates(w, found)
    click.echo(
        f"{len(found)} rates read: {changed} new or changed; {converted} amounts could be converted now."
    )
