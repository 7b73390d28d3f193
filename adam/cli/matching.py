"""`adam match`: the engine alone on a file, without a database."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import click

from adam.errors import Invalid, Problem
from adam.exchange import records as files
from adam.matching import Pair, Pairs, Record, compare_all, load_policy
from adam.matching.records import Convert

SHOWN = 50


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
    if engine == "spark":
        raise click.UsageError(
            "This version has no Spark engine yet: leave out --engine, or say --engine local."
        )
    if output and not output.parent.is_dir():
        raise click.UsageError(f"There is no folder “{output.parent}” to write to: make it first.")
    try:
        wanted = [kind.strip() for kind in kinds.split(",") if kind.strip()] if kinds else None
        begun = perf_counter()
        records = read_records(file)
        policy = load_policy()
        pairs = compare_all(records, policy, wanted, policy.listed if threshold is None else threshold)
    except Invalid as wrong:
        for problem in wrong.problems:
            click.echo(told(problem), err=True)
        sys.exit(2)
    write(pairs, output)
    if explain:
        explain_pairs(pairs[:SHOWN], records)
    summary(pairs, len(records), perf_counter() - begun)


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


def rates() -> Convert | None:
    """Converts to US dollars at the value date with the rates at hand."""
    try:
        from adam.exchange.rates import usd
    except ImportError:
        return None

    def convert(amount: Decimal, currency: str, on: date | None) -> Decimal | None:
        converted = usd(amount, currency, on) if on else None
        return converted.amount if converted else None

    return convert


def told(problem: Problem) -> str:
    """A problem in one line, with its row and field where it has them."""
    place = [f"row {problem.row}"] if problem.row else []
    place += [problem.pointer.removeprefix("#/")] if len(problem.pointer) > 2 else []
    return f"{', '.join(place)}: {problem.detail}" if place else problem.detail


def write(pairs: Pairs, output: Path | None) -> None:
    """The pairs file, or the same on standard output."""
    rows = (row(pair) for pair in pairs)
    if output is None:
        files.write_pairs(rows, sys.stdout)
        return
    with output.open("w", encoding="utf-8", newline="") as file:
        files.write_pairs(rows, file)


def row(pair: Pair) -> dict[str, object]:
    """A pair as a row of the pairs file."""
    evidence = [reason.as_dict() for reason in pair.evidence]
    return {
        "id_a": pair.id_a,
        "id_b": pair.id_b,
        "kind": pair.kind,
        "score": pair.score,
        "evidence": evidence,
    }


def explain_pairs(pairs: Iterable[Pair], records: list[Record]) -> None:
    """The pairs in words on standard error: both titles, then what each feature added to the prior."""
    titles = {record.id: record.title for record in records}
    for pair in pairs:
        kind = pair.kind.replace("_", " ")
        say(
            f"\n{pair.score:.0%} {kind}: {pair.id_a} “{titles[pair.id_a]}” · {pair.id_b} “{titles[pair.id_b]}”"
        )
        say(f"  {pair.prior:+6.2f}  before any evidence")
        for reason in pair.evidence:
            say(f"  {reason.score:+6.2f}  {reason.sentence}")


def summary(pairs: Pairs, count: int, seconds: float) -> None:
    """How many of what, in how long, and what was not compared all with all."""
    kinds = Counter(pair.kind for pair in pairs)
    by_kind = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) or "none"
    say(f"{count} records, {len(pairs)} pairs ({by_kind}) in {seconds:.1f} s")
    for note in pairs.notes:
        say(note)


def say(text: str) -> None:
    """A line on standard error, so that standard output holds the pairs alone."""
    click.echo(text, err=True)


if __name__ == "__main__":
    command()
