"""Snapshots of the index on disk, so that it is there in seconds after a restart; never trusted, always checked.

Two files: the index, and a manifest that says what it is: of which place in the history's chain, under which rules,
written by which code, with which checksum. The manifest is renamed into place last, so it never names half a file.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import BadZipFile

from adam import matching
from adam.matching import Index, Record, Saved
from adam.queries.changes import Mark
from adam.services.rules import Rules

log = logging.getLogger("adam.register")
ENDING = ".npz"
DAY = 86400
Place = tuple[Path, str]
"""A folder, and the name of a database in it: several may share one folder."""
LookUp = Callable[[Sequence[str]], Mapping[str, Record]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An index as it was at a place in the history's chain."""

    index: Index
    mark: Mark


class Unfit(ValueError):
    """A snapshot that can't be used; the message says why."""


def write(place: Place, index: Saved, mark: Mark, rules: str) -> None:
    """Write the index and then its manifest, readable for our own user only; what was there before is removed.

    Each is whole on the disk before anything names it, so that whoever is killed meanwhile leaves the one before.
    """
    folder, stem = place
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"index-{stem}-{uuid4().hex}{ENDING}"
    before = _named(manifest_of(place))
    with _private(folder / name) as path:
        index.save(path)
        path.chmod(0o600)
        _on_disk(path)
        manifest = {
            "format": layout(),
            "rules": rules,
            "number": mark.number,
            "hash": mark.hash,
            "records": index.records,
            "file": name,
            "sha256": _checksum(path),
        }
        with _private(folder / f"{name}.json") as written:
            written.write_text(json.dumps(manifest), encoding="utf-8")
            _on_disk(written)
            written.replace(manifest_of(place))
    for old in folder.glob(f"index-{stem}-*"):
        # Another process may be writing one of its own just now; what is a day old nobody writes any more.
        if old.name == before or (name not in old.name and old.stat().st_mtime < time.time() - DAY):
            old.unlink(missing_ok=True)


def _on_disk(path: Path) -> None:
    """Wait until what was written is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _named(manifest: Path) -> str:
    """The file that a manifest names, or nothing."""
    try:
        return str(json.loads(manifest.read_text(encoding="utf-8"))["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def manifest_of(place: Place) -> Path:
    """Where the manifest of a database's snapshot is."""
    return place[0] / f"index-{place[1]}.json"


def read(place: Place, rules: Rules, look_up: LookUp) -> Snapshot | None:
    """The snapshot of this database; None, with a line in the log, where there is none that fits."""
    try:
        manifest = _manifest(place, rules.version)
        path = place[0] / str(manifest["file"])
        if _checksum(path) != manifest["sha256"]:
            raise Unfit("its checksum is wrong")
        index = Index.load(path, rules.policy, look_up)
        if len(index) != manifest["records"]:
            raise Unfit("it holds another number of records than it says")
        return Snapshot(index, Mark(int(manifest["number"]), str(manifest["hash"])))
    except FileNotFoundError as missing:
        log.info("No snapshot of the index at %s.", missing.filename)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as wrong:
        log.warning("The snapshot of the index at %s is ignored: %s.", manifest_of(place), wrong)
    return None


def _manifest(place: Place, rules: str) -> dict[str, Any]:
    found = json.loads(manifest_of(place).read_text(encoding="utf-8"))
    if not isinstance(found, dict) or found.get("format") != layout():
        raise Unfit("another version of the engine wrote it")
    if found.get("rules") != rules:
        raise Unfit("it was made under other rules")
    if Path(str(found.get("file"))).name != found.get("file"):
        raise Unfit("it names a file elsewhere")
    return found


@lru_cache(maxsize=1)
def layout() -> str:
    """A checksum over the engine's code: what another version of it wrote is not read."""
    digest = hashlib.sha256()
    home = Path(matching.__file__).parent
    for path in sorted(home.rglob("*.py")):
        digest.update(path.relative_to(home).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _private(path: Path) -> Iterator[Path]:
    """A new empty file that only our own user may read; removed when what fills it fails."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        raise
