"""Compiles every kernel on a few made-up records, so that no request and no test waits: `make compile`."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from adam.matching.answers import compare_columns, compare_file
from adam.matching.compiled import compiled_under
from adam.matching.index import Compiled, Index
from adam.matching.policy import load_policy
from adam.matching.records import Record

ROWS = [
    {
        "id": str(number),
        "title": f"Border liaison offices in Tajikistan, phase {number % 3}",
        "description": "“Training” of 120 officers, and equipment for border liaison offices of the agency",
        "countries": "TJ;UZ",
        "start": f"201{number % 4}-06-01",
        "end": "2016-05-31",
        "amount": f"{1 + number // 4}200000",
        "currency": "USD",
        "reporter": ("Norway", "UNODC")[number % 2],
        "funders": "Norway",
        "implementers": "UN Office on Drugs and Crime (UNODC)",
        "identifiers": f"XM-DAC-41304-{number // 2}",
    }
    for number in range(8)
]


def main() -> None:
    """Read, compare and write a small file both ways, and ask a live set; says how long it took."""
    begun = perf_counter()
    asked = (None, 0.0, "local")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "records.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(ROWS[0]))
            writer.writeheader()
            writer.writerows(ROWS)
        answers = [compare_file(path, load_policy(), None, asked)]
    answers.append(compare_columns([Record.from_mapping(row) for row in ROWS], load_policy(), asked))
    for answer in answers:
        if answer is None or not answer.write(io.BytesIO()):
            sys.exit("The rows of this file are no longer read or compared: mend them.")
    if not live([Record.from_mapping(row) for row in ROWS]):
        sys.exit("The live set no longer answers: mend it.")
    print(f"The engine is compiled ({compiled_under()}): {perf_counter() - begun:.1f} s")  # noqa: T201


def live(records: list[Record]) -> bool:
    """Whether a live set finds a record before and after all that happens to it: built, put, dropped, saved, loaded."""
    first, *rest = records
    index = Index.of(Compiled.of_records(rest, load_policy(), None))
    asked = replace(rest[0], id="asked")
    found = [index.match(asked, 5, 1e-6)]
    index.put(first)
    index.drop(rest[-1].id)
    found.append(index.match(asked, 5, 1e-6))
    with TemporaryDirectory() as folder:
        index.save(Path(folder) / "index.npz")
        found.append(Index.load(Path(folder) / "index.npz", load_policy()).match(asked, 5, 1e-6))
    return all(found)


if __name__ == "__main__":
    main()
