"""The files of benchmarks/, imported as they import one another, and the tables that they write."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

FOLDER = str(Path(__file__).resolve().parents[2] / "benchmarks")


@contextmanager
def imported(*names: str) -> Iterator[list[ModuleType]]:
    """These files as modules, found for as long as somebody works with them."""
    sys.path.insert(0, FOLDER)
    try:
        yield [import_module(name) for name in names]
    finally:
        sys.path.remove(FOLDER)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
