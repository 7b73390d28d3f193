"""Numbers for references (ADAM-000123), given out once, in the transaction that uses them."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from adam.models.vocabulary import Counter
from adam.queries.prepared import Prepared, connection_of

FORMS = {
    "project": "ADAM-{:06d}",
    "submission": "S-{:06d}",
    "finding": "F-{:06d}",
    "report": "R-{:04d}",
    "validation_round": "V-{:04d}",
    "meeting": "M-{:04d}",
    "recommendation": "REC-{:04d}",
    "case": "C-{:04d}",
}


_COUNTERS = Counter.metadata.tables[Counter.__tablename__]
_OF_NAME = _COUNTERS.c.name == bindparam("counter")
_TAKE = Prepared(
    update(_COUNTERS)
    .where(_OF_NAME)
    .values(value=_COUNTERS.c.value + bindparam("many"))
    .returning(_COUNTERS.c.value)
)
_LOCK = Prepared(select(_COUNTERS.c.value).where(_OF_NAME).with_for_update())
"""Asked by every change of anything, and so made once."""


def take(session: Session, name: str, many: int = 1) -> range:
    """The next `many` numbers of a counter; waits for whoever took some and has not committed yet."""
    last: int | None = _TAKE.scalar(session, counter=name, many=many)
    if last is None:
        _begin(session, name)
        return take(session, name, many)
    return range(last - many + 1, last + 1)


def reference(session: Session, name: str) -> str:
    """The next reference of a kind, such as S-000214."""
    return FORMS[name].format(take(session, name)[0])


def lock(session: Session, name: str) -> None:
    """Wait until nobody else holds this counter; held until the transaction ends.

    A transaction of SQLite that may write is alone from its beginning.
    """
    if connection_of(session).dialect.name == "sqlite":
        return
    if _LOCK.scalar(session, counter=name) is None:
        _begin(session, name)
        _LOCK.scalar(session, counter=name)


def _begin(session: Session, name: str) -> None:
    """Two may begin a counter at once; the second finds it there."""
    try:
        with session.begin_nested():
            session.execute(insert(Counter).values(name=name, value=0))
    except IntegrityError:
        return
