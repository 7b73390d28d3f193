"""The matching engine: records in, explained findings out; a pure library without Flask, SQL or adam.models.

Its face is five functions. `load_policy` reads what coordinators agreed on, from config/matching.toml:

>>> from adam.matching import Index, Record, compare_all, compare_file, group, load_policy
>>> policy = load_policy()

`compare_all` compares records with one another and explains every pair:

>>> rows = [
...     {"id": "a", "title": "Border liaison offices, Tajikistan", "countries": "TJ", "start": "2013-06-01",
...      "amount": "1200000", "currency": "USD", "reporter": "Norway", "implementers": "UNODC"},
...     {"id": "b", "title": "Border liaison offices, Tajikistan", "countries": "TJK", "start": "2013-06-01",
...      "amount": "1200000", "currency": "USD", "reporter": "UNODC", "funders": "Norway"},
... ]
>>> records = [Record.from_mapping(row) for row in rows]
>>> pairs = compare_all(records, policy)
>>> [(pair.id_a, pair.id_b, pair.kind) for pair in pairs]
[('a', 'b', 'same_money')]

`group` draws pairs together, without one weak link chaining strangers:

>>> [found.members for found in group(pairs, records)]
[('a', 'b')]

`Index` holds a set, stays current as records change, and answers for one record at a time:

>>> index = Index(records, policy)
>>> index.drop("a")
>>> [hit.id for hit in index.hits(records[0])]
['b']

`compare_file` reads, compares and writes whole files with the compiled engine, here all kinds from 0.5 on:

>>> import csv, io, tempfile
>>> with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
...     writer = csv.DictWriter(file, list(rows[0] | rows[1]))
...     _ = writer.writeheader()
...     writer.writerows(rows)
...     file.flush()
...     answer = compare_file(file.name, policy, None, (None, 0.5, "local"))
>>> out = io.BytesIO()
>>> answer.records, answer.write(out), out.getvalue()[:40]
(2, 1, b'id_a,id_b,kind,score,evidence\\na,b,same_m')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adam.matching.answers import Answer, compare_columns, compare_file
    from adam.matching.cells import Assistance, Cell, Fragmentation, Gap, Need, fragmentation, gaps
    from adam.matching.engine import Hit, Index, Pairs, compare_all
    from adam.matching.groups import Group, group
    from adam.matching.pairs import Evidence, Pair
    from adam.matching.plain import Saved, Told
    from adam.matching.policy import Policy, load_policy
    from adam.matching.records import Record

HOMES = {
    "Answer": "answers",
    "compare_file": "answers",
    "compare_columns": "answers",
    "Record": "records",
    "Policy": "policy",
    "load_policy": "policy",
    "Pair": "pairs",
    "Evidence": "pairs",
    "Pairs": "engine",
    "Hit": "engine",
    "Index": "engine",
    "Saved": "plain",
    "Told": "plain",
    "compare_all": "engine",
    "Group": "groups",
    "group": "groups",
    "Assistance": "cells",
    "Cell": "cells",
    "Fragmentation": "cells",
    "Need": "cells",
    "Gap": "cells",
    "fragmentation": "cells",
    "gaps": "cells",
}

__all__ = [
    "Answer",
    "compare_columns",
    "compare_file",
    "Assistance",
    "Cell",
    "Evidence",
    "Fragmentation",
    "Gap",
    "Group",
    "Hit",
    "Index",
    "Need",
    "Pair",
    "Pairs",
    "Policy",
    "Record",
    "Saved",
    "Told",
    "compare_all",
    "fragmentation",
    "gaps",
    "group",
    "load_policy",
]


def __getattr__(name: str) -> Any:
    """Load the file of a name only when the name is asked for."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
