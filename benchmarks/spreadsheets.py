"""Uploaded projects, one in twenty spoilt, beside `adam import spreadsheet`: `spreadsheets.py [TABLE] [--many N]`.

The whole way that a focal point goes: upload (the request answers at once), trial run by a worker in a process of its
own, applying, the refused rows back, mended and sent again. Without a table the projects are made up; with one its
rows become projects (columns title, description, countries, sector_code, start, end, amount, currency, donor,
implementer). Seconds, peak memory, SQL statements a row, and the ratio to the command, in one run.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import Any

import _runs as runs
from _runs import COMMAND, ROOT

sys.path.insert(0, str(ROOT))

MANY, EVERY = 5_000, 20
WORKER = (*COMMAND, "worker", "--once")
CURRENCIES = ("USD", "EUR", "CAD")


def main() -> None:
    """The command."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("table", nargs="?", type=Path, help="a CSV file of real projects")
    given.add_argument("--many", type=int, default=MANY, help="how many projects; a twentieth is spoilt")
    asked = given.parse_args()
    documents = list(islice(of_table(asked.table) if asked.table else made_up(), asked.many))
    broken = [plant(document, number) for number, document in enumerate(documents)]
    with tempfile.TemporaryDirectory(prefix="adam-spreadsheets-") as name:
        folder = Path(name)
        template = runs.seeded(folder / "seeded.db")
        files = Files(folder, documents, broken)
        url = runs.copied(template, folder / "jobs.db")
        wrong, size = len(range(0, files.many, EVERY)), len(files.broken) / 1e6
        print(f"{files.many:,} projects, {wrong} of them wrong; XLSX of {size:.1f} MB; SQLite")
        measure(url, files)
        command(runs.copied(template, folder / "command.db"), files)
        with postgresql() as server_url:
            if server_url:
                print("\nThe same; PostgreSQL on a socket, not waiting for the disk")
                measure(server_url, files)


class Files:
    """The workbooks: one with mistakes, one without, as bytes and on the disk."""

    def __init__(self, folder: Path, documents: list[Any], broken: list[Any]):
        from tests.builders.sheets import filled

        self.whole = filled("xlsx", {f"K-{n}": one for n, one in enumerate(documents)})
        self.broken = filled("xlsx", {f"K-{n}": one for n, one in enumerate(broken)})
        self.many = len(documents)
        self.path = folder / "broken.xlsx"
        self.path.write_bytes(self.broken)


def made_up() -> Iterator[dict[str, Any]]:
    """Projects of the kind that partners enter, each different."""
    from tests.builders.documents import document
    from tests.builders.sheets import whole

    for number in count():
        amount = f"{1000 + number}.00"
        money = {"name": f"Donor {number % 40}", "kind": "commitment", "amount": amount, "currency": "USD"}
        yield whole(
            document(
                title=f"Border posts and training, lot {number}",
                description=f"Equips post {number} and trains its officers for {number % 12 + 1} months. "
                * 4,
                contributions=[money | {"value_date": "2024-01-01"}],
            )
        )


def of_table(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a table of real projects that say when they were and what they cost."""
    from adam.errors import Invalid
    from tests.builders.sheets import whole

    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                yield whole(_mapped(row))
            except Invalid:
                continue


def _mapped(row: dict[str, str]) -> dict[str, Any]:
    bodies = (("funding", row["donor"]), ("implementing", row["implementer"]))
    money = {"name": row["donor"], "kind": "commitment", "amount": row["amount"], "currency": row["currency"]}
    is_known = row["currency"] in CURRENCIES and row["donor"]
    return {
        "title": row["title"],
        "description": row["description"] or None,
        "status": "completed",
        "visibility": "public",
        "start_planned": row["start"] or None,
        "end_planned": row["end"] or None,
        "organizations": [{"role": role, "name": name} for role, name in bodies if name],
        "countries": [{"country": code, "share": "100.00"} for code in row["countries"].split(";") if code],
        "sectors": [{"code": code} for code in row["sector_code"].split(";") if code],
        "contributions": [money | {"value_date": row["start"] or None}] if is_known else [],
    }


def plant(document: dict[str, Any], number: int) -> dict[str, Any]:
    """Every twentieth project with one of five mistakes."""
    if number % EVERY:
        return document
    mistakes: list[dict[str, Any]] = [
        {"title": None},
        {"status": "sleeping"},
        {"start_planned": "2030-01-01", "end_planned": "2020-01-01"},
        {"countries": [{"country": "XX", "share": None}]},
        {"contributions": [{"name": "A", "kind": "pledge", "amount": "1,200", "currency": "USD"}]},
    ]
    return document | mistakes[number // EVERY % len(mistakes)]


def measure(url: str, files: Files) -> None:
    """Upload, try, apply, take back, mend, send again; a line for each."""
    desk = Desk(url)
    seconds, import_id = desk.upload(files.broken)
    print(f"  the upload answers after {seconds * 1000:.0f} ms")
    tell("trial run", runs.measured(WORKER, url), files.many)
    applied = desk.apply(import_id)
    tell("applying", runs.measured(WORKER, url), files.many)
    print(f"    {desk.counts(applied)}")
    started = time.process_time()
    size = desk.refused(applied)
    print(
        f"  the refused rows back: {size / 1e3:.0f} KB after {time.process_time() - started:.1f} s of processor"
    )
    _, again = desk.upload(files.whole, "apply")
    statements = desk.work()
    print(
        f"  mended and sent whole: {desk.counts(again)}, {statements / files.many:.2f} SQL statements a row"
    )
    desk.close()


def tell(what: str, run: runs.Run, count: int) -> None:
    """One line about a process."""
    print(
        f"  {what:24} {run.seconds:6.1f} s, {run.processor:5.1f} s of processor, "
        f"{count / run.processor:,.0f} rows a processor second, peak {run.memory:.0f} MB"
    )


def command(url: str, files: Files) -> None:
    """The same file by the command, which shows no trial run and stores no outcomes."""
    words = ("import", "spreadsheet", str(files.path), "--partner", "NO")
    tell("adam import spreadsheet", runs.measured((*COMMAND, *words), url), files.many)


class Desk:
    """A focal point of Norway on a database."""

    def __init__(self, url: str):
        from adam.database import make_engine
        from tests.builders.desks import Desk as Usual
        from tests.databases import Database

        self.engine = make_engine(url)
        self.usual = Usual(Database("benchmark", url, self.engine))

    def upload(self, content: bytes, mode: str = "dry_run") -> tuple[float, str]:
        """Seconds until the file is kept, and the import's id."""
        from adam.services import import_jobs

        given = import_jobs.Upload("projects.xlsx", content, "xlsx", mode)
        started = time.perf_counter()
        found = self.usual.do(lambda w: import_jobs.upload(w, given))
        return time.perf_counter() - started, found.id

    def apply(self, import_id: str) -> str:
        """The id of what applies a trial run."""
        from adam.services import import_jobs

        return str(self.usual.do(lambda w: import_jobs.apply(w, import_id).id))

    def counts(self, import_id: str) -> Any:
        """How many rows had which outcome."""
        return dict(self.usual.read(import_id).counts)

    def refused(self, import_id: str) -> int:
        """Bytes of the file with the refused rows."""
        from adam.schemas.claims import judge
        from adam.services import import_jobs

        return len(self.usual.do(lambda w: import_jobs.refused(w, import_id, judge))[1])

    def work(self) -> int:
        """SQL statements of the worker, in this process."""
        return counted(self.engine, self.usual.work)

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()


def counted(engine: Any, do: Callable[[], Any]) -> int:
    """How many SQL statements something takes; one executemany counts once."""
    from sqlalchemy import event

    seen = [0]

    def count(*_said: Any) -> None:
        seen[0] += 1

    event.listen(engine, "before_cursor_execute", count)
    do()
    event.remove(engine, "before_cursor_execute", count)
    return seen[0]


@contextmanager
def postgresql() -> Iterator[str | None]:
    """A migrated and seeded PostgreSQL, where its programs are installed."""
    if not (shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        print("\nPostgreSQL is not installed here; nothing measured.")
        yield None
        return
    from tests import databases

    with databases.postgresql() as server:
        url = server.create("spreadsheets")
        for words in (("db", "upgrade"), ("seed",)):
            runs.measured((*COMMAND, *words), url)
        yield url


if __name__ == "__main__":
    main()
