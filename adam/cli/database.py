"""`adam db`: bring the database up to date, or check that it is."""

from __future__ import annotations

import click
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from adam import database
from adam.queries import tables
from adam.settings import Settings, load


@click.group("db")
def group() -> None:
    """Bring the database up to date, or check it."""


@group.command("upgrade")
def upgrade_command() -> None:
    """Run the migrations that wait."""
    click.echo(upgrade(load()))


def upgrade(settings: Settings) -> str:
    """Migrate to the newest schema, all of it or nothing; answers what was done in a sentence."""
    engine = database.make_engine(settings.database_url)
    try:
        waits = database.pending(engine.execution_options(read_only=True))
        if waits:
            database.upgrade(engine)
            database.count_indexes(engine)
    finally:
        engine.dispose()
    where = make_url(settings.database_url).render_as_string(hide_password=True)
    return f"The database {where} {'was brought up to date' if waits else 'is up to date'}."


@group.command("check")
@click.pass_context
def check_command(ctx: click.Context) -> None:
    """Exit 1 where migrations wait, or where the schema and the models differ."""
    engine = database.make_engine(load().database_url)
    try:
        found = faults(engine)
    finally:
        engine.dispose()
    for fault in found:
        click.echo(fault, err=True)
    if found:
        ctx.exit(1)
    click.echo("The database is up to date and as the models say.")


def faults(engine: Engine) -> list[str]:
    """What is wrong with the schema, a sentence each; empty when nothing is."""
    reading = engine.execution_options(read_only=True)
    if database.pending(reading):
        return ["Migrations wait: run `adam db upgrade`."]
    return [
        f"The schema differs from the models: {change}"
        for change in database.drift(reading, tables.expected())
    ]
