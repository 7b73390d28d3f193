"""Many rows at once into one table, past the unit of work: what imports and screenings write."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, insert
from sqlalchemy.orm import Session, make_transient_to_detached

from adam.models import Base


def add(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows of one shape into the model's table; no object of the session learns of it. No rows: nothing.

    The same through the model takes twice the time: the ORM sorts every row into its mapped attributes first.
    """
    if rows:
        session.connection().execute(_into(model.__tablename__), rows)


def enter(session: Session, row: Base) -> None:
    """Insert one object, every column given but those that the database numbers; the session holds it as a flush would.

    The unit of work takes four times as long for one row without relations.
    """
    table = Base.metadata.tables[row.__tablename__]
    values = {column.key: getattr(row, column.key) for column in table.columns}
    session.connection().execute(_into(row.__tablename__), values)
    make_transient_to_detached(row)
    session.add(row)


@cache
def _into(table: str) -> Insert:
    return insert(Base.metadata.tables[table])
