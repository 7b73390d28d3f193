"""`adam seed`: the vocabulary and the real projects of the sources; safe to repeat."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

from adam import settings as configuration
from adam.cli.opening import opened
from adam.errors import Invalid, Problem
from adam.schemas import vocabulary
from adam.schemas.faults import load
from adam.schemas.meetings import MeetingRow
from adam.schemas.submissions import SubmissionSchema
from adam.services import imports, seeding

FOLDER = configuration.ROOT / "seeds"


def run(settings: configuration.Settings, demo: bool = False) -> str:
    """Seed the database and say what was done, in one line; `demo` adds one account for each role."""
    with opened(settings, label="seeds") as w:
        changed = seeding.words(w, list(words()))
        w.session.flush()
        outcomes = seeding.projects(w, _projects())
        meetings = seeding.meetings(w, _meetings())
        if demo:
            _demo(w, settings)
    counts = Counter(outcome.result for outcome in outcomes)
    accounts = " One demonstration account for each role stands ready." if demo else ""
    return (
        f"Seeded: {sum(changed.values())} vocabulary rows new or changed; projects: {counts['new']} new, "
        f"{counts['updated']} updated, {counts['unchanged']} unchanged. Meetings: {meetings} new.{accounts}"
    )


def _demo(w: Any, settings: configuration.Settings) -> None:
    from adam.services import accounts

    if settings.env == "production":
        raise click.ClickException("Demonstration accounts are not made in production.")
    accounts.ensure_demo(w)


def words() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The vocabulary files in the order in which they load: name and rows that passed their schema."""
    for name, schema in vocabulary.FILES:
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reading = schema()
            rows = [
                load(reading, row, f"#/{name}/{number}") for number, row in enumerate(csv.DictReader(file), 2)
            ]
        yield name, rows


def _meetings() -> list[dict[str, Any]]:
    """The meetings that the sources name."""
    schema = MeetingRow()
    with (FOLDER / "meetings.csv").open(encoding="utf-8", newline="") as file:
        return [
            load(schema, row, f"#/meetings/{number}") for number, row in enumerate(csv.DictReader(file), 2)
        ]


def _projects() -> dict[str, list[imports.Item]]:
    """Partner to items; every project passes the schema of submissions."""
    found: dict[str, list[imports.Item]] = {}
    schema = SubmissionSchema()
    for number, row in enumerate(json.loads((FOLDER / "projects.json").read_text(encoding="utf-8"))):
        partner = row.pop("partner", None)
        if not partner:
            raise Invalid(
                [Problem(f"#/projects/{number}/partner", "required", "Name the partner that reports it.")]
            )
        claim = load(schema, row, f"#/projects/{number}")
        item = imports.Item(claim["source_ref"], claim["project"], place="seeds/projects.json")
        found.setdefault(partner, []).append(item)
    return found


@click.command("seed")
@click.option("--demo", is_flag=True, help="Add one account for each role, for trying things out.")
def command(demo: bool) -> None:
    """Load the vocabulary and the real projects of the source documents; safe to repeat."""
    click.echo(run(configuration.load(), demo))
