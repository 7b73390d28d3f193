"""`adam focal-point`: who answers for a partner, from when until when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from adam.cli.opening import opened
from adam.queries import directory
from adam.schemas.faults import load as read
from adam.schemas.focal_points import KINDS, FocalPointSchema
from adam.services import focal_points, handovers, rules
from adam.services.mails import Sessions
from adam.settings import Settings, load

DAY = click.DateTime(["%Y-%m-%d"])


def chore(_settings: Settings, make: Sessions) -> int:
    """Move the work of every handover whose day has come; answers how many."""
    return handovers.settle_due(make, rules.load())


@click.group("focal-point")
def group() -> None:
    """Say who answers for a partner."""


@group.command("designate")
@click.option("--partner", required=True, help="Such as NO or UNODC.")
@click.option("--name", required=True)
@click.option("--email")
@click.option("--kind", type=click.Choice(KINDS), help="What fits the partner unless given.")
@click.option("--pillar", "pillars", multiple=True, help="Repeat for several; all unless given.")
@click.option("--country", "countries", multiple=True, help="Repeat for several; all unless given.")
@click.option("--since", metavar="YYYY-MM-DD", help="The first day; today unless given.")
@click.option("--until", metavar="YYYY-MM-DD", help="The day from which on the person no longer answers.")
def designate(**asked: Any) -> None:
    """Enter the person whom a partner has named."""
    lists = {name: list(asked[name]) for name in ("pillars", "countries")}
    draft = read(FocalPointSchema(), asked | lists)
    with opened(load()) as w:
        person = focal_points.designate(w, draft)
    click.echo(
        f"{person.name} answers for {person.partner} from {person.since} on: focal point {person.id}."
        if person.until is None
        else f"{person.name} answers for {person.partner} from {person.since} until {person.until}: "
        f"focal point {person.id}."
    )


@group.command("end")
@click.argument("focal_point_id", metavar="ID")
@click.option("--until", type=DAY, help="The day from which on they no longer answer; today unless given.")
def end(focal_point_id: str, until: datetime | None) -> None:
    """Enter that somebody no longer answers for a partner; `adam focal-point list` shows the ids."""
    day = (until or datetime.now(UTC)).date()
    with opened(load()) as w:
        person = focal_points.end(w, focal_point_id, day)
    click.echo(f"{person.name} no longer answers for {person.partner} from {person.until} on.")


@group.command("list")
@click.option("--partner", "partners", multiple=True, help="Repeat for several; all unless given.")
def listed(partners: tuple[str, ...]) -> None:
    """Print who answers for whom now or in days to come, with the ids."""
    with opened(load(), read_only=True) as w:
        query = directory.focal_points(partners, directory.not_ended(w.today))
        rows = w.session.scalars(query.order_by(*(key.column for key in directory.FOCAL_POINTS))).all()
        people = directory.shown_focal_points(w.session, rows)
    for one in people:
        until = f" until {one['until']}" if one["until"] else ""
        click.echo(
            f"{one['id']}  {one['partner']}  {one['name']}, {one['kind']}, since {one['since']}{until}"
        )
