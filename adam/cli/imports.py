"""`adam import iati`: activities of files as submissions of a partner, with progress and an outcome for each."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from adam import settings as configuration
from adam.database import make_engine, sessions
from adam.domain import documents
from adam.domain.actors import system
from adam.errors import Invalid, NotFound
from adam.exchange import iati
from adam.schemas.faults import load
from adam.schemas.projects import ProjectSchema
from adam.services import imports, rules
from adam.services.work import working

BATCH = 200
STEP = 25


class DryRun(Exception):
    """Ends a work without keeping what it did."""


@dataclass(slots=True)
class Tally:
    """What an import did so far.

    `seen` is key → digest of the document and place of the first that carried it; `unread` counts files that
    couldn't be read at all.
    """

    counts: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[imports.Outcome, bytes | None]] = field(default_factory=list)
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    unread: int = 0

    def add(self, outcome: imports.Outcome, activity: iati.Activity | None = None) -> None:
        """Count an outcome, and keep what is needed to say why something was refused."""
        self.counts["read"] += 1
        self.counts[outcome.result] += 1
        if outcome.result == imports.REFUSED:
            self.refused.append((outcome, activity.xml if activity else None))
        elif outcome.item.source_ref:
            self.seen.setdefault(outcome.item.source_ref, (outcome.digest, outcome.item.place))


@dataclass(frozen=True, slots=True)
class Run:
    """One import: where to, for whom, and whether anything is kept."""

    make: Any
    options: imports.Options
    dry_run: bool


@click.group("import")
def group() -> None:
    """Take records in from files."""


@group.command("iati")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--partner", required=True, help="The partner whose submissions these are, such as NO or UNODC."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and keep nothing.")
@click.option("--validate", is_flag=True, help="Accept those without errors at once.")
@click.option(
    "--failures", type=click.Path(dir_okay=False, path_type=Path), help="Write the refused ones here."
)
def iati_command(
    files: tuple[Path, ...], partner: str, dry_run: bool, validate: bool, failures: Path | None
) -> None:
    """Take in IATI activities (1.0x to 2.03) as submissions of a partner; exit code 1 when no file can be read."""
    started = time.monotonic()
    _fits(failures, files)
    # What start-up made stays; looking through it again and again for garbage takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(20_000)
    engine = make_engine(configuration.load().database_url)
    options = imports.Options(partner, validate, "iati")
    run = Run(sessions(engine), options, dry_run)
    tally = Tally()
    try:
        _known_partner(run)
        size = sum(path.stat().st_size for path in files)
        with click.progressbar(length=size, label="Reading") as bar:
            for batch in _batches(_activities(files, tally, bar)):
                _take(run, batch, tally)
    finally:
        engine.dispose()
    _say(tally, time.monotonic() - started, dry_run)
    if failures and tally.refused:
        iati.write_failures(failures, [(xml, _reasons(outcome)) for outcome, xml in tally.refused if xml])
    if tally.unread == len(files):
        raise click.exceptions.Exit(1)


def _fits(failures: Path | None, files: tuple[Path, ...]) -> None:
    """Refuse a place for the failures that can't be written or holds what is read, before anything is kept."""
    if failures is None:
        return
    if not failures.absolute().parent.is_dir():
        raise click.BadParameter(
            f"There is no folder {failures.parent}: make it first.", param_hint="--failures"
        )
    if failures.resolve() in {path.resolve() for path in files}:
        raise click.BadParameter(
            f"{failures} is read by this import: choose another file.", param_hint="--failures"
        )


def _known_partner(run: Run) -> None:
    with working(run.make, system(), rules.load(), read_only=True) as w:
        if run.options.partner not in w.vocabulary.partners:
            raise NotFound(f"No partner has the code {run.options.partner}: use a code such as NO or UNODC.")


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


def _batches(activities: Iterator[Placed]) -> Iterator[list[Placed]]:
    batch: list[Placed] = []
    for placed in activities:
        batch.append(placed)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _take(run: Run, batch: list[Placed], tally: Tally) -> None:
    """Take one batch in as one transaction; what stood already in this run is not asked again."""
    items = [_item(activity, place) for place, activity in batch]
    fresh = [item for item in items if not _twice(item, tally)]
    outcomes = {id(outcome.item): outcome for outcome in _kept(run, fresh)}
    for item, (_, activity) in zip(items, batch, strict=True):
        tally.dropped.update(activity.dropped)
        tally.add(outcomes.get(id(item)) or _twin(item, tally), activity)


def _twice(item: imports.Item, tally: Tally) -> bool:
    return item.draft is not None and item.source_ref in tally.seen


def _twin(item: imports.Item, tally: Tally) -> imports.Outcome:
    digest, place = tally.seen[item.source_ref or ""]
    return imports.twin(item, place, same=digest == _digest(item))


def _digest(item: imports.Item) -> str:
    return documents.digest(documents.plain(item.draft))


def _kept(run: Run, items: list[imports.Item]) -> list[imports.Outcome]:
    outcomes: list[imports.Outcome] = []
    try:
        with working(run.make, system("import"), rules.load()) as w:
            outcomes = imports.take(w, items, run.options)
            if run.dry_run:
                raise DryRun
    except DryRun:
        pass
    return outcomes


SCHEMA = ProjectSchema()


def _item(activity: iati.Activity, place: str) -> imports.Item:
    if activity.document is None:
        return imports.Item(activity.identifier, None, activity.problems, place)
    try:
        draft = load(SCHEMA, activity.document, "#/project")
    except Invalid as error:
        return imports.Item(activity.identifier, None, tuple(error.problems), place)
    return imports.Item(activity.identifier, draft, (), place)


def _reasons(outcome: imports.Outcome) -> list[str]:
    return [f"{problem.pointer}: {problem.detail}" for problem in outcome.problems]


def _say(tally: Tally, seconds: float, dry_run: bool) -> None:
    for outcome, _ in tally.refused:
        name = outcome.item.source_ref or "without identifier"
        click.echo(f"refused {name} ({outcome.item.place}): {' '.join(_reasons(outcome))}", err=True)
    if tally.dropped:
        kinds = ", ".join(f"{name} {count}" for name, count in tally.dropped.most_common(12))
        click.echo(f"Left out, for want of a place in ADAM: {kinds}.")
    counts = tally.counts
    results = ", ".join(f"{counts[name]} {name}" for name in ("new", "updated", "unchanged", "refused"))
    kept = " Nothing was kept: this was a dry run." if dry_run else ""
    click.echo(f"{counts['read']} read: {results}; {seconds:.1f} seconds.{kept}")
