"""What the import commands share: batches of claims taken in, counted, and what to say of them at the end."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from adam.domain import documents
from adam.domain.actors import system
from adam.errors import NotFound
from adam.services import import_files, imports, rules
from adam.services.work import working

BATCH = 200
One = TypeVar("One")


class DryRun(Exception):
    """Ends a work without keeping what it did."""


@dataclass(slots=True)
class Tally:
    """What an import did so far.

    `refused` holds each outcome with where it came from; `seen` is key → digest of the document and place of the
    first that carried it; `unread` counts files that couldn't be read at all.
    """

    counts: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[imports.Outcome, Any]] = field(default_factory=list)
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    unread: int = 0

    def add(self, outcome: imports.Outcome, origin: Any = None) -> None:
        """Count an outcome, and keep what is needed to say why something was refused."""
        self.counts["read"] += 1
        self.counts[outcome.result] += 1
        if outcome.result == imports.REFUSED:
            self.refused.append((outcome, origin))
        elif outcome.item.source_ref:
            self.seen.setdefault(outcome.item.source_ref, (outcome.digest, outcome.item.place))


@dataclass(frozen=True, slots=True)
class Run:
    """One import: where to, for whom, and whether anything is kept."""

    make: Any
    options: imports.Options
    dry_run: bool

    def known_partner(self) -> None:
        """Raises NotFound where nobody has the partner's code."""
        with working(self.make, system(), rules.load(), read_only=True) as w:
            if self.options.partner not in w.vocabulary.partners:
                raise NotFound(
                    f"No partner has the code {self.options.partner}: use a code such as NO or UNODC."
                )

    def take(self, placed: Sequence[tuple[imports.Item, Any]], tally: Tally) -> None:
        """Take one batch in as one transaction; what stood already in this run is not asked again."""
        fresh = [item for item, _ in placed if not _twice(item, tally)]
        outcomes = {id(outcome.item): outcome for outcome in self._kept(fresh)}
        for item, origin in placed:
            tally.add(outcomes.get(id(item)) or _twin(item, tally), origin)

    def _kept(self, items: list[imports.Item]) -> list[imports.Outcome]:
        outcomes: list[imports.Outcome] = []
        try:
            with working(self.make, system("import"), rules.load()) as w:
                outcomes = imports.take(w, items, self.options)
                if self.dry_run:
                    raise DryRun
        except DryRun:
            pass
        return outcomes


def _twice(item: imports.Item, tally: Tally) -> bool:
    return item.draft is not None and item.source_ref in tally.seen


def _twin(item: imports.Item, tally: Tally) -> imports.Outcome:
    digest, place = tally.seen[item.source_ref or ""]
    return imports.twin(item, place, same=digest == documents.digest(documents.plain(item.draft)))


def batches(given: Iterable[One], size: int = BATCH) -> Iterator[list[One]]:
    """The same in lists of at most `size`."""
    batch: list[One] = []
    for one in given:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def settle_memory() -> None:
    """What start-up made stays; looking through it again and again for garbage takes a tenth of the time."""
    gc.freeze()
    gc.set_threshold(20_000)


def fits(failures: Path | None, files: Sequence[Path], option: str = "--failures") -> None:
    """Refuse a place for a file that can't be written or holds what is read, before anything is kept."""
    if failures is None:
        return
    if not failures.absolute().parent.is_dir():
        raise click.BadParameter(f"There is no folder {failures.parent}: make it first.", param_hint=option)
    if failures.resolve() in {path.resolve() for path in files}:
        raise click.BadParameter(
            f"{failures} is read by this import: choose another file.", param_hint=option
        )


def reasons(outcome: imports.Outcome) -> list[str]:
    """Why an item was refused, each with where."""
    return [f"{problem.pointer}: {problem.detail}" for problem in outcome.problems]


def say(tally: Tally, seconds: float, dry_run: bool) -> None:
    """Each refused one with its reasons on standard error, then what was left out, and the counts in one line."""
    for outcome, origin in tally.refused:
        name = outcome.item.source_ref or "without identifier"
        said = " ".join(placed_reasons(outcome, origin))
        click.echo(f"refused {name} ({outcome.item.place}): {said}", err=True)
    if tally.dropped:
        click.echo(import_files.left_out_note(tally.dropped))
    counts = tally.counts
    results = ", ".join(f"{counts[name]} {name}" for name in ("new", "updated", "unchanged", "refused"))
    kept = " Nothing was kept: this was a dry run." if dry_run else ""
    click.echo(f"{counts['read']} read: {results}; {seconds:.1f} seconds.{kept}")


def placed_reasons(outcome: imports.Outcome, origin: Any) -> list[str]:
    """The reasons, by row and column where the file has them."""
    place = getattr(origin, "place", None)
    if place is None:
        return reasons(outcome)
    return [f"{place(problem.pointer) or problem.pointer}: {problem.detail}" for problem in outcome.problems]
