"""Answers: a whole set compared, straight from a file or from records, and the pairs file written from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import IO

from adam.matching.compiled.columns import Columns, of_records, record
from adam.matching.compiled.comparing import Result, compare
from adam.matching.compiled.explaining import Explainer
from adam.matching.compiled.reading import columns_of
from adam.matching.compiled.releasing import freed_at_once
from adam.matching.compiled.writing import Found, write
from adam.matching.engine import known_kinds
from adam.matching.pairs import Pair
from adam.matching.policy import Policy
from adam.matching.records import Record

Rate = Callable[[str, date], Decimal | None]
Asked = tuple[Iterable[str] | None, float, str]


@dataclass
class Answer:
    """Claims about a set by the numbers of its records, best first; `seconds` of each part; notes in sentences."""

    columns: Columns
    result: Result
    policy: Policy
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def found(self) -> Found:
        """The claims."""
        return self.result.found

    @property
    def notes(self) -> tuple[str, ...]:
        """What was not compared all with all."""
        return self.result.notes

    @property
    def records(self) -> int:
        """How many records were compared."""
        return len(self.columns.ids)

    def write(self, file: IO[bytes]) -> int:
        """Write the pairs file (id_a, id_b, kind, score, evidence); returns how many pairs."""
        return write(self.found, self.columns, self.policy, file)

    def explained(self, most: int) -> Iterator[tuple[Pair, str, str]]:
        """The first pairs with their reasons in sentences, and both titles."""
        explainer = Explainer(
            self.result, self.columns, self.policy, lambda number: record(self.columns, number)
        )
        for n in range(min(most, len(self.found.kind))):
            claim = explainer.claim(n)
            yield explainer.scorer.explained(claim), claim.a.record.title, claim.b.record.title


def compare_file(path: str | Path, policy: Policy, rate: Rate | None, asked: Asked) -> Answer | None:
    """What comparing the records of a file finds; None where it holds anything unusual, so that rows must be read.

    `asked` are the kinds (None: all), the least probability, and the engine: "local" or "spark". `rate` gives dollars
    for one unit of a currency on a day.
    """
    freed_at_once()
    begun = perf_counter()
    columns = columns_of(path, rate)
    if columns is None:
        return None
    return _answered(columns, policy, asked, perf_counter() - begun)


def compare_columns(records: Sequence[Record], policy: Policy, asked: Asked) -> Answer:
    """The same for records that are read already."""
    return _answered(of_records(records), policy, asked, 0.0)


def _answered(columns: Columns, policy: Policy, asked: Asked, read: float) -> Answer:
    kinds, threshold, engine = asked
    wanted = known_kinds(kinds)
    if engine == "spark":
        from adam.matching.spark import compare as on_spark

        result: Result = on_spark(columns, policy, wanted, threshold)
    else:
        result = compare(columns, policy, wanted, threshold)
    return Answer(columns, result, policy, {"read": read, "compile": 0.0, **result.seconds})
