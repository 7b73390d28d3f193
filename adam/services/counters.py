"""Numbers for references (ADAM-000123), given out once, in the transaction that uses them."""

from __future__ import annotations

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from adam.models.vocabulary import Counter

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


def take(session: Session, name: str, many: int = 1) -> range:
    """The next `many` numbers of a counter; waits for whoever took some and has not committed yet."""
    changed = update(Counter).where(Counter.name == name).values(value=Counter.value + many)
    last = session.scalar(changed.returning(Counter.value), execution_options={"synchronize_session": False})
    if last is None:
        _begin(session, name)
        return take(session, name, many)
    return range(last - many + 1, last + 1)


def reference(session: Session, name: str) -> str:
    """The next reference of a kind, such as S-000214."""
    return FORMS[name].format(take(session, name)[0])


def lock(session: Session, name: str) -> None:
    """Wait until nobody else holds this counter; held until the transaction ends."""
    query = select(Counter.value).where(Counter.name == name).with_for_update()
    if session.scalar(query) is None:
        _begin(session, name)
        session.scalar(query)


def _begin(session: Session, name: str) -> None:
    """Two may begin a counter at once; the second finds it there."""
    try:
        with session.begin_nested():
            session.execute(insert(Counter).values(name=name, value=0))
    except IntegrityError:
        return
