"""What `adam export iati`, `hxl` and `json` share: written bit by bit, with a progress bar, and whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from adam.cli.opening import opened
from adam.errors import Conflict
from adam.exchange import iati_schema, iati_writing
from adam.queries import projects
from adam.settings import Settings

Pieces = Callable[[Any, Any], Iterator[bytes]]
MOST_SAID = 20


def write(
    settings: Settings, target: tuple[Path, projects.Filters], pieces: Pieces, *, check: bool = False
) -> None:
    """Write what `pieces` gives of the records that pass the filters; whoever runs commands sees all of them.

    The file appears under its name when it is whole. With `check` each record is held against IATI's schema; where
    one fails, nothing is kept and the exit code is 1.
    """
    output, filters = target
    with opened(settings, read_only=True) as w:
        query = projects.matching(w.actor, filters)
        total = projects.count(w.session, query)
        if not total:
            raise Conflict("No project fits these filters: nothing was written.")
        with _whole(output) as file, click.progressbar(length=total, label="Writing") as bar:
            faults: list[str] = []
            for piece in pieces(w, query):
                file.write(piece)
                if check and piece.startswith(b"<iati-activity "):
                    faults += iati_schema.faults(iati_writing.head(w.now) + piece + iati_writing.TAIL)
                bar.update(1)
            if faults:
                _refuse(faults)
            size = file.tell()
    checked = " It validates against IATI 2.03." if check else ""
    click.echo(f"{output}: {total} projects, {size} bytes.{checked}")


def _refuse(faults: list[str]) -> None:
    for said in faults[:MOST_SAID]:
        click.echo(said, err=True)
    raise click.ClickException(f"{len(faults)} faults by the schema of IATI 2.03: nothing was written.")


class _whole:
    """A file that takes its place when it was written to the end; otherwise nothing is left of it."""

    def __init__(self, output: Path):
        self.output = output
        if not output.absolute().parent.is_dir():
            raise click.BadParameter(f"There is no folder {output.parent}: make it first.", param_hint="-o")
        number, name = tempfile.mkstemp(dir=output.absolute().parent, prefix=f".{output.name}.")
        self.name = name
        self.file = os.fdopen(number, "wb")

    def __enter__(self) -> Any:
        return self.file

    def __exit__(self, kind: Any, _error: Any, _trace: Any) -> None:
        self.file.close()
        if kind is None:
            os.chmod(self.name, 0o644)
            os.replace(self.name, self.output)
        else:
            os.unlink(self.name)
