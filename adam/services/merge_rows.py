"""Rows that a merge changes: each kept with its values before and after, so that an undo can put it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from adam.models.projects import Project

Move = dict[str, Any]
"""One changed row: table, id, what it is in words, values before and after; `check` names what an undo must find.

Without `before` the merge made the row. The moves of one question carry it and its newest verdict after the merge.
"""


@dataclass(frozen=True, slots=True)
class Way:
    """From the absorbed record to the one that stays, by the finding that was judged."""

    absorbed: Project
    stays: Project
    finding_id: str

    @property
    def sentence(self) -> str:
        """Why something is closed."""
        return f"{self.absorbed.reference} was merged into {self.stays.reference}."


def change(row: Any, what: str, check: tuple[str, ...] = (), **values: Any) -> Move:
    """Give a row these values, remembering those it had; `check` names those by which an undo knows it (all)."""
    before = {name: getattr(row, name) for name in values}
    put(row, values)
    told = {"table": row.__tablename__, "id": row.id, "what": what, "check": list(check or values)}
    return told | {"before": before, "after": values}


def made(row: Any, what: str) -> Move:
    """A row that the merge made: an undo takes it away."""
    return {
        "table": row.__tablename__,
        "id": row.id,
        "what": what,
        "check": [],
        "before": None,
        "after": {},
    }


def put(row: Any, values: dict[str, Any]) -> None:
    """Give a row these values; whoever read it before has an old version."""
    for name, value in values.items():
        setattr(row, name, value)
    if hasattr(row, "version"):
        row.version += 1
