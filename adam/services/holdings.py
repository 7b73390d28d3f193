"""What every record is counted with, kept by each process for each database and caught up with the history.

Like the index of the records (register.py) it holds what is committed only, brought forward by the chain's marks;
what the asking work has itself changed is laid over it for that work alone.
"""

from __future__ import annotations

import logging
import time
from threading import RLock, Thread

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import system
from adam.matching.cycles import uncollected
from adam.models.project_parts import Contribution, ProjectOrganization
from adam.queries import changes, holdings
from adam.queries.changes import Changes, Mark
from adam.services import columns
from adam.services.columns import Columns
from adam.services.register import pending
from adam.services.rules import Rules
from adam.services.work import Work, working

log = logging.getLogger("adam.holdings")
ANEW, MANY = 0.25, 1000
"""Where more than this share of the records changed, and so many, reading all anew is quicker."""


class Holdings:
    """The columns of one database, and up to where in its history they are."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.columns: Columns | None = None
        self.mark = Mark()
        self.owed: frozenset[str] = frozenset()

    def current(self, w: Work) -> Columns:
        """The columns as this work sees them; one small query where nothing changed."""
        own = pending(w)
        with self.lock:
            self._catch_up(w, own)
            assert self.columns is not None
            found = self.columns
        return found.changed(holdings.some(w.session, own), own) if own else found

    def _catch_up(self, w: Work, own: frozenset[str]) -> None:
        news = changes.since(w.session, self.mark) if self.columns is not None else None
        if news is None and self.columns is not None and self._ahead_of(w):
            return
        if news is None or self.columns is None or news.all or self._too_many(news):
            self._read(w.session, own)
            return
        wanted = (news.records | self.owed | _naming(w.session, news.bodies)) - own
        if wanted:
            self.columns = self.columns.changed(holdings.some(w.session, wanted), wanted)
        self.owed = (news.records | self.owed) & own
        self.mark = news.until

    def _too_many(self, news: Changes) -> bool:
        return len(news.records) > max(MANY, ANEW * len(self.columns or ()))

    def _read(self, session: Session, own: frozenset[str]) -> None:
        started, until = time.monotonic(), changes.last(session)
        found = columns.empty()
        with uncollected():
            for portion in holdings.portions(session):
                found = found.changed([one for one in portion if one.id not in own], ())
        self.columns, self.mark, self.owed = found, until, own
        log.info("Read the figures of %d records in %.1f seconds.", len(found), time.monotonic() - started)

    def _ahead_of(self, w: Work) -> bool:
        """Whether this work reads an older state of the same chain, as a long transaction on SQLite may."""
        with w.session.get_bind().engine.connect().execution_options(read_only=True) as connection:
            return bool(self.mark.number) and changes.stands(connection, self.mark)


def _naming(session: Session, bodies: frozenset[str]) -> frozenset[str]:
    """The records that name one of these bodies, which may belong to another partner now."""
    found: set[str] = set()
    for table in (ProjectOrganization, Contribution) if bodies else ():
        query = select(table.project_id).where(table.organization_id.in_(sorted(bodies)))
        found.update(session.scalars(query))
    return frozenset(found)


_kept: dict[str, Holdings] = {}
_lock = RLock()


def current(w: Work) -> Columns:
    """What every record is counted with, as this work sees it."""
    url = str(w.session.get_bind().engine.url)
    with _lock:
        kept = _kept.setdefault(url, Holdings())
    return kept.current(w)


def forget(url: str) -> None:
    """Read anew when next asked: for a database that goes back to what it was without its history saying so."""
    with _lock:
        _kept.pop(url, None)


def warm(make: sessionmaker[Session], rules: Rules) -> Thread:
    """Have the columns there before they are asked for, in a thread of its own."""

    def read() -> None:
        try:
            with working(make, system("figures"), rules, read_only=True) as w:
                current(w)
        except SQLAlchemyError as wrong:
            log.warning("The figures will be read when they are next asked for: %s", wrong)

    thread = Thread(target=read, name="figures", daemon=True)
    thread.start()
    return thread
