"""Made-up worlds: the same for the same seed, each with habits of its own, and with no pair that is claimed twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.builders.benchmarks import imported, rows

MANY = 300


@pytest.fixture
def worlds() -> Iterator[ModuleType]:
    """The generator of worlds, imported as it imports its own files."""
    with imported("worlds") as [module]:
        yield module


def test_the_same_seed_makes_the_same_world_and_another_seed_another(
    worlds: ModuleType, tmp_path: Path
) -> None:
    worlds.generate(tmp_path / "first", MANY, 1)

    worlds.generate(tmp_path / "again", MANY, 1)
    worlds.generate(tmp_path / "other", MANY, 2)

    first, again, other = (
        (tmp_path / name / "records.csv").read_bytes() for name in ("first", "again", "other")
    )
    assert first == again != other


def test_partners_are_rare_in_one_world_and_common_in_another(worlds: ModuleType, tmp_path: Path) -> None:
    dense, sparse = 1, 10

    for seed in (dense, sparse):
        worlds.generate(tmp_path / str(seed), MANY, seed)

    true = {
        seed: sum(row["label"] != "different" for row in rows(tmp_path / str(seed) / "gold.csv"))
        for seed in (dense, sparse)
    }
    assert true[dense] > 2 * true[sparse] > 0


def test_each_pair_is_told_once_of_records_that_are_there(worlds: ModuleType, tmp_path: Path) -> None:
    worlds.generate(tmp_path, MANY, 4)

    names = {row["id"] for row in rows(tmp_path / "records.csv")}
    told = [(row["id_a"], row["id_b"]) for row in rows(tmp_path / "gold.csv")]

    assert len(set(told)) == len(told)
    assert all(one < other and {one, other} <= names for one, other in told)
