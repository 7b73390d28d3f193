"""`adam needs load`: needs and recommendations from a file, so that a gap can be called a gap."""

from __future__ import annotations

from pathlib import Path

import click

from adam import settings as configuration
from adam.cli import rows
from adam.cli.opening import opened
from adam.schemas.needs import NeedRow
from adam.services import needs


@click.group("needs")
def group() -> None:
    """Needs that partners and meetings have stated."""


@group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_command(file: Path) -> None:
    """Load a CSV: country, pillar, commitment, assistance_type, statement, recorded_on, source."""
    found = rows.read(file, NeedRow())
    with opened(configuration.load(), label="needs") as w:
        changed = needs.load(w, found)
    click.echo(f"{len(found)} needs read: {changed} new or changed. Run `adam screen` to see the gaps.")
