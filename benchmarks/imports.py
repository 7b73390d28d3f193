"""Speed and memory of `adam import iati --validate`, end to end, beside the least it could take: `imports.py [FOLDER]`.

Without a folder 2,000 and 20,000 made-up activities (_activities.py) are imported; with one, its *.xml. Each run
is a process of its own on a fresh database: start-up, reading, checking, proposing, recording and history included.
The references read the same file with lxml alone, and write the same rows with sqlite3's executemany alone.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import _activities as activities
import _runs as runs
from _runs import COMMAND, ROOT

SIZES = (2_000, 20_000)
POSTGRESQL_SIZE = 2_000
REFERENCES = Path(__file__).with_name("_references.py")
TARGET = 500


def main() -> None:
    """The command."""
    with tempfile.TemporaryDirectory(prefix="adam-imports-") as name:
        folder = Path(name)
        template = runs.seeded(folder / "seeded.db")
        if len(sys.argv) > 1:
            files = sorted(str(path.resolve()) for path in Path(sys.argv[1]).glob("*.xml"))
            if not files:
                raise SystemExit(f"No *.xml in {sys.argv[1]}.")
            measure(files, template, folder)
            return
        peaks = [measure([made(folder, many)], template, folder) for many in SIZES]
        ratio = peaks[-1] / peaks[0]
        print(f"\npeak memory at {SIZES[-1]:,} activities: {ratio:.2f} times that at {SIZES[0]:,}")
        on_postgresql(folder / f"{POSTGRESQL_SIZE}.xml")


def made(folder: Path, many: int) -> str:
    """The path of a file of so many made-up activities."""
    path = folder / f"{many}.xml"
    activities.write(path, many)
    return str(path)


def measure(files: list[str], template: Path, folder: Path) -> float:
    """Import the files twice into SQLite and print everything beside the references; gives the peak memory in MB."""
    done, fresh = folder / "done.db", folder / "fresh.db"
    url = runs.copied(template, done)
    command = (*COMMAND, "import", "iati", *files, "--partner", "UNODC", "--validate")
    count, parsing = reference("parse", *files)
    size = sum(Path(file).stat().st_size for file in files)
    print(f"\n{count:,} activities, {size / 1e6:.1f} MB, {size / count / 1e3:.1f} KB each; SQLite")
    start = runs.measured((*COMMAND, "import", "iati", "--help"), url)
    print(f"  of which start-up            {start.seconds:5.2f} s  ({start.processor:.2f} s of processor)")
    first = runs.measured(command, url)
    tell("adam import iati --validate", first, count)
    again = runs.measured(command, url)
    tell("the same again: unchanged", again, count)
    shutil.copyfile(template, fresh)
    rows, storing = reference("store", str(done), str(template), str(fresh))
    print(
        f"  bare lxml parse          {parsing:8.2f} s   ADAM takes {first.seconds / parsing:.1f} times that"
    )
    print(
        f"  bare executemany         {storing:8.2f} s   ADAM takes {first.seconds / storing:.1f} times that "
        f"({rows:,} rows, a durable transaction for each 200 records)"
    )
    print(f"  {first.output.strip().splitlines()[-1]}")
    for path in folder.glob("done.db*"):
        path.unlink()
    for path in folder.glob("fresh.db*"):
        path.unlink()
    return first.memory


def tell(what: str, run: runs.Run, count: int) -> None:
    """One line about a run; the target is 500 activities a second."""
    speed = count / run.seconds
    print(
        f"  {what:28} {run.seconds:5.2f} s  {speed:6,.0f} a second ({speed / TARGET:.1f} × the target), "
        f"{count / run.processor:,.0f} a processor second, peak {run.memory:.0f} MB"
    )


def reference(what: str, *arguments: str) -> tuple[int, float]:
    """How many and the seconds of a reference, run in a process of its own so that this one stays small."""
    count, seconds = runs.measured((sys.executable, str(REFERENCES), what, *arguments)).output.split()
    return int(count), float(seconds)


def on_postgresql(file: Path) -> None:
    """The same import into a PostgreSQL started for it, where its programs are installed."""
    if not (shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        print("\nPostgreSQL is not installed here; nothing measured.")
        return
    sys.path.insert(0, str(ROOT))
    from tests import databases

    with databases.postgresql() as server:
        url = server.create("imports")
        for words in (("db", "upgrade"), ("seed",)):
            runs.measured((*COMMAND, *words), url)
        command = (*COMMAND, "import", "iati", str(file), "--partner", "UNODC", "--validate")
        print(f"\n{POSTGRESQL_SIZE:,} activities; PostgreSQL on a socket, not waiting for the disk")
        tell("adam import iati --validate", runs.measured(command, url), POSTGRESQL_SIZE)
        tell("the same again: unchanged", runs.measured(command, url), POSTGRESQL_SIZE)


if __name__ == "__main__":
    main()
