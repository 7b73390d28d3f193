"""Steps: what Spark is asked to do with its tables, and what comes back from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow

from adam.errors import Invalid, Problem
from adam.matching.compiled.walk import Claims
from adam.matching.policy import FEATURES
from adam.matching.spark import blocks
from adam.matching.spark.blocks import MEMBERS, ROUNDS, Blocking
from adam.matching.spark.packing import unpacked
from adam.matching.spark.reading import declared
from adam.matching.spark.tables import whole

Array = np.ndarray[Any, Any]


class Crowds(NamedTuple):
    """As much of the buckets as crowding() asks for."""

    crowded: int
    largest: int


def mapped(table: Any, tell: Callable[[pyarrow.Table], pyarrow.Table], schema: pyarrow.Schema) -> Any:
    """A table made from another, batch by batch, by the workers."""

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            if batch.num_rows:
                yield from tell(pyarrow.Table.from_batches([batch])).combine_chunks().to_batches()

    return table.mapInArrow(run, declared(schema))


def opened(table: pyarrow.Table, home: Array) -> tuple[Any, Array, int]:
    """Rows that follow each other in the set, the homes of organizations, and the number of the first."""
    return unpacked(table), home, table["number"][0].as_py()


def sifted(entries: Any, blocking: Blocking) -> Any:
    """Entries shuffled into their parts, and those that are alone in their bucket left out."""
    found = entries.groupBy("round", "part")
    return found.applyInArrow(lambda table: blocks.sift(table, blocking), declared(MEMBERS))


def crowded(members: Any, blocking: Blocking) -> Crowds:
    """How many buckets were too large to compare all with all, and how many records the largest holds."""
    from pyspark.sql import functions as F

    split = ROUNDS.index("split")
    full = F.when(F.col("round") == 2, blocking.plan(2).limits.full).otherwise(blocking.plan(0).limits.full)
    key = F.col("entry").bitwiseAND(~int(blocking.low()))
    told = (
        members.filter(F.col("round") != split)
        .groupBy("round", key.alias("key"))
        .agg(F.first("held").alias("held"))
    )
    row = told.agg(F.sum((F.col("held") > full).cast("int")), F.max("held")).collect()[0]
    return Crowds(row[0] or 0, row[1] or 0)


def check_ids(records: Any) -> None:
    """Raises Invalid for ids that stand twice."""
    from pyspark.sql import functions as F

    twice = records.groupBy("id").count().where(F.col("count") > 1).limit(20).collect()
    if twice:
        names = sorted(bytes(row["id"]).decode("utf-8", "surrogatepass") for row in twice)
        raise Invalid(
            Problem("#/id", "twice", f"The id “{name}” stands twice: give each record its own.")
            for name in names
        )


def claims_of(table: pyarrow.Table) -> tuple[Array, Claims]:
    """The numbers of the records that stand in any claim, and the claims by places among these."""
    i, j = (np.array(whole(table[name]), np.int64) for name in ("i", "j"))
    numbers = np.unique(np.concatenate((i, j)))
    grades = np.frombuffer(b"".join(table["grades"].to_pylist()), np.int8).reshape(-1, len(FEATURES))
    return numbers, Claims(
        np.searchsorted(numbers, i).astype(np.int32),
        np.searchsorted(numbers, j).astype(np.int32),
        np.array(whole(table["kind"])).astype(np.int8),
        np.array(whole(table["score"]), np.float64),
        grades.copy(),
        np.zeros(8, np.int64),
    )
