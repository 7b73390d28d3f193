"""One page of a list: ids and keys are sorted, and whole rows are read for those of the window alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, UnaryExpression, select

NARROWED = {"narrowed": True}
"""Execution options of a query that lets few rows pass: they are found first, and sorted then."""


def of(query: Select[Any], keys: Sequence[Any], window: tuple[int, int]) -> Select[Any]:
    """The rows of a window (offset, limit) in this order, each followed by what it is ordered by.

    The query selects one model that has an `id`. Sorting a hundred thousand documents is what would take the time.
    """
    model = query.column_descriptions[0]["entity"]
    named = [_bare(key).label(f"key_{number}") for number, key in enumerate(keys)]
    asked = found(query, model.id, *named)
    there = list(asked.selected_columns)[1:]
    chosen = asked.order_by(*_turned(keys, there)).offset(window[0]).limit(window[1]).subquery()
    own = [chosen.c[name.name] for name in named]
    return select(model, *own).join(chosen, chosen.c.id == model.id).order_by(*_turned(keys, own))


def found(query: Select[Any], *columns: Any) -> Select[Any]:
    """These columns of what passes, not ordered; where few rows do, PostgreSQL finds them before it counts or sorts.

    It would else go through all rows in some order until it has met enough of those that pass.
    """
    asked = query.order_by(None).with_only_columns(*columns)
    if not query.get_execution_options().get("narrowed"):
        return asked
    return select(asked.cte("found").prefix_with("MATERIALIZED", dialect="postgresql"))


def _bare(key: Any) -> Any:
    """What a key of an order sorts by, without its direction."""
    return _bare(key.element) if isinstance(key, UnaryExpression) else key


def _turned(keys: Sequence[Any], columns: Sequence[Any]) -> list[Any]:
    """Columns in the directions of their keys."""
    return [_directed(key, column) for key, column in zip(keys, columns, strict=True)]


def _directed(key: Any, column: Any) -> Any:
    if isinstance(key, UnaryExpression):
        return UnaryExpression(_directed(key.element, column), modifier=key.modifier)
    return column
