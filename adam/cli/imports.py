"""`adam import iati`: activities of files as submissions of a partner, with progress and an outcome for each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from adam import settings as configuration
from adam.cli import import_runs
from adam.cli.import_runs import Run, Tally
from adam.database import make_engine, sessions
from adam.domain.actors import system
from adam.errors import Conflict, Invalid
from adam.exchange import iati, tables
from adam.schemas.claims import judge
from adam.services import import_files, imports, rules, templates
from adam.services.work import working

STEP = 25
LEFT_OUT = ("activity", "identifier", "left out", "times", "why")
Command = Callable[..., Any]


@click.group("import")
def group() -> None:
    """Take records in from files."""


READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
OPTIONS: tuple[Command, ...] = (
    click.option(
        "--partner", required=True, help="The partner whose submissions these are, such as NO or UNODC."
    ),
    click.option("--dry-run", is_flag=True, help="Say what would happen and keep nothing."),
    click.option("--validate", is_flag=True, help="Accept those without errors at once."),
    click.option(
        "--failures", type=click.Path(dir_okay=False, path_type=Path), help="Write the refused ones here."
    ),
)


def options(command: Command) -> Command:
    """The options of every import."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@group.command("iati")
@click.argument("files", nargs=-1, required=True, type=READABLE)
@options
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write here, as CSV, what of each activity had no place in ADAM, how often, and why.",
)
def iati_command(files: tuple[Path, ...], report: Path | None, **given: Any) -> None:
    """Take in IATI activities (1.0x to 2.03) as submissions of a partner; exit code 1 when no file can be read."""
    partner, dry_run, failures = given["partner"], given["dry_run"], given["failures"]
    started = time.monotonic()
    for target, option in ((failures, "--failures"), (report, "--report")):
        import_runs.fits(target, files, option)
    import_runs.settle_memory()
    engine = make_engine(configuration.load().database_url)
    options = imports.Options(partner, given["validate"], "iati")
    run = Run(sessions(engine), options, dry_run)
    tally = Tally()
    try:
        run.known_partner()
        size = sum(path.stat().st_size for path in files)
        with _reporting(report) as told, click.progressbar(length=size, label="Reading") as bar:
            for batch in import_runs.batches(_activities(files, tally, bar)):
                run.take([(_item(activity, place), activity) for place, activity in batch], tally)
                for place, activity in batch:
                    tally.dropped.update(activity.dropped)
                    told(place, activity)
    finally:
        engine.dispose()
    import_runs.say(tally, time.monotonic() - started, dry_run)
    if failures and tally.refused:
        iati.write_failures(failures, _refused(tally))
    if tally.unread == len(files):
        raise click.exceptions.Exit(1)


@contextmanager
def _reporting(report: Path | None) -> Iterator[Callable[[str, iati.Activity], None]]:
    """A way to write down what of an activity was left out; without a file, nothing."""
    if report is None:
        yield lambda _place, _activity: None
        return
    with report.open("wb") as file:
        file.write(tables.csv_lines([LEFT_OUT]))

        def told(place: str, activity: iati.Activity) -> None:
            parts = [(*remark.partition(": ")[::2], count) for remark, count in activity.dropped.items()]
            rows = [(place, activity.identifier, what, count, why) for what, why, count in parts]
            file.write(tables.csv_lines(rows))

        yield told


Placed = tuple[str, iati.Activity]
"""An activity and where it stands, in words."""


def _activities(files: tuple[Path, ...], tally: Tally, bar: Any) -> Iterator[Placed]:
    """The activities of all files; a file that can't be read is refused and the next one goes on."""
    for path in files:
        done = 0
        with path.open("rb") as file:
            try:
                for activity in iati.read(file):
                    yield f"{path.name}, activity {activity.position}", activity
                    if activity.position % STEP == 0:
                        bar.update(file.tell() - done)
                        done = file.tell()
            except Invalid as error:
                item = imports.Item(None, None, tuple(error.problems), path.name)
                tally.add(imports.Outcome(item, imports.REFUSED, item.problems))
                tally.unread += 1
            bar.update(path.stat().st_size - done)


def _item(activity: iati.Activity, place: str) -> imports.Item:
    if activity.document is None:
        return imports.Item(activity.identifier, None, activity.problems, place)
    judged = judge(activity.document)
    told = (activity.identifier, judged.draft, judged.problems, place, judged.part)
    return imports.Item(*told, unsaid=activity.unsaid)


def _refused(tally: Tally) -> list[tuple[bytes | None, list[str]]]:
    return [(activity.xml, import_runs.reasons(outcome)) for outcome, activity in tally.refused if activity]


@group.command("spreadsheet")
@click.argument("file", type=READABLE)
@options
def spreadsheet_command(
    file: Path, partner: str, dry_run: bool, validate: bool, failures: Path | None
) -> None:
    """Take in projects of an XLSX or CSV file, in the layout that `adam export template` writes."""
    started = time.monotonic()
    import_runs.fits(failures, [file])
    import_runs.settle_memory()
    form = _form(file)
    engine = make_engine(configuration.load().database_url)
    run = Run(sessions(engine), imports.Options(partner, validate, import_files.ORIGINS[form]), dry_run)
    tally = Tally()
    try:
        run.known_partner()
        with working(run.make, system(), rules.load(), read_only=True) as w:
            choices = templates.choices(w)
        contents = import_files.read(file.read_bytes(), form, (choices, judge))
        with click.progressbar(length=len(contents.claims), label="Reading") as bar:
            for batch in import_runs.batches(contents.claims):
                run.take([(claim.item, claim) for claim in batch], tally)
                bar.update(len(batch))
    finally:
        engine.dispose()
    for note in contents.notes:
        click.echo(note)
    import_runs.say(tally, time.monotonic() - started, dry_run)
    if failures and tally.refused:
        pairs = [(claim, outcome.problems) for outcome, claim in tally.refused]
        failures.write_bytes(import_files.refused(form, pairs, choices))


def _form(file: Path) -> str:
    form = import_files.form_of(file.name)
    if form not in (import_files.XLSX, import_files.CSV):
        raise Conflict(f"{file.name} is neither .xlsx nor .csv: save it as one of them.")
    if file.stat().st_size > configuration.load().import_limit:
        raise Conflict(
            f"{file.name} is larger than {configuration.load().import_limit} bytes: send it in parts."
        )
    return form
