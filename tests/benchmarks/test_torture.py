"""A server that is killed loses nothing acknowledged and makes nothing twice: the short run of `make torture`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

FOLDER = str(Path(__file__).resolve().parents[2] / "benchmarks")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_a_killed_server_loses_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
):
    monkeypatch.syspath_prepend(FOLDER)
    import torture

    monkeypatch.setattr(torture, "BETWEEN", (0.7, 1.2))
    monkeypatch.setattr(torture, "imported", lambda *_: True)

    result = torture.torture(f"sqlite:///{tmp_path / 'adam.db'}", 3, 4)

    assert result["kills"] >= 1 and torture.sound(result), result
    assert FOLDER in sys.path[0]
