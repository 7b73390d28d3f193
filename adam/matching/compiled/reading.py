"""Reading: the columns of a file at once, without a record for each row; the unusual is left to the slow reader.

The rules are those of `Record.from_mapping`; each distinct cell is read once. A file that the slow reader would
refuse, or might read otherwise, gives None: then that reader says what is wrong, row by row.
"""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow

from adam.matching.compiled import reading_cells as cells
from adam.matching.compiled.columns import DAYS, LISTS, Columns
from adam.matching.compiled.reading_files import AMOUNTS, READERS, Sheet
from adam.matching.compiled.reading_money import Rate, dollars, sums
from adam.matching.compiled.reading_texts import trimmed
from adam.matching.compiled.releasing import release
from adam.matching.cycles import uncollected

WORKERS = 2
UNUSUAL = (ValueError, TypeError, OSError, RecursionError, OverflowError, csv.Error, pyarrow.ArrowException)


@uncollected()
def columns_of(path: str | Path, rate: Rate | None = None) -> Columns | None:
    """The columns of a CSV, JSON Lines or Parquet file; None where the slow reader has to look at it.

    `rate(currency, day)` gives the US dollars for one unit on that day, or None; it is asked once for each
    currency and day on which the file has money.
    """
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None or not path.is_file():
        return None
    try:
        sheet = reader(path)
        columns = _columns(sheet, rate) if sheet.rows else None
        release(sheet.rows)
        return columns
    except UNUSUAL:
        return None


def _columns(sheet: Sheet, rate: Rate | None) -> Columns:
    """The columns of a sheet: Python understands each distinct cell, while threads tell cells apart and copy texts.

    What takes Python the longest comes first: money, and the identifiers.
    """
    with ThreadPoolExecutor(WORKERS) as pool:
        names = ("currency", *DAYS, *AMOUNTS, "identifiers", *LISTS, "reporter")
        found = {name: pool.submit(sheet.cells, name) for name in dict.fromkeys(names)}
        texts = {name: pool.submit(trimmed, sheet.take(name)) for name in ("title", "description")}
        ids = pool.submit(cells.identities, sheet.take("id"))
        days = {name: cells.ordinals(found.pop(name).result()) for name in DAYS}
        currency = cells.read("currency", found.pop("currency").result())
        own, told = (sums(found.pop(name).result()) for name in AMOUNTS)
        usd = dollars(own, told, cells.Money(currency, days), rate)
        lists = {name: cells.read(name, found.pop(name).result()) for name in (*LISTS, "reporter")}
        lists["currency"] = currency
        return Columns(
            ids.result(),
            {name: text.result() for name, text in texts.items()},
            lists,
            days,
            own.floats,
            usd,
        )
