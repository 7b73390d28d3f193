"""`adam export`: the template for partners, and accepted projects as IATI, HXL, XLSX, CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from adam import settings as configuration
from adam.cli import export_files
from adam.cli.opening import opened
from adam.errors import Conflict, NotFound
from adam.queries import projects
from adam.services import exports, import_files, templates

Command = Callable[..., Any]
FILE = click.Path(dir_okay=False, path_type=Path)
FORMS = {".xlsx": import_files.XLSX, ".csv": import_files.CSV}
DAY = click.DateTime(["%Y-%m-%d"])
LISTS = (
    ("country", "ISO 3166-1 alpha-2 code."),
    ("pillar", "I to IV."),
    ("commitment", "Such as I.4."),
    ("organization", "Code or id, or a partner whose agencies count too."),
    ("role", "In which the organization stands."),
    ("status", "Such as active."),
    ("assistance_type", "Such as training."),
    ("sector", "Sector code."),
    ("owner", "The partner that reports the record."),
)
FILTERS: tuple[Command, ...] = (
    *(click.option(f"--{name.replace('_', '-')}", name, multiple=True, help=about) for name, about in LISTS),
    click.option("--from", "--active-from", "active_from", type=DAY, help="Active on this day or later."),
    click.option("--to", "--active-to", "active_to", type=DAY, help="Active on this day or earlier."),
    click.option("--text", default="", help="Words of the title or description."),
)


@click.group("export")
def group() -> None:
    """Write files: the template for partners, or accepted projects."""


@group.command("template")
@click.option(
    "-o", "output", type=FILE, default="adam-template.xlsx", show_default=True, help=".xlsx or .csv."
)
@click.option("--partner", help="Fill in the records that this partner reports, for a yearly update.")
def template_command(output: Path, partner: str | None) -> None:
    """Write the spreadsheet that partners fill in; `adam import spreadsheet` reads it."""
    form = FORMS.get(output.suffix.lower())
    if form is None:
        raise Conflict(f"{output} is neither .xlsx nor .csv: choose one of the two.")
    with opened(configuration.load(), read_only=True) as w:
        if partner is not None and partner not in w.vocabulary.partners:
            raise NotFound(f"No partner has the code {partner}: use a code such as NO or UNODC.")
        content = templates.template(w, form, partner)
    output.write_bytes(content)
    click.echo(f"{output}: {len(content)} bytes.")


def filtered(command: Command) -> Command:
    """The filters of the contract, and where to write."""
    for option in reversed(FILTERS):
        command = option(command)
    return click.option("-o", "output", type=FILE, required=True, help="The file to write.")(command)


@group.command("xlsx")
@filtered
def xlsx_command(output: Path, **asked: Any) -> None:
    """Accepted projects as a workbook in the layout of the template."""
    _write(output, asked, lambda w, found: templates.exported(w, import_files.XLSX, found))


@group.command("csv")
@filtered
def csv_command(output: Path, **asked: Any) -> None:
    """Accepted projects as one flat CSV file in the layout of the template."""
    _write(output, asked, lambda w, found: templates.exported(w, import_files.CSV, found))


@group.command("json")
@filtered
def json_command(output: Path, **asked: Any) -> None:
    """Accepted projects as the API shows them: a list of project objects, each on a line."""
    _stream(output, asked, exports.json_list)


@group.command("iati")
@filtered
@click.option(
    "--check/--no-check", default=True, show_default=True, help="Hold each activity against the schema."
)
def iati_command(output: Path, check: bool, **asked: Any) -> None:
    """Accepted projects as IATI 2.03, which `adam import iati` reads back; exit code 1 where one doesn't validate."""
    base = configuration.load().public_url
    _stream(output, asked, lambda w, query: exports.iati(w, query, base), check=check)


@group.command("hxl")
@filtered
def hxl_command(output: Path, **asked: Any) -> None:
    """Who does what where: a CSV file with hashtags of HXL, a row for each organization and place of a project."""
    base = configuration.load().public_url
    _stream(output, asked, lambda w, query: exports.hxl_rows(w, query, base))


def _stream(output: Path, asked: dict[str, Any], pieces: export_files.Pieces, *, check: bool = False) -> None:
    export_files.write(configuration.load(), (output, _filters(asked)), pieces, check=check)


def _filters(asked: dict[str, Any]) -> projects.Filters:
    given = {name: _day(value) if isinstance(value, datetime) else value for name, value in asked.items()}
    return projects.Filters(**given)


def _write(output: Path, asked: dict[str, Any], make: Callable[[Any, list[Any]], bytes]) -> None:
    """Whoever runs commands holds the database: every record is written, the confidential ones too."""
    with opened(configuration.load(), read_only=True) as w:
        query = projects.matching(w.actor, _filters(asked))
        found = list(w.session.scalars(query.order_by(*projects.ORDERS["newest"])))
        content = make(w, found)
    output.write_bytes(content)
    click.echo(f"{output}: {len(found)} projects, {len(content)} bytes.")


def _day(value: datetime) -> Any:
    return value.date()
