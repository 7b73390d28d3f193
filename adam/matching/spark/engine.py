"""The engine on Spark: counted, laid out, brought into buckets and compared part by part; put in order at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import IO, Any, NamedTuple, cast

import numpy as np
import pyarrow

from adam.matching.compiled.columns import Columns
from adam.matching.compiled.comparing import Result, crowding, ordered, plans, thinned, told
from adam.matching.compiled.prepare import Prepared
from adam.matching.compiled.reading_money import Rate
from adam.matching.compiled.rivals import rivalled
from adam.matching.compiled.scoring import Judge, judge
from adam.matching.compiled.writing import write
from adam.matching.engine import known_kinds
from adam.matching.policy import Policy
from adam.matching.profiles import FEW
from adam.matching.rivals import followed
from adam.matching.spark import blocks
from adam.matching.spark.blocks import CLAIMS, ENTRIES, Blocking
from adam.matching.spark.counting import COUNTS, counted
from adam.matching.spark.knowledge import Knowledge, knowledge
from adam.matching.spark.laying import Explaining, laid_out
from adam.matching.spark.packing import ROWS, packed
from adam.matching.spark.reading import Source, declared, read
from adam.matching.spark.sessions import session
from adam.matching.spark.steps import Crowds, check_ids, claims_of, crowded, mapped, opened, sifted
from adam.matching.spark.tables import ORDER, columns_of, whole

Array = np.ndarray[Any, Any]
A_PART = 10_000
SLOT = 33  # what Spark's rising ids leave for the place within a partition, in bits
KEYS = ("title_key", "description_key")


@dataclass
class Answer:
    """What comparing a set found: the records that stand in any pair, and the pairs by their places among these."""

    columns: Columns
    result: Result
    policy: Policy
    records: int

    def write(self, file: IO[bytes]) -> int:
        """Write the pairs file (id_a, id_b, kind, score, evidence); returns how many pairs."""
        return write(self.result.found, self.columns, self.policy, file)


Asked = tuple[Iterable[str] | None, float]


class Order(NamedTuple):
    """As much of what was prepared as told() asks for."""

    order: Array


def compare(columns: Columns, policy: Policy, wanted: frozenset[str], threshold: float) -> Result:
    """Every claim about two records of a set, as comparing.compare gives them, found on Spark."""
    found = run(columns, policy, (wanted, threshold), None)
    place = {name: number for number, name in enumerate(columns.ids)}
    rows = np.array([place[name] for name in found.columns.ids], np.int32)
    pairs = found.result.found
    return replace(found.result, found=pairs._replace(a=rows[pairs.a], b=rows[pairs.b]))


def compare_all(path: str | Path, policy: Policy, asked: Asked, rate: Rate | None = None) -> Answer:
    """The same for a file, or for a folder of Parquet files, which the workers read; the set is nowhere as a whole.

    `asked` are the kinds (None: all) and the least probability. Raises Invalid when two records carry one id, a kind
    is unknown, the file is unreadable, or Spark is not there.
    """
    return run(path, policy, (known_kinds(asked[0]), asked[1]), rate)


def run(source: Source, policy: Policy, asked: tuple[frozenset[str], float], rate: Rate | None) -> Answer:
    """What comparing a set finds."""
    one = Run(session(), policy, *asked)
    try:
        return one.answer(read(one.spark, source, rate))
    finally:
        one.close()


class Run:
    """One comparison on a session; tables that are used again are kept on the workers' disks until `close`."""

    def __init__(self, spark: Any, policy: Policy, wanted: frozenset[str], threshold: float):
        self.spark = spark
        self.policy = policy
        self.wanted = wanted
        self.threshold = threshold
        self.kept: list[Any] = []
        self.seconds: dict[str, float] = {}

    def answer(self, table: Any) -> Answer:
        """All claims, best first."""
        with self.timed("order"):
            records, size = self.in_order(table)
            check_ids(records)
        if not size:
            nothing = knowledge(COUNTS.empty_table(), self.policy)
            return self.told(records, CLAIMS.empty_table(), Crowds(0, 0), nothing)
        with self.timed("count"):
            known = self.known(records)
        with self.timed("prepare"):
            blocking = self.blocking(size)
            rows = self.laid(records, known)
            members = self.members(rows, known, blocking)
            crowds = crowded(members, blocking)
        with self.timed("compare"):
            claims = self.compared(members, rows, (known, blocking))
        return self.told(records, claims, crowds, known)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Notes how long a step takes."""
        begun = perf_counter()
        yield
        self.seconds[name] = perf_counter() - begun

    def keep(self, table: Any) -> Any:
        """A table that is used more than once."""
        from pyspark import StorageLevel

        self.kept.append(table.persist(StorageLevel.DISK_ONLY))
        return self.kept[-1]

    def close(self) -> None:
        """Lets go of the tables that were kept."""
        for table in self.kept:
            table.unpersist()

    def in_order(self, table: Any) -> tuple[Any, int]:
        """The records in the order of the set, each with its number from 0, and how many they are."""
        from pyspark.sql import functions as F

        found = table.repartitionByRange(*ORDER).sortWithinPartitions(*ORDER)
        found = self.keep(found.withColumn("slot", F.monotonically_increasing_id()))
        part = F.shiftright("slot", SLOT)
        many = {row[0]: row[1] for row in found.groupBy(part).count().collect()}
        begins = np.cumsum([0, *(many[each] for each in sorted(many))]).tolist()
        firsts = [each for pair in zip(sorted(many), begins, strict=False) for each in pair] or [0, 0]
        first = F.create_map(*map(F.lit, firsts))[part]
        place = F.col("slot").bitwiseAND((1 << SLOT) - 1)
        return found.withColumn("number", (place + first).cast("bigint")).drop("slot"), begins[-1]

    def known(self, records: Any) -> Knowledge:
        """What the set knows: counted by the workers, put together here."""
        from pyspark.sql import functions as F

        counts = mapped(records.drop("number"), lambda table: counted(columns_of(table)), COUNTS)
        summed = counts.groupBy("field", "text", "number").agg(F.sum("many").alias("many"))
        least = F.when(F.col("field").isin(*KEYS), 1).when(F.col("field") == "identifiers", FEW).otherwise(-1)
        told = summed.where(F.col("many") > least)
        return knowledge(told.toArrow(), self.policy)

    def blocking(self, size: int) -> Blocking:
        """How keys are cut into parts: so many that the records of one fit a worker."""
        parts = max(1, (size // A_PART).bit_length())
        return Blocking(plans(self.policy, size, self.wanted), max(1, (size - 1).bit_length()), parts)

    def laid(self, records: Any, known: Knowledge) -> Any:
        """Every record laid out as one row."""
        told = self.spark.sparkContext.broadcast(known)

        def lay(table: pyarrow.Table) -> pyarrow.Table:
            numbers = np.array(whole(table["number"]))
            return packed(laid_out(columns_of(table), told.value), numbers)

        return self.keep(mapped(records, lay, ROWS))

    def members(self, rows: Any, known: Knowledge, blocking: Blocking) -> Any:
        """The entries of all buckets that hold company: by all keys, then by crowded keys once split."""
        from pyspark.sql import functions as F

        home = self.spark.sparkContext.broadcast(known.shelf.home)
        found = mapped(rows, lambda t: blocks.entries(*opened(t, home.value), blocking), ENTRIES)
        kept = self.keep(sifted(found, blocking))
        if not blocking.plans[0].splits:
            return kept
        low = int(blocking.low())
        full = F.col("held") > blocking.plans[0].limits.full
        crowded = kept.where((F.col("round") == 0) & full).select(
            F.col("entry").bitwiseAND(~low).alias("key")
        )
        keys = np.sort(np.array(whole(crowded.distinct().toArrow()["key"]), np.int64).view(np.uint64))
        if not len(keys):
            return kept
        told = self.spark.sparkContext.broadcast(keys)
        again = mapped(
            rows, lambda t: blocks.entries_split(*opened(t, home.value), (blocking, told.value)), ENTRIES
        )
        return self.keep(kept.unionByName(sifted(again, blocking)))

    def compared(self, members: Any, rows: Any, job: tuple[Knowledge, Blocking]) -> pyarrow.Table:
        """The claims of all parts; each pair is judged in the first part where it meets."""
        from pyspark.sql import functions as F

        known, blocking = job
        told = self.spark.sparkContext.broadcast((known.shelf, self.judges(known.size)[0]))
        low = int(blocking.low())
        mark = F.col("entry").bitwiseAND(~low).bitwiseOR(F.col("place").cast("bigint")).alias("mark")
        number = F.col("entry").bitwiseAND(low).alias("number")
        lists = members.groupBy(number).agg(
            F.sort_array(F.collect_list(F.struct("round", mark, "held"))).alias("buckets"),
            F.collect_set("part").alias("parts"),
        )
        sent = lists.join(rows, "number").withColumn("block", F.explode("parts")).drop("parts")

        def compare(left: pyarrow.Table, right: pyarrow.Table) -> pyarrow.Table:
            return blocks.compared(left, right, blocking, told.value)

        together = members.groupBy("part").cogroup(sent.groupBy("block"))
        claims = together.applyInArrow(compare, declared(CLAIMS))
        return claims.toArrow()

    def judges(self, size: int) -> tuple[Judge, Judge]:
        """What is asked of pairs by the workers, and what of their claims once all rivals are known."""
        least = min(self.threshold, self.policy.listed)
        first = judge(self.policy, size, followed(self.wanted), least)
        return first, judge(self.policy, size, self.wanted, self.threshold)

    def told(self, records: Any, table: pyarrow.Table, crowds: Crowds, known: Knowledge) -> Answer:
        """The answer: claims weighed against their rivals, in order, thinned, with the records they speak of."""
        numbers, claims = claims_of(table)
        claims = rivalled(claims, self.judges(known.size)[1], self.policy, len(numbers))
        kept, left_out = thinned(ordered(claims), self.policy.limits["claims"], len(numbers))
        used = np.unique(np.concatenate((kept.i, kept.j)))
        columns = self.named(records, numbers[used])
        place = np.zeros(len(numbers), np.int64)
        place[used] = np.arange(len(used))
        notes = (*crowding(crowds, self.policy, known.size), *left_out)
        made = cast(Prepared, Explaining(known, columns))
        found = told(kept, cast(Prepared, Order(place)), columns, self.policy)
        return Answer(columns, Result(found, made, notes, self.seconds), self.policy, known.size)

    def named(self, records: Any, numbers: Array) -> Columns:
        """The records of these numbers, in that order."""
        wanted = self.spark.createDataFrame(pyarrow.table({"number": numbers}))
        found = records.join(wanted, "number").toArrow()
        return columns_of(found.sort_by("number"))
