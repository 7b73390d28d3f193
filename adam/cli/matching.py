"""`adam match`: the engine alone on a file, without a database."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from adam.errors import Invalid, Problem
from adam.exchange import records as files
from adam.matching import Answer, Pair, Record, compare_columns, compare_file, load_policy
from adam.matching.policy import KINDS
from adam.matching.records import Convert

SHOWN = 50
TIMINGS = "ADAM_TIMINGS"


@click.command("match")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Pairs file; else standard output.",
)
@click.option("--threshold", type=click.FloatRange(0, 1), help="Leave out pairs below this probability.")
@click.option("--kinds", help="Only these kinds, separated by commas.")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True)
@click.option("--explain", is_flag=True, help="Also print the best pairs with their reasons.")
def command(
    file: Path, output: Path | None, threshold: float | None, kinds: str | None, engine: str, explain: bool
) -> None:
    """Compare the records of FILE (CSV, JSON Lines, Parquet) and write the pairs that look alike, best first."""
    if output and not output.parent.is_dir():
        raise click.UsageError(f"There is no folder “{output.parent}” to write to: make it first.")
    wanted = [kind.strip() for kind in kinds.split(",") if kind.strip()] if kinds else None
    begun = perf_counter()
    try:
        policy = load_policy()
        answer = answered(file, wanted, policy.listed if threshold is None else threshold, engine)
    except Invalid as wrong:
        for problem in wrong.problems:
            click.echo(told(problem), err=True)
        sys.exit(2)
    compared = perf_counter()
    write(answer, output)
    if explain:
        explain_pairs(answer.explained(SHOWN))
    answer.seconds["write"] = perf_counter() - compared
    summary(answer, perf_counter() - begun)
    gc.freeze()  # else all that was read and prepared is looked through once more when the process ends


def answered(file: Path, wanted: list[str] | None, threshold: float, engine: str) -> Answer:
    """What comparing the file finds, read at once where it holds nothing unusual, row by row otherwise."""
    policy, begun = load_policy(), perf_counter()
    with ThreadPoolExecutor(1) as beside:
        beside.submit(rate, "EUR", date.today())  # the first question reads all rates: here beside the file
        found = compare_file(file, policy, rate, (wanted, threshold, engine))
    if found is None:
        records = read_records(file)
        read = perf_counter() - begun
        found = compare_columns(records, policy, (wanted, threshold, engine))
        found.seconds["read"] = read
    return found


def read_records(path: Path) -> list[Record]:
    """The records of a file; raises Invalid with every problem of every row at once."""
    convert = rates()
    records: list[Record] = []
    problems: list[Problem] = []
    rows: dict[str, int] = {}
    for row, values in files.read(path):
        try:
            record = Record.from_mapping(values, convert)
        except Invalid as wrong:
            problems.extend(replace(problem, row=row) for problem in wrong.problems)
            continue
        if record.id in rows:
            said = f"The id “{record.id}” stands in row {rows[record.id]} already: give each record its own."
            problems.append(Problem("#/id", "twice", said, row))
        rows.setdefault(record.id, row)
        records.append(record)
    if problems:
        raise Invalid(problems)
    return records


def rate(currency: str, on: date) -> Decimal | None:
    """US dollars for one unit of a currency on a day, or None where no rate is known."""
    from adam.exchange.rates import rate as known

    found = known(currency, on)
    return found[0] if found else None


def rates() -> Convert:
    """Converts to US dollars at the value date with the rates at hand."""
    from adam.exchange.rates import usd

    def convert(amount: Decimal, currency: str, on: date | None) -> Decimal | None:
        converted = usd(amount, currency, on) if on else None
        return converted.amount if converted else None

    return convert


def told(problem: Problem) -> str:
    """A problem in one line, with its row and field where it has them."""
    place = [f"row {problem.row}"] if problem.row else []
    place += [problem.pointer.removeprefix("#/")] if len(problem.pointer) > 2 else []
    return f"{', '.join(place)}: {problem.detail}" if place else problem.detail


def write(answer: Answer, output: Path | None) -> None:
    """The pairs file, or the same on standard output."""
    if output is None:
        answer.write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    with output.open("wb") as file:
        answer.write(file)


def explain_pairs(pairs: Iterable[tuple[Pair, str, str]]) -> None:
    """The pairs in words on standard error: both titles, then what each feature added to the prior."""
    for pair, left, right in pairs:
        kind = pair.kind.replace("_", " ")
        say(f"\n{pair.score:.0%} {kind}: {pair.id_a} “{left}” · {pair.id_b} “{right}”")
        say(f"  {pair.prior:+6.2f}  before any evidence")
        for reason in pair.evidence:
            say(f"  {reason.score:+6.2f}  {reason.sentence}")


def summary(answer: Answer, seconds: float) -> None:
    """How many of what, in how long, and what was not compared all with all."""
    kinds = Counter(kind_of(column) for column in answer.found.kind.tolist())
    by_kind = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) or "none"
    say(f"{answer.records} records, {len(answer.found.kind)} pairs ({by_kind}) in {seconds:.1f} s")
    for note in answer.notes:
        say(note)
    if os.environ.get(TIMINGS):
        figures: dict[str, Any] = {name: round(each, 4) for name, each in answer.seconds.items()}
        say(json.dumps(figures | {"records": answer.records, "pairs": len(answer.found.kind)}))


def kind_of(column: int) -> str:
    """The kind that a column of the weights claims."""
    return KINDS[column] if column < len(KINDS) else KINDS[0]


def say(text: str) -> None:
    """A line on standard error, so that standard output holds the pairs alone."""
    click.echo(text, err=True)


if __name__ == "__main__":
    command()
