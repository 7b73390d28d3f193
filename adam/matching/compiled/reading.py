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
    """The columns of a sheet; texts are copied in one thread while another reads the cells."""
    with ThreadPoolExecutor(WORKERS) as pool:
        texts = {name: pool.submit(trimmed, sheet.take(name)) for name in ("title", "description")}
        ids = cells.identities(sheet.take("id"))
        names = (*LISTS, "reporter", "currency", *DAYS, *AMOUNTS)
        found = dict(zip(names, pool.map(sheet.cells, names), strict=True))
        lists = {name: cells.read(name, found.pop(name)) for name in (*LISTS, "reporter", "currency")}
        days = {name: cells.ordinals(found.pop(name)) for name in DAYS}
        own = sums(found.pop("amount"))
        usd = dollars(own, sums(found.pop("amount_usd")), cells.Money(lists["currency"], days), rate)
        told = {name: text.result() for name, text in texts.items()}
    return Columns(ids, told, lists, days, own.floats, usd)
