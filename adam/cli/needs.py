"""`adam needs load`: needs and recommendations from a file, so that a gap can be called a gap."""

from __future__ import annotations

import csv
from pathlib import Path

import click

from adam import settings as configuration
from adam.database import make_engine, sessions
from adam.domain.actors import system
from adam.schemas.faults import load
from adam.schemas.needs import NeedRow
from adam.services import needs, rules
from adam.services.work import working


@click.group("needs")
def group() -> None:
    """Needs that partners and meetings have stated."""


@group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_command(file: Path) -> None:
    """Load a CSV: country, pillar, commitment, assistance_type, statement, recorded_on, source."""
    schema = NeedRow()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [load(schema, row, f"#/{number}") for number, row in enumerate(csv.DictReader(lines), 2)]
    engine = make_engine(configuration.load().database_url)
    try:
        with working(sessions(engine), system("needs"), rules.load()) as w:
            changed = needs.load(w, rows)
    finally:
        engine.dispose()
    click.echo(f"{len(rows)} needs read: {changed} new or changed. Run `adam screen` to see the gaps.")
