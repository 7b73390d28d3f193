"""Records in the form that Splink compares, normalised by ADAM's own code: _splink_input.py RECORDS.csv OUT.parquet.

Words, countries and bodies are those that ADAM's engine compares; amounts are in dollars on their value date.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from time import perf_counter

import duckdb

from adam.cli.matching import rates
from adam.matching.countries import iso2
from adam.matching.names import Names
from adam.matching.policy import load_policy
from adam.matching.records import Convert
from adam.matching.words import STOPWORDS, ordinals, words

BODIES = ("reporter", "funders", "implementers")
COLUMNS = {
    "id": "VARCHAR", "title": "VARCHAR", "description": "VARCHAR", "numbers": "VARCHAR", "countries": "VARCHAR",
    "sectors": "VARCHAR", "identifiers": "VARCHAR", "start": "INTEGER", "finish": "INTEGER", "usd": "DOUBLE",
    "own": "DOUBLE", "currency": "VARCHAR", "reporter": "INTEGER", "funder": "INTEGER", "implementer": "INTEGER",
}  # fmt: skip
TABLE = """
CREATE TABLE raw AS SELECT *, string_split(title, ' ') AS tokens FROM read_csv('{source}', header=true,
  delim=',', quote='"', escape='"', nullstr='', columns={columns});
CREATE TABLE frequency AS SELECT token, count(*) AS records FROM (SELECT unnest(tokens) AS token FROM raw) GROUP BY 1;
CREATE TABLE rare AS SELECT id, list(token ORDER BY records, token)[1:3] AS rare
  FROM (SELECT id, unnest(tokens) AS token FROM raw) JOIN frequency USING (token) GROUP BY id;
COPY (
  SELECT raw.id AS unique_id, title, tokens, list_slice(rare, 1, 3) AS rare, rare[1] AS rarest,
    string_split(description, ' ') AS description, numbers, countries AS country_key,
    string_split(countries, ' ') AS countries, string_split(countries, ' ')[1] AS country,
    string_split(sectors, ' ') AS sectors, string_split(identifiers, ' ') AS identifiers,
    start, finish, usd, own, currency, reporter, funder, implementer, coalesce(implementer, reporter) AS doer,
    start // 60 AS period, (start + 30) // 60 AS next_period,
    floor(ln(usd) / 0.2)::INT AS size, floor(ln(usd) / 0.2 + 0.5)::INT AS next_size,
    list_aggregate(list_sort(rare[1:2]), 'string_agg', ' ') AS rare_pair
  FROM raw LEFT JOIN rare USING (id)
) TO '{target}' (FORMAT parquet)
"""


def normalise(source: Path, target: Path) -> None:
    """Write the records of a file in comparable form."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".csv") as spool:
        writer = csv.writer(spool)
        writer.writerow(COLUMNS)
        writer.writerows(rows(source))
        spool.flush()
        duckdb.connect().execute(TABLE.format(source=spool.name, target=target, columns=COLUMNS))


def read(source: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file."""
    csv.field_size_limit(2**31 - 1)
    with source.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def rows(source: Path) -> Iterator[list[object]]:
    """Each record as the columns above, in text."""
    convert, bodies = rates(), numbered(source)
    for row in read(source):
        start, amount = day(row["start"]), number(row["amount"])
        yield [
            row["id"], content(row["title"]), content(row.get("description", "")),
            " ".join(map(str, sorted(ordinals(row["title"])))),
            " ".join(sorted({iso2(code) or code for code in row["countries"].split(";") if code})),
            " ".join(row.get("sectors", "").split(";")), row.get("identifiers", "").replace(";", " "),
            start, day(row.get("end", "")), dollars(row, amount, convert), amount, row["currency"],
            *(bodies.get(row[name].split(";")[0].strip()) for name in BODIES),
        ]  # fmt: skip


def content(text: str) -> str:
    """The words of a text that carry meaning, sorted, each once."""
    return " ".join(sorted(set(words(text)) - STOPWORDS))


def day(text: str) -> int | None:
    """A date as a number of days."""
    return date.fromisoformat(text).toordinal() - 730_000 if text else None


def number(text: str) -> Decimal | None:
    """An amount, None where there is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def dollars(row: dict[str, str], amount: Decimal | None, convert: Convert | None) -> Decimal | None:
    """An amount in dollars on its value date, else on the start; None without a rate or above nothing."""
    if not amount or amount <= 0 or row["currency"] == "USD":
        return amount if amount and amount > 0 else None
    on = row.get("value_date") or row["start"]
    return convert(amount, row["currency"], date.fromisoformat(on) if on else None) if convert else None


def numbered(source: Path) -> dict[str, int]:
    """For each spelling of a body the smallest number of those that mean the same one."""
    spellings = {row[name].split(";")[0].strip() for row in read(source) for name in BODIES} - {""}
    names = Names(spellings, load_policy().aliases)
    return {spelling: min(names.reach(names.number(spelling))) for spelling in spellings}


def main() -> None:
    """Normalise a file and say how long it took."""
    begun = perf_counter()
    normalise(Path(sys.argv[1]), Path(sys.argv[2]))
    print(json.dumps({"normalise": perf_counter() - begun}))


if __name__ == "__main__":
    main()
