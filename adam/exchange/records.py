"""Records for `adam match`: rows of CSV, JSON Lines or Parquet read as plain dicts, and the pairs file written."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from adam.errors import Invalid, Problem

PAIR_COLUMNS = ("id_a", "id_b", "kind", "score", "evidence")
LONGEST_FIELD = 2**31 - 1


def read(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row of the file with its number (the first record is row 1); the ending of the name says the format.

    Values are as the file has them: texts in CSV, lists as lists in JSON Lines. Raises Invalid with the row when
    the file can't be read, has no column `id`, or needs a package that is not installed.
    """
    path = Path(path)
    readers = {
        ".csv": from_csv,
        ".jsonl": from_json_lines,
        ".ndjson": from_json_lines,
        ".parquet": from_parquet,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise fault("format", f"“{path.name}” is neither .csv nor .jsonl nor .parquet: rename or convert it.")
    if not path.is_file():
        raise fault("not_found", f"There is no file “{path}”.")
    try:
        yield from reader(path)
    except UnicodeDecodeError as wrong:
        raise fault(
            "encoding", f"“{path.name}” is not UTF-8 at byte {wrong.start}: save it as UTF-8."
        ) from wrong


def from_csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of a CSV file with a header."""
    csv.field_size_limit(min(sys.maxsize, LONGEST_FIELD))
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        row = 0
        try:
            check_header(reader.fieldnames or ())
            for row, values in enumerate(reader, 1):
                if None in values or None in values.values():
                    raise fault(
                        "columns",
                        f"Row {row} has not as many fields as the header: mend its commas or quotes.",
                        row,
                    )
                yield row, values
        except csv.Error as wrong:
            raise fault("csv", f"Row {row + 1} can't be read as CSV: {wrong}.", row + 1) from wrong


def check_header(names: Iterable[str]) -> None:
    """Raises Invalid for a header without `id` or with a name that stands twice."""
    names = list(names)
    if "id" not in names:
        raise fault("no_id", "The first line names no column id: add it, and give each record its own.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise fault("column_twice", f"The column {twice[0]} stands twice in the first line: take one away.")


def from_json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of a JSON Lines file: one object a line, empty lines passed over."""
    with path.open(encoding="utf-8-sig") as file:
        for row, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                values = json.loads(line, parse_float=str, parse_int=str)
            except (ValueError, RecursionError) as wrong:
                raise fault("json", f"Row {row} is not a JSON object on one line: {wrong}.", row) from wrong
            if not isinstance(values, dict):
                raise fault(
                    "json", f"Row {row} is not a JSON object: write the record as {{…}} on one line.", row
                )
            yield row, values


def from_parquet(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of a Parquet file; needs the package pyarrow."""
    try:
        import pyarrow.parquet as parquet
    except ImportError as absent:
        raise fault(
            "pyarrow", "Reading Parquet needs the package pyarrow: install it, or give CSV."
        ) from absent
    try:
        batches = parquet.ParquetFile(path).iter_batches()
        rows = (values for batch in batches for values in batch.to_pylist())
        yield from enumerate(rows, 1)
    except (OSError, ValueError) as wrong:
        raise fault("parquet", f"“{path.name}” can't be read as Parquet: {wrong}.") from wrong


def fault(code: str, detail: str, row: int | None = None) -> Invalid:
    """One problem of the file as a whole, or of a row."""
    return Invalid([Problem("#", code, detail, row)])


def write_pairs(rows: Iterable[Mapping[str, Any]], file: IO[str]) -> int:
    """Writes pairs (id_a, id_b, kind, score, evidence as a list of dicts) as CSV; returns how many."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(PAIR_COLUMNS)
    count = 0
    for row in rows:
        count += 1
        evidence = json.dumps(row["evidence"], ensure_ascii=False)
        writer.writerow((row["id_a"], row["id_b"], row["kind"], f"{row['score']:.6f}", evidence))
    return count
