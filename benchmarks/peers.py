"""ADAM's engine beside Splink on the same made-up records: peers.py [FOLDER…] [--sizes 10000,100000] [--rounds 3].

Weights of Splink are fitted on seed 1, the best thresholds of both chosen on seed 2, all figures taken on seed 3. Both
run in turn, each in a process of its own. FOLDERs are sets of records.csv and gold.csv to be judged as well. With
--trials every configuration of Splink is tried instead, on seed 2.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from statistics import median
from typing import Any

import _peer_tables as tables
from _runs import COMMAND, Run, measured
from _splink_model import CONFIGURATIONS

HERE = Path(__file__).parent
FIT, CHOOSE, REPORT = 1, 2, 3
FITTED = 10_000
"""Splink's weights are fitted on a tenth of the records, on so many at least: that gave the best F1 at each size."""
BEST = "jaro_winkler/tighter/labels"
KINDS = "record_duplicate,same_money"


@dataclass
class Tool:
    """One of the two: its measured runs, the seconds of each stage, and how right it was."""

    name: str
    runs: list[Run] = field(default_factory=list)
    stages: list[dict[str, float]] = field(default_factory=list)
    threshold: float = 0.5
    figures: dict[str, Any] = field(default_factory=dict)

    def add(self, run: Run) -> None:
        """Keep a run and the stages that it told of."""
        self.runs.append(run)
        self.stages.append(told(run.output))

    def stage(self, name: str) -> float:
        """The median seconds of a stage; 0 where the tool has none."""
        return median(each.get(name, 0.0) for each in self.stages)

    def summary(self) -> dict[str, Any]:
        """Medians of all runs, and the figures."""
        names = dict.fromkeys(name for each in self.stages for name in each)
        return {
            "seconds": median(run.seconds for run in self.runs),
            "processor": median(run.processor for run in self.runs),
            "memory": median(run.memory for run in self.runs),
            "stages": {name: self.stage(name) for name in names},
            **self.figures,
        }


def told(output: str) -> dict[str, float]:
    """The JSON lines that a process printed, as one."""
    found: dict[str, float] = {}
    for line in output.splitlines():
        if line.startswith("{") and line.endswith("}"):
            found |= json.loads(line)
    return found


def script(name: str, *given: object) -> Run:
    """Run one of the files beside this one."""
    return measured((sys.executable, str(HERE / name), *map(str, given)))


class Sets:
    """Made-up sets in a folder, each written and normalised once."""

    def __init__(self, home: Path):
        self.home = home

    def folder(self, size: int, seed: int) -> Path:
        """The set of a size and a seed."""
        folder = self.home / f"{size}-{seed}"
        if not (folder / "gold.csv").exists():
            script("generator.py", folder, "--records", size, "--seed", seed)
        return folder

    def normalised(self, folder: Path) -> Path:
        """The records of a folder as Splink reads them; beside them stands what making them took."""
        source, target = folder / "records.csv", self.home / f"{folder.name}.parquet"
        note = target.with_suffix(".json")
        if not note.exists() or note.stat().st_mtime < source.stat().st_mtime:
            run = script("_splink_input.py", source, target)
            note.write_text(json.dumps(told(run.output) | {"memory": run.memory, "processor": run.processor}))
        return target

    def normalising(self, folder: Path) -> dict[str, float]:
        """What normalising a set took: seconds, seconds of processor, memory."""
        found: dict[str, float] = json.loads(self.normalised(folder).with_suffix(".json").read_text())
        return found


def trained(sets: Sets, size: int, name: str) -> tuple[Path, Run]:
    """A fitted model of Splink, and what fitting took."""
    fitted = max(FITTED, size // 10)
    folder = sets.folder(fitted, FIT)
    model = sets.home / f"model-{fitted}-{name.replace('/', '-')}.json"
    source = sets.normalised(folder)
    return model, script("_splink_run.py", "train", name, source, folder / "gold.csv", model)


def splink(sets: Sets, folder: Path, model: Path) -> tuple[Run, Path]:
    """One run of Splink, and its pairs."""
    pairs = sets.home / "splink-pairs.csv"
    return script("_splink_run.py", "match", sets.normalised(folder), model, pairs), pairs


def adam(sets: Sets, folder: Path) -> tuple[Run, Path]:
    """One run of `adam match`, and its pairs."""
    pairs = sets.home / "adam-pairs.csv"
    words = ("match", str(folder / "records.csv"), "-o", str(pairs), "--kinds", KINDS)
    return measured((*COMMAND, *words)), pairs


def figures(pairs: Path, folder: Path, threshold: float = 0.5) -> dict[str, Any]:
    """How right a pairs file is; in a process of its own, so that this one stays small."""
    found: dict[str, Any] = json.loads(script("_peer_figures.py", pairs, folder, threshold).output)
    return found


def compared(sets: Sets, size: int, given: argparse.Namespace) -> dict[str, Any]:
    """Both tools on one size."""
    model, training = trained(sets, size, given.configuration)
    ours, theirs = Tool("adam"), Tool("splink")
    chosen, reported = sets.folder(size, CHOOSE), sets.folder(size, REPORT)
    _, pairs = adam(sets, chosen)
    ours.threshold = figures(pairs, chosen)["best"]["threshold"]
    _, pairs = splink(sets, chosen, model)
    theirs.threshold = figures(pairs, chosen)["best"]["threshold"]
    normalising = sets.normalising(reported)
    for _ in range(given.rounds):
        for tool, (run, pairs) in ((ours, adam(sets, reported)), (theirs, splink(sets, reported, model))):
            tool.add(run)
            tool.figures = figures(pairs, reported, tool.threshold)
    found = {"size": size, "adam": ours.summary(), "splink": theirs.summary()}
    found["splink"] |= {
        "configuration": given.configuration,
        "training": training.seconds,
        "normalising": normalising["normalise"],
        "normalising_memory": normalising["memory"],
    }
    return found | {"ratios": ratios(found["adam"], found["splink"])}


def ratios(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, float]:
    """Splink's seconds and memory for one of ADAM's; normalising counts with the faster of the two ways."""
    mine, other = ours["stages"], theirs["stages"]
    slim = sum(other.get(stage, 0.0) for stage in ("load", "compile", "match", "write"))
    shared = min(theirs["normalising"], mine.get("read", 0.0) + mine.get("prepare", theirs["normalising"]))
    found = {
        "end_to_end": (slim + shared) / ours["seconds"],
        "end_to_end_own_normalising": (slim + theirs["normalising"]) / ours["seconds"],
        "memory": theirs["memory"] / ours["memory"],
    }
    if mine.get("compare"):
        found["matching"] = other["match"] / mine["compare"]
    return found


def tried(sets: Sets, size: int) -> list[dict[str, Any]]:
    """Every configuration of Splink: trained on seed 1, judged on seed 2."""
    found = []
    folder = sets.folder(size, CHOOSE)
    for name in CONFIGURATIONS:
        try:
            model, training = trained(sets, size, name)
            run, pairs = splink(sets, folder, model)
        except SystemExit as wrong:
            found.append({"configuration": name, "failed": str(wrong)[-200:]})
            continue
        right = figures(pairs, folder)
        stages = told(run.output)
        found.append(
            {"configuration": name, "training": training.seconds, "seconds": sum(stages.values()), "stages": stages}
            | {"processor": run.processor, "memory": run.memory}
            | {"best": right["best"]["f1"], "half": right["half"]["f1"]}
        )  # fmt: skip
        print(tables.trial(found[-1]), flush=True)
    return found


def growth(found: list[dict[str, Any]]) -> dict[str, float]:
    """How time grows from the smallest to the largest size: the exponent."""
    small, large = found[0], found[-1]
    if small is large:
        return {}
    span = log(large["size"] / small["size"])
    return {
        tool: log(large[tool]["processor"] / small[tool]["processor"]) / span for tool in ("adam", "splink")
    }


def judged(sets: Sets, folder: Path, model: Path) -> dict[str, Any]:
    """Both tools on a set that was not made up."""
    _, pairs = adam(sets, folder)
    ours = figures(pairs, folder)
    _, pairs = splink(sets, folder, model)
    return {"set": folder.name, "adam": ours, "splink": figures(pairs, folder)}


def main() -> None:
    """Run what was asked for, print the tables, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--configuration", default=BEST, choices=CONFIGURATIONS)
    parser.add_argument("--trials", action="store_true")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "adam-bench")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    os.environ["ADAM_TIMINGS"] = "1"
    given.cache.mkdir(parents=True, exist_ok=True)
    sets, found = Sets(given.cache), []
    for size in map(int, given.sizes.split(",")):
        if given.trials:
            found.append({"size": size, "trials": tried(sets, size)})
            print(tables.choice(found[-1]), flush=True)
        else:
            found.append(compared(sets, size, given))
            print(tables.comparison(found[-1]), flush=True)
    kept: dict[str, Any] = {"sizes": found, "growth": {} if given.trials else growth(found)}
    if given.folders:
        model, _ = trained(sets, FITTED, given.configuration)
        kept["sets"] = [judged(sets, folder.resolve(), model) for folder in given.folders]
        print(tables.real(kept["sets"]))
    print(tables.growing(kept["growth"]), end="")
    if given.out:
        given.out.write_text(json.dumps(kept, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
