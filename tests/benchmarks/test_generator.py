"""The generator of hard records: the same for the same seed, readable, unrevealing, with the pairs that it claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from adam.matching import Record
from tests.builders.benchmarks import imported, rows

MANY = 1500


@pytest.fixture
def generator() -> Iterator[ModuleType]:
    """The generator, imported as it imports its own files."""
    with imported("generator") as [module]:
        yield module


def made(generator: ModuleType, folder: Path, seed: int = 1, workers: int = 1) -> Path:
    """A small set."""
    generator.generate(folder, MANY, seed, workers)
    return folder


def test_the_same_seed_gives_the_same_files_and_another_seed_others(
    generator: ModuleType, tmp_path: Path
) -> None:
    first = made(generator, tmp_path / "first")

    again, other = made(generator, tmp_path / "again"), made(generator, tmp_path / "other", seed=2)

    for name in ("records.csv", "gold.csv"):
        assert (first / name).read_bytes() == (again / name).read_bytes() != (other / name).read_bytes()


def test_the_number_of_processes_changes_nothing(
    generator: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = made(generator, tmp_path / "alone")

    monkeypatch.setenv("PYTHONHASHSEED", "7")
    shared = made(generator, tmp_path / "shared", workers=2)

    assert (alone / "records.csv").read_bytes() == (shared / "records.csv").read_bytes()


def test_every_record_is_read_and_six_languages_are_among_them(generator: ModuleType, tmp_path: Path) -> None:
    found = rows(made(generator, tmp_path) / "records.csv")

    records = [Record.from_mapping(row) for row in found]

    assert len({record.id for record in records}) == MANY
    assert {record.language for record in records} == {"", "en", "fr", "es", "ru", "ar", "zh"}
    assert sum(not (record.funders or record.implementers or record.amount) for record in records) > 3


def test_planted_pairs_name_records_of_the_set_once_and_in_order(
    generator: ModuleType, tmp_path: Path
) -> None:
    folder = made(generator, tmp_path)

    ids, gold = {row["id"] for row in rows(folder / "records.csv")}, rows(folder / "gold.csv")

    assert all(row["id_a"] < row["id_b"] and {row["id_a"], row["id_b"]} <= ids for row in gold)
    assert len({(row["id_a"], row["id_b"]) for row in gold}) == len(gold)


def test_a_fifth_as_many_true_pairs_as_records_and_more_look_alikes(
    generator: ModuleType, tmp_path: Path
) -> None:
    gold = rows(made(generator, tmp_path) / "gold.csv")

    labels = Counter(row["label"] for row in gold)

    assert 0.12 < (labels["same_money"] + labels["record_duplicate"]) / MANY < 0.28
    assert 0.4 < labels["different"] / MANY < 1.1
    assert {row["how"] for row in gold if row["label"] == "different"} == {
        "continuation", "instalment", "sibling", "template", "lot",
    }  # fmt: skip


def test_neither_ids_nor_the_order_of_rows_give_pairs_away(generator: ModuleType, tmp_path: Path) -> None:
    folder = made(generator, tmp_path)
    at = {row["id"]: place for place, row in enumerate(rows(folder / "records.csv"))}

    true = [row for row in rows(folder / "gold.csv") if row["label"] in ("same_money", "record_duplicate")]

    gaps = [abs(at[row["id_a"]] - at[row["id_b"]]) for row in true]
    assert MANY / 4 < sum(gaps) / len(gaps) < MANY / 2
    assert sum(row["id_a"][:2] == row["id_b"][:2] for row in true) < len(true) / 4
