"""Runs a command in a process of its own and measures it: seconds, processor seconds, peak memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-m", "adam.cli")


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took: seconds by the clock, seconds of processor, peak memory in MB; and what it printed."""

    seconds: float
    processor: float
    memory: float
    output: str


def measured(command: Sequence[str], url: str = "") -> Run:
    """Run a command on the database at `url` and measure it; raises SystemExit with what it said if it fails.

    Memory is that of the child alone, so long as whoever calls stays smaller than it.
    """
    surroundings = os.environ | {"ADAM_DATABASE_URL": url, "ADAM_ENV": "development"}
    # An installation keeps its bytecode; a machine for tests may be told not to.
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert child.stdout is not None
    output = child.stdout.read()
    child.stdout.close()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)}\n{output}")
    seconds = time.perf_counter() - started
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, output)


def seeded(path: Path) -> Path:
    """A new SQLite database at `path`, migrated and seeded, in one file that may be copied."""
    url = f"sqlite:///{path}"
    for words in (("db", "upgrade"), ("seed",)):
        measured((*COMMAND, *words), url)
    return path


def copied(template: Path, path: Path) -> str:
    """The address of a copy of a database."""
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"
