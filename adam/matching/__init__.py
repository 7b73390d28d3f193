"""The matching engine: records in, explained findings out; a pure library without Flask, SQL or adam.models.

>>> from adam.matching import Record, compare_all, load_policy
>>> rows = [
...     {"id": "a", "title": "Border liaison offices, Tajikistan", "countries": "TJ", "start": "2013-06-01",
...      "amount": "1200000", "currency": "USD", "reporter": "Norway", "implementers": "UNODC"},
...     {"id": "b", "title": "Border liaison offices, Tajikistan", "countries": "TJK", "start": "2013-06-01",
...      "amount": "1200000", "currency": "USD", "reporter": "UNODC", "funders": "Norway"},
... ]
>>> pairs = compare_all([Record.from_mapping(row) for row in rows], load_policy())
>>> [(pair.id_a, pair.id_b, pair.kind) for pair in pairs]
[('a', 'b', 'same_money')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adam.matching.answers import Answer, compare_columns, compare_file
    from adam.matching.cells import Assistance, Cell, Fragmentation, Gap, Need, fragmentation, gaps
    from adam.matching.engine import Hit, Index, Pairs, compare_all
    from adam.matching.groups import Group, group
    from adam.matching.pairs import Evidence, Pair
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
