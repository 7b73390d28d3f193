"""How right a pairs file is: _peer_figures.py PAIRS.csv SET_FOLDER [THRESHOLD]; figures as JSON."""

from __future__ import annotations

import csv
import json
import sys
from array import array
from pathlib import Path

TRUE = ("same_money", "record_duplicate")
Judged = list[tuple[float, bool]]


def gold(folder: Path) -> tuple[set[bytes], set[bytes]]:
    """The true pairs of a set, and those that are neither right nor wrong."""
    true: set[bytes] = set()
    neutral: set[bytes] = set()
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["label"] in TRUE:
                true.add(f"{row['id_a']} {row['id_b']}".encode())
            elif row["label"] == "component":
                neutral.add(f"{row['id_a']} {row['id_b']}".encode())
    return true, neutral


def judged(pairs: Path, known: tuple[set[bytes], set[bytes]]) -> Judged:
    """Score and truth of each pair of a file, best first; equal scores stand in no order that helps."""
    true, neutral = known
    scores, truths = array("d"), array("b")
    with pairs.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            a, b = row["id_a"], row["id_b"]
            pair = (f"{a} {b}" if a < b else f"{b} {a}").encode()
            if pair not in neutral and row.get("kind", TRUE[0]) in TRUE:
                scores.append(float(row["score"]))
                truths.append(pair in true)
    return sorted(zip(scores, map(bool, truths), strict=True), key=lambda each: (-each[0], each[1]))


def at_threshold(found: Judged, many: int, threshold: float) -> dict[str, float]:
    """Precision, recall and F1 of the pairs at or above a score."""
    above = [same for score, same in found if score >= threshold]
    hits = sum(above)
    precision, recall = hits / max(1, len(above)), hits / max(1, many)
    return {"precision": precision, "recall": recall, "f1": 2 * hits / max(1, len(above) + many)}


def best(found: Judged, many: int) -> dict[str, float]:
    """The best F1 that any threshold gives, and that threshold; ties of score stay together."""
    hits, top, threshold = 0, 0.0, 1.0
    for at, (score, same) in enumerate(found):
        hits += same
        if at + 1 < len(found) and found[at + 1][0] == score:
            continue
        f1 = 2 * hits / (at + 1 + many)
        if f1 > top:
            top, threshold = f1, score
    return {"f1": top, "threshold": threshold}


def calibration(found: Judged) -> list[dict[str, float]]:
    """For each tenth of score: how many pairs, their mean score, the share that is true."""
    tenths: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for score, same in found:
        tenths[min(9, int(score * 10))].append((score, same))
    return [
        {
            "pairs": len(each),
            "score": sum(score for score, _ in each) / max(1, len(each)),
            "true": sum(same for _, same in each) / max(1, len(each)),
        }
        for each in tenths
    ]


def main() -> None:
    """Print the figures of a file."""
    true, neutral = gold(Path(sys.argv[2]))
    found = judged(Path(sys.argv[1]), (true, neutral))
    chosen = float(sys.argv[3]) if len(sys.argv) > 3 else 0.5
    figures = {
        "pairs": len(found),
        "gold": len(true),
        "half": at_threshold(found, len(true), 0.5),
        "chosen": {"threshold": chosen} | at_threshold(found, len(true), chosen),
        "best": best(found, len(true)),
        "calibration": calibration(found),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
