"""What tells whether that which is kept in memory still holds: the version of the vocabulary, the newest record."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.models.projects import Project
from adam.models.vocabulary import Counter
from adam.queries.prepared import Prepared

VOCABULARY = "vocabulary"
"""The counter that grows with every change of the vocabulary."""


class Marks(NamedTuple):
    """`records` differs once a record was added or changed; `vocabulary` is 0 where none was ever loaded."""

    vocabulary: int
    records: tuple[Any, ...]


_COUNTERS, _PROJECTS = Counter.__table__.c, Project.__table__.c
_ASKED = Prepared(
    select(
        select(_COUNTERS.value).where(_COUNTERS.name == VOCABULARY).scalar_subquery().label("vocabulary"),
        select(func.max(_PROJECTS.updated_at)).scalar_subquery().label("changed"),
        select(func.max(_PROJECTS.id)).scalar_subquery().label("added"),
    )
)


def read(session: Session) -> Marks:
    """The marks of this moment: three looks at an index."""
    found = _ASKED.first(session)
    return Marks(found.vocabulary or 0, (found.changed, found.added))
