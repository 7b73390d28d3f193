"""`adam report`: run a report over a scope, store it, and write it as a table or to a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from adam import settings as configuration
from adam.cli.opening import opened
from adam.errors import Conflict
from adam.exchange import paper_texts
from adam.exchange.tables import format_table
from adam.schemas.faults import load
from adam.schemas.scopes import ScopeSchema
from adam.services import report_files, report_rows, reports

WIDTH = 120


def run(settings: configuration.Settings, kind: str, scope: dict[str, Any], verb: Any = reports.run) -> Any:
    """Run a report and store it; raises Invalid with every problem of the scope."""
    draft = load(ScopeSchema(), scope, "#/scope")
    with opened(settings, label="command line") as w:
        return verb(w, kind, draft)


def overlap_summary(settings: configuration.Settings) -> str:
    """The summary of the overlap report over all records; a new one is stored only if it says something new."""
    return as_table(run(settings, "overlap", {}, reports.run_if_changed))


def as_table(report: Any) -> str:
    """The report for a terminal."""
    if report.kind not in ("overlap", "coverage"):
        return paper_texts.text(report_files.paper(report))
    figures = report.figures
    key = figures["key"]
    when = f"{report.created_at:%Y-%m-%d %H:%M} UTC"
    head = [
        f"{figures['title']} ({report.reference}, {when}, rules {report.rules_version})",
        f"{key['projects']} projects.",
    ]
    if report.kind == "overlap":
        head[1] = (
            f"{key['projects']} projects of {key['reporters']} reporters and {key['donors']} donors; "
            f"{key['record_questions']} questions about records and {key['coordination_questions']} about "
            f"assistance wait; {key['unassigned']} projects have no pillar."
        )
        if key.get("unanswered", {}).get("projects"):
            left = key["unanswered"]
            head.append(
                f"Nobody answers for {left['projects']} of the projects: {len(left['partners'])} of their partners "
                "have no focal point."
            )
    parts = ["\n".join([*head, *report_rows.ledger_lines(figures)])]
    tables = report_rows.summary(figures) if report.kind == "overlap" else [report_rows.matrix_rows(figures)]
    parts.extend(f"{table.title}\n{format_table(table.columns, table.rows, WIDTH)}" for table in tables)
    return "\n\n".join(parts)


FORMATS: dict[str, Any] = {"table": as_table} | {
    name: form.write for name, form in report_files.FILES.items()
}


def _write(kind: str, country: tuple[str, ...], pillar: tuple[str, ...], **options: Any) -> None:
    scope = {
        "countries": [code.upper() for code in country],
        "pillars": [code.upper() for code in pillar],
        "organizations": list(options["organization"]),
        "from": options["date_from"],
        "to": options["date_to"],
    } | {name: options[name] for name in ("year", "baseline") if options.get(name)}
    _deliver(FORMATS[options["form"]](run(configuration.load(), kind, scope)), options["output"])


def _deliver(content: str | bytes, output: Path | None) -> None:
    """To the file, or to standard output; a PDF or workbook is nothing for a screen."""
    if output:
        output.write_bytes(content.encode() if isinstance(content, str) else content)
        click.echo(f"Written to {output}.")
    elif isinstance(content, str):
        click.echo(content)
    elif sys.stdout.isatty():
        raise Conflict("A PDF or workbook is nothing for a screen: give a file with -o.")
    else:
        sys.stdout.buffer.write(content)


YEARS = (
    click.Option(["--year"], type=int, help="The year; this one, unless given."),
    click.Option(["--baseline"], type=int, help="The year it is set beside; the one before, unless given."),
)


def _command(kind: str, words: str) -> click.Command:
    def callback(**options: Any) -> None:
        _write(kind, options.pop("country"), options.pop("pillar"), **options)

    path = click.Path(dir_okay=False, path_type=Path)
    return click.Command(
        kind,
        callback=callback,
        help=words,
        params=[
            click.Option(["--country"], multiple=True, metavar="ISO2", help="A country; may be repeated."),
            click.Option(["--pillar"], multiple=True, metavar="I..IV", help="A pillar; may be repeated."),
            click.Option(["--organization"], multiple=True, help="An organization in any role, by code."),
            click.Option(["--from", "date_from"], metavar="YYYY-MM-DD", help="Active on or after this day."),
            click.Option(["--to", "date_to"], metavar="YYYY-MM-DD", help="Active on or before this day."),
            *(YEARS if kind == "annual" else ()),
            click.Option(["--format", "form"], type=click.Choice(list(FORMATS)), default="table"),
            click.Option(["-o", "output"], type=path, help="Write to this file."),
        ],
    )


@click.group("report")
def group() -> None:
    """Run a report, store it, and write it."""


group.add_command(
    _command("overlap", "Duplicate and overlapping assistance, with its evidence and its totals.")
)
group.add_command(_command("coverage", "Country × pillar: projects, donors and money."))
group.add_command(
    _command("gaps", "Needs nobody answers, what ends within a year, and where nothing is recorded.")
)
group.add_command(
    _command("annual", "The implementation of the Vienna Declaration in a year, beside a baseline.")
)
