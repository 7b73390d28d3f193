"""Snapshots of the index: there after a restart, private, and never trusted."""

from __future__ import annotations

import json
import logging
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adam.services import snapshots
from adam.services.register import Register
from adam.services.work import Work
from tests.builders.recording import Works, many, recorded
from tests.services.test_register import SAME_ID, caught_up, near

URL = "sqlite:///somewhere.db"
Unbuilt = Callable[[], None]


def register(folder: Path) -> Register:
    """The register of a process that has just started."""
    made = Register(URL)
    made.folder = folder
    return made


def saved(w: Work, folder: Path) -> dict[str, Any]:
    """Write a snapshot of what this work sees; its manifest."""
    kept = caught_up(w, register(folder))
    kept.save()
    found: dict[str, Any] = json.loads(manifest(folder).read_text())
    return found


def manifest(folder: Path) -> Path:
    """The one manifest in the folder."""
    [found] = folder.glob("index-*.json")
    return found


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch) -> Unbuilt:
    """unbuilt(): from now on nothing may be built anew."""
    return lambda: monkeypatch.setattr(Register, "_build", lambda *_: pytest.fail("it was built anew"))


def test_after_a_restart_the_index_is_there_without_building(work: Works, tmp_path: Path, unbuilt: Unbuilt):
    a, b = (recorded(work(), owner, identifiers=SAME_ID) for owner in ("NO", "FR"))
    saved(work(), tmp_path)
    unbuilt()

    kept = caught_up(work(), register(tmp_path))

    assert len(kept) == 2 and near(work(), kept, a.id) == {b.id}


def test_what_changed_since_the_snapshot_is_caught_up(work: Works, tmp_path: Path, unbuilt: Unbuilt):
    a = recorded(work(), "NO", identifiers=SAME_ID)
    saved(work(), tmp_path)
    b = recorded(work(), "FR", identifiers=SAME_ID)
    unbuilt()

    kept = caught_up(work(), register(tmp_path))

    assert near(work(), kept, a.id) == {b.id}


def test_nobody_else_may_read_it(work: Works, tmp_path: Path):
    folder = tmp_path / "var"

    saved(work(), folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_newer_snapshot_takes_the_place_of_the_older(work: Works, tmp_path: Path):
    saved(work(), tmp_path)
    recorded(work(), "NO")

    second = saved(work(), tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {second["file"], manifest(tmp_path).name}
    assert second["records"] == 1


def damage(folder: Path) -> None:
    """One byte of the index is another."""
    [path] = folder.glob("index-*.npz")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def rewrite(**differences: Any) -> Callable[[Path], None]:
    """The manifest says something else."""

    def change(folder: Path) -> None:
        found = json.loads(manifest(folder).read_text())
        manifest(folder).write_text(json.dumps(found | differences))

    return change


@pytest.mark.parametrize(
    "spoil",
    [
        damage,
        rewrite(format="older"),
        rewrite(rules="1999.1"),
        rewrite(hash="0" * 64),
        rewrite(number=10**9),
        rewrite(number="many"),
        rewrite(records=7),
        rewrite(sha256=""),
        rewrite(file="../index.npz"),
        rewrite(file=None),
        lambda folder: manifest(folder).write_text("{"),
        lambda folder: manifest(folder).write_text("[]"),
        lambda folder: manifest(folder).write_bytes(b"\xff\xfe"),
        lambda folder: next(folder.glob("*.npz")).unlink(),
        lambda folder: manifest(folder).unlink(),
    ],
)
def test_a_snapshot_that_does_not_fit_is_ignored_with_a_line_in_the_log(
    work: Works, tmp_path: Path, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
):
    many(work(), 3)
    saved(work(), tmp_path)
    spoil(tmp_path)
    caplog.set_level(logging.INFO, "adam.register")

    kept = caught_up(work(), register(tmp_path))

    assert len(kept) == 3
    assert any("snapshot" in record.message for record in caplog.records)


def test_a_snapshot_under_other_rules_is_not_read(work: Works, tmp_path: Path):
    recorded(work(), "NO")
    saved(work(), tmp_path)
    w = work()
    w.rules = replace(w.rules, policy=replace(w.rules.policy, version="another"))

    found = snapshots.read((tmp_path, register(tmp_path).name), w.rules, lambda _: {})

    assert found is None


def test_where_nothing_can_be_written_the_index_serves_all_the_same(
    work: Works, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    recorded(work(), "NO")
    (tmp_path / "file").write_text("no folder")
    kept = caught_up(work(), register(tmp_path / "file"))

    kept.save()

    assert len(kept) == 1 and "No snapshot" in caplog.text


def test_few_changes_are_not_worth_a_snapshot(work: Works, tmp_path: Path):
    many(work(), 3)

    kept = caught_up(work(), register(tmp_path))

    assert not kept.worth_saving and list(tmp_path.iterdir()) == []
