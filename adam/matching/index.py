"""One record against a set: small sets by the readable rules, large ones by their compiled twin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adam.errors import Invalid, Problem
from adam.matching.pairs import Pair
from adam.matching.plain import Asked, Hit, LookUp, Plain, Saved, Scorers, Told, explained
from adam.matching.policy import Policy
from adam.matching.records import Record
from adam.matching.rivals import Rivals

if TYPE_CHECKING:
    from adam.matching.compiled.columns import Columns
    from adam.matching.compiled.live import Live

SMALL = 3000
"""Up to so many records the readable core answers; it hands over once it has grown to twice as many."""
ZIPPED, GZIPPED = b"PK", b"\x1f\x8b"

__all__ = ["Compiled", "Hit", "Index", "LookUp", "Plain"]


class Index:
    """A set of records that answers for one record at a time and stays current as they change.

    In sets of more than a few thousand, how rare words and values are stays as it was when the index was built. How
    common partners are in the whole set is not weighed (`Policy.steady`): who asks for one record can't know it.

    >>> from adam.matching import Record, load_policy
    >>> index = Index([Record("a", title="Border liaison offices in Tajikistan")], load_policy())
    >>> new = Record("new", title="Border liaison offices, Tajikistan")
    >>> [pair.other("new") for pair in index.match(new, limit=5, threshold=0.001)]
    ['a']
    >>> index.drop("a")
    >>> index.hits(new, limit=5, threshold=0.001)
    []
    """

    def __init__(self, records: Iterable[Record], policy: Policy, look_up: LookUp | None = None):
        """Prepares the records; raises Invalid when an id stands twice. Reasons quote what `look_up` gives."""
        given = iter(records)
        first = list(islice(given, SMALL + 1))
        self.core: Plain | Compiled
        if len(first) <= SMALL:
            self.core = Plain(first, policy, look_up)
        else:
            self.core = Compiled.of_records(chain(first, given), policy, look_up)

    def __len__(self) -> int:
        return len(self.core)

    @property
    def policy(self) -> Policy:
        """The policy that the records are compared by."""
        return self.core.policy

    def put(self, record: Record) -> None:
        """Take a record in, in place of the one that carries its id, if any."""
        self.core.put(record)
        if isinstance(self.core, Plain) and len(self.core) > 2 * SMALL:
            records = [profile.record for profile in self.core.profiles.values()]
            self.core = Compiled.of_records(records, self.policy, self.core.look_up)

    def drop(self, record_id: str) -> None:
        """Leave a record out; nothing happens when it is not there."""
        self.core.drop(record_id)

    def hits(self, record: Record, limit: int = 10, threshold: float | None = None) -> list[Hit]:
        """The best claims about the record, at most `limit`, without reasons; its own id is passed over."""
        return self.core.hits(record, limit, threshold)

    def match(self, record: Record, limit: int = 10, threshold: float | None = None) -> list[Pair]:
        """The best claims about the record and any of the set, at most `limit`; its own id is passed over."""
        return self.core.match(record, limit, threshold)

    def told(self, record: Record, threshold: float) -> list[Told]:
        """What is said of the record and any other before rivals are weighed, best first; its own id is passed over."""
        return self.core.told(record, threshold)

    def explained(
        self,
        record: Record,
        others: Iterable[Record],
        threshold: float | None = None,
        rivals: Rivals | None = None,
    ) -> list[Pair]:
        """The claims about the record and each of these others, best first.

        `rivals` says what is told of all of them and any other; without it rivals are sought among them alone.
        """
        return self.core.explained(record, others, (threshold, rivals))

    @property
    def outgrown(self) -> bool:
        """Whether so much changed that it is better built anew: it grew large, or rarity is long another."""
        return self.core.outgrown or isinstance(self.core, Plain) and 2 * len(self) > 3 * SMALL

    def as_it_is(self) -> Saved:
        """The index as it is now, to be written by another thread; takes no longer than a question."""
        return self.core.as_it_is()

    def save(self, path: str | Path) -> None:
        """Write the index to a file that `load` reads."""
        self.as_it_is().save(path)

    @classmethod
    def load(cls, path: str | Path, policy: Policy, look_up: LookUp | None = None) -> Index:
        """The index of a file that `save` wrote; raises ValueError or OSError when it is not such a file."""
        with open(path, "rb") as file:
            begin = file.read(len(ZIPPED))
        if begin not in (ZIPPED, GZIPPED):
            raise ValueError(f"{path} holds no index.")
        core = Compiled if begin == ZIPPED else Plain
        return cls.of(core.load(path, policy, look_up))

    @classmethod
    def of_columns(cls, columns: Columns, policy: Policy, look_up: LookUp) -> Index:
        """The index of a set given field by field, always with the compiled core; `look_up` gives its records."""
        from adam.matching.compiled.comparing import cores
        from adam.matching.compiled.live import Live

        return cls.of(Compiled(Live.of_columns(columns, policy, cores()), look_up))

    @classmethod
    def of(cls, core: Plain | Compiled) -> Index:
        """The index with this core."""
        found = cls.__new__(cls)
        found.core = core
        return found


class Compiled:
    """The compiled core, and the records that reasons quote where nobody else keeps them."""

    def __init__(self, live: Live, look_up: LookUp | None, records: Iterable[Record] = ()):
        self.live, self.look_up, self.policy = live, look_up, live.policy.steady()
        self.scorers = Scorers(self.policy)
        self.kept = {record.id: record for record in records} if look_up is None else {}

    @classmethod
    def of_records(cls, records: Iterable[Record], policy: Policy, look_up: LookUp | None) -> Compiled:
        """The core of some records; raises Invalid when an id stands twice. With `look_up` none of them is kept."""
        from adam.matching.compiled.columns import of_records
        from adam.matching.compiled.comparing import cores
        from adam.matching.compiled.live import Live

        given = list(records) if look_up is None else records
        columns = of_records(given)
        twice = list(repeated(columns.ids))
        if twice:
            raise Invalid(
                Problem("#/id", "twice", f"The id “{name}” stands twice: give each record its own.")
                for name in twice
            )
        return cls(Live.of_columns(columns, policy, cores()), look_up, () if look_up else given)

    def __len__(self) -> int:
        return len(self.live)

    def put(self, record: Record) -> None:
        """As Index.put."""
        self.live.put(record)
        if self.look_up is None:
            self.kept[record.id] = record

    def drop(self, record_id: str) -> None:
        """As Index.drop."""
        self.live.drop(record_id)
        self.kept.pop(record_id, None)

    def hits(self, record: Record, limit: int = 10, threshold: float | None = None) -> list[Hit]:
        """As Index.hits."""
        least = self.policy.threshold if threshold is None else threshold
        return [Hit(*told) for told in self.live.hits(record, limit, least)]

    def told(self, record: Record, threshold: float) -> list[Told]:
        """As Index.told."""
        return self.live.told(record, threshold)

    def match(self, record: Record, limit: int = 10, threshold: float | None = None) -> list[Pair]:
        """As Index.match."""
        ids = sorted(hit.id for hit in self.hits(record, limit, threshold))
        found: Mapping[str, Record] = {name: self.kept[name] for name in ids if name in self.kept}
        if self.look_up is not None:
            found = self.look_up(ids)
        return self.explained(record, found.values(), (threshold, None))

    def explained(self, record: Record, others: Iterable[Record], asked: Asked) -> list[Pair]:
        """As Index.explained."""
        size = len(self) + (record.id not in self.live.numbers)
        return explained(self.live.lexicon, (self.scorers, size), (record, others), asked)

    @property
    def outgrown(self) -> bool:
        """As Index.outgrown: half as many records were put in or dropped as it was built of."""
        return 2 * self.live.changed > len(self.live.held.alive)

    def as_it_is(self) -> Saved:
        """As Index.as_it_is."""
        from adam.matching.compiled.live_saving import frozen, save

        now, records = frozen(self.live), list(self.kept.values())

        def write(path: str | Path) -> None:
            told = [json.loads(json.dumps(asdict(record), default=str)) for record in records]
            save(now, path, {"records": told})

        return Saved(len(self), write)

    @classmethod
    def load(cls, path: str | Path, policy: Policy, look_up: LookUp | None) -> Compiled:
        """As Index.load."""
        from adam.matching.compiled.live_saving import load

        live, more = load(path, policy)
        try:
            return cls(live, look_up, map(Record.from_mapping, more["records"]))
        except Invalid as wrong:
            raise ValueError(f"{path} holds no index: {wrong}") from wrong


def repeated(ids: Iterable[str]) -> Iterator[Any]:
    """Each id that stands more than once, in their order."""
    seen: set[str] = set()
    twice = {name for name in ids if name in seen or seen.add(name)}  # type: ignore[func-returns-value]
    yield from sorted(twice)
