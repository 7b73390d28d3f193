"""How right a pairs file is, counted the same way for every engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.builders.benchmarks import imported


@pytest.fixture
def peer() -> Iterator[ModuleType]:
    """The figures, imported as the benchmarks do."""
    with imported("_peer_figures") as [module]:
        yield module


def found(peer: ModuleType, folder: Path, pairs: str) -> list[tuple[float, bool]]:
    """The judged pairs of a set with two true pairs, a component and a look-alike."""
    gold = (
        "id_a,id_b,label,how\na,b,same_money,\na,c,record_duplicate,\na,d,component,\na,e,different,sibling\n"
    )
    (folder / "gold.csv").write_text(gold, encoding="utf-8")
    (folder / "pairs.csv").write_text(pairs, encoding="utf-8")
    judged: list[tuple[float, bool]] = peer.judged(folder / "pairs.csv", peer.gold(folder))
    return judged


def test_components_are_neither_right_nor_wrong_and_other_kinds_claim_nothing(
    peer: ModuleType, tmp_path: Path
) -> None:
    pairs = "id_a,id_b,kind,score\na,b,same_money,0.9\na,d,same_money,0.8\na,c,continuation,0.7\na,e,same_money,0.6\n"

    judged = found(peer, tmp_path, pairs)

    assert judged == [(0.9, True), (0.6, False)]


def test_pairs_are_known_in_either_order(peer: ModuleType, tmp_path: Path) -> None:
    judged = found(peer, tmp_path, "id_a,id_b,score\nb,a,0.9\nc,a,0.4\n")

    at_half = peer.at_threshold(judged, 2, 0.5)

    assert at_half == {"precision": 1.0, "recall": 0.5, "f1": 2 / 3}


def test_equal_scores_stand_or_fall_together(peer: ModuleType) -> None:
    judged = [(0.7, True), (0.7, False), (0.7, False), (0.2, True)]

    best = peer.best(judged, 2)

    assert best == {"f1": 4 / 6, "threshold": 0.2}


def test_a_tenth_of_score_says_which_share_is_true(peer: ModuleType) -> None:
    tenths = peer.calibration([(1.0, True), (0.95, True), (0.05, False)])

    assert [(each["pairs"], each["true"]) for each in tenths if each["pairs"]] == [(1, 0.0), (2, 1.0)]
