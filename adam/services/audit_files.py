"""The history as CSV: a row an entry, with what stood before and after as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select

from adam.exchange import tables
from adam.models.history import HistoryEntry
from adam.queries import history
from adam.services.work import Work

COLUMNS = (
    "id",
    "at",
    "actor",
    "account_id",
    "action",
    "entity",
    "entity_id",
    "changed",
    "before",
    "after",
    "hash",
)
MOST = 20_000


def text(w: Work, query: Select[Any]) -> str:
    """The newest 20,000 of these entries."""
    newest = query.order_by(HistoryEntry.id.desc()).limit(MOST).execution_options(yield_per=500)
    file = io.StringIO(newline="")
    with w.session.scalars(newest) as rows:
        tables.write_csv(file, COLUMNS, _cells(rows))
    return file.getvalue()


def _cells(rows: Iterable[HistoryEntry]) -> Iterator[list[Any]]:
    for row in rows:
        about = (row.id, row.at.isoformat(), row.actor, row.actor_id, row.action, row.entity, row.entity_id)
        changed = history.changed(row.before or {}, row.after or {})
        yield [*about, changed, _json(row.before), _json(row.after), row.hash]


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
