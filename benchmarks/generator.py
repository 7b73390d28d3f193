"""Writes made-up records with known pairs: generator.py OUT_DIR [--records N] [--seed S].

OUT_DIR/records.csv holds what `adam match` reads, OUT_DIR/gold.csv the planted pairs: id_a, id_b, label, how. Labels
are same_money, record_duplicate, component and different; `how` says in what way a different pair looks alike
(continuation, instalment, sibling, template, lot). The same for the same seed, however many processes work.
"""

from __future__ import annotations

import argparse
import csv
import io
import multiprocessing
import os
import tempfile
from array import array
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from random import Random

import _generator_projects as projects
import _generator_reports as reports
from _generator_names import World
from _generator_reports import FIELDS, Report

CHUNK = 4000
WORKERS = 2
RECORDS, GOLD = ["records.csv", "gold.csv"]
PAIR = ("id_a", "id_b", "label", "how")
BOTH_TELL, EITHER_TELLS = 0.08, 0.134
"""How often both sides report a whole family, and how often else a project has a second report."""
Pair = tuple[int, int, str, str]


@lru_cache(maxsize=1)
def world(seed: int) -> World:
    """The places and bodies of a seed."""
    return World(seed)


def identity(seed: int, chunk: int, number: int) -> str:
    """An id that says nothing about the record."""
    return "g" + blake2b(f"{seed}/{chunk}/{number}".encode(), digest_size=7).hexdigest()


def family(chance: Random, scene: World) -> tuple[list[Report], list[Pair]]:
    """The reports of a family of projects, and the pairs among them by their place in the list."""
    kind, made = projects.family(chance, scene)
    pays = chance.random() < 0.6
    first = reports.voice(chance, made[0], pays)
    second = reports.voice(chance, made[0], not pays)
    if chance.random() < 0.42:
        second = reports.copied(chance, second, first)
    share = 0.8 if chance.random() < BOTH_TELL else EITHER_TELLS
    told: list[Report] = []
    for number, project in enumerate(made):
        told.extend(_told(chance, (number, project), (first, second), share))
    pairs = [_pair((at, to), (told[at], told[to]), kind) for at, to in combinations(range(len(told)), 2)]
    if kind == projects.SIBLING and chance.random() < 0.12:
        told.append(_parent(chance, made, first))
        pairs += [(at, len(told) - 1, "component", "") for at in range(len(told) - 1)]
    return told, pairs


def _told(
    chance: Random,
    which: tuple[int, projects.Project],
    voices: tuple[reports.Voice, reports.Voice],
    share: float,
) -> Iterator[Report]:
    """One, two or three reports of a project."""
    number, project = which
    first, second = (
        replace(one, reporter=project.funder if one.pays else project.implementer) for one in voices
    )
    fields = reports.report(chance, project, first)
    yield Report(reports.bare(chance, fields) if chance.random() < 0.008 else fields, number, "first")
    at = chance.random()
    if at >= share:
        return
    shared = fields["identifiers"] if fields["identifiers"] and chance.random() < 0.25 else None
    if at < share * 0.72:
        voice = second if chance.random() < 0.7 else reports.retold(chance, second, project)
        yield Report(_again(chance, project, voice, shared), number, "second")
    if at > share * 0.62:
        voice = reports.retold(chance, first, project)
        if chance.random() < 0.3:
            voice = replace(voice, reporter=reports.COMPILER[int(chance.random() * 2)], source="list")
        yield Report(_again(chance, project, voice, shared), number, "first")


def _again(
    chance: Random, project: projects.Project, voice: reports.Voice, identifier: str | None
) -> dict[str, str]:
    fields = reports.blurred(chance, reports.report(chance, project, voice), project)
    if identifier:
        fields["identifiers"] = identifier
    return reports.bare(chance, fields) if chance.random() < 0.004 else fields


def _pair(places: tuple[int, int], told: tuple[Report, Report], kind: str) -> Pair:
    one, other = told
    if one.project != other.project:
        return *places, "different", kind
    return *places, "record_duplicate" if one.by == other.by else "same_money", ""


def _parent(chance: Random, made: list[projects.Project], voice: reports.Voice) -> Report:
    """The programme that the siblings are parts of."""
    countries = tuple(dict.fromkeys(code for each in made for code in each.countries))
    size = float(round(sum(each.amount for each in made)))
    whole = replace(
        made[0], places=(), countries=countries, amount=size, start=min(each.start for each in made)
    )
    return Report(reports.report(chance, whole, voice), -1, "parent")


def chunk(task: tuple[int, int, int]) -> tuple[list[bytes], list[bytes]]:
    """The lines of so many records and of their pairs: (seed, number of the chunk, records)."""
    seed, number, many = task
    chance, scene = Random(f"{seed}/{number}"), world(seed)
    told: list[Report] = []
    found: list[Pair] = []
    while len(told) < many:
        more, pairs = family(chance, scene)
        found += [(at + len(told), to + len(told), label, how) for at, to, label, how in pairs]
        told += more
    ids = [identity(seed, number, at) for at in range(many)]
    rows = [
        [name, *(each.fields[field] for field in FIELDS[1:])] for name, each in zip(ids, told, strict=False)
    ]
    gold = [
        [*sorted((ids[at], ids[to])), label, how] for at, to, label, how in found if at < many and to < many
    ]
    return lines(rows), lines(gold)


def lines(rows: list[list[str]]) -> list[bytes]:
    """Rows as lines of a CSV file."""
    found = []
    for row in rows:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(row)
        found.append(text.getvalue().encode())
    return found


class Shuffled:
    """A file written in a random order that only the seed decides; keeps places, not lines, in memory."""

    def __init__(self, path: Path):
        self.path = path
        self.spool = tempfile.TemporaryFile(dir=path.parent)  # noqa: SIM115
        self.ends = array("q", [0])

    def add(self, more: list[bytes]) -> None:
        """Take in some lines."""
        for line in more:
            self.ends.append(self.ends[-1] + len(line))
        self.spool.write(b"".join(more))

    def write(self, header: tuple[str, ...] | list[str], chance: Random) -> None:
        """The header, then every line in a random order."""
        self.spool.flush()
        order = array("l", range(len(self.ends) - 1))
        chance.shuffle(order)
        with self.path.open("wb") as file:
            file.write(",".join(header).encode() + b"\n")
            for at in order:
                begin = self.ends[at]
                file.write(os.pread(self.spool.fileno(), self.ends[at + 1] - begin, begin))
        self.spool.close()


def generate(folder: Path, records: int, seed: int, workers: int = WORKERS) -> None:
    """Write so many records and their pairs into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tasks = [(seed, at // CHUNK, min(CHUNK, records - at)) for at in range(0, records, CHUNK)]
    rows, gold = Shuffled(folder / RECORDS), Shuffled(folder / GOLD)
    with multiprocessing.get_context("spawn").Pool(min(workers, len(tasks))) as pool:
        for told, pairs in pool.imap(chunk, tasks) if workers > 1 else map(chunk, tasks):
            rows.add(told)
            gold.add(pairs)
    rows.write(FIELDS, Random(f"{seed}/rows"))
    gold.write(PAIR, Random(f"{seed}/gold"))


def main() -> None:
    """Read the words of the command and write the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=WORKERS)
    given = parser.parse_args()
    if given.records < 1:
        parser.error("--records needs at least one")
    generate(given.folder, given.records, given.seed, given.workers)


if __name__ == "__main__":
    main()
