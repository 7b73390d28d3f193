"""`adam rates load`: exchange rates from a file, for currencies that the European Central Bank doesn't quote."""

from __future__ import annotations

import csv
from pathlib import Path

import click

from adam import settings as configuration
from adam.database import make_engine, sessions
from adam.domain.actors import system
from adam.schemas.faults import load
from adam.schemas.rates import RateRow
from adam.services import money, rules
from adam.services.work import working


@click.group("rates")
def group() -> None:
    """Exchange rates: the ECB's come with ADAM, others from files."""


@group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_command(file: Path) -> None:
    """Load a CSV with the columns currency, day, usd (US dollars for one unit) and source."""
    schema = RateRow()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [load(schema, row, f"#/{number}") for number, row in enumerate(csv.DictReader(lines), 2)]
    engine = make_engine(configuration.load().database_url)
    try:
        with working(sessions(engine), system("rates"), rules.load()) as w:
            changed, converted = money.load_rates(w, rows)
    finally:
        engine.dispose()
    click.echo(
        f"{len(rows)} rates read: {changed} new or changed; {converted} amounts could be converted now."
    )
