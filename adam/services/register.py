"""The index over all accepted records: one for each process and database, built once and then caught up.

What it was caught up to is a mark in the history's chain (queries/changes.py). It holds what is committed only: what
the asking work itself changed is left to whoever asks after its commit. No facts are kept beside the index.

Commands wait for it (`current`). Requests never wait for a large one to be built (`ready`): that is done in a thread of
its own, and until then they do without, or with the index as it was.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock, RLock, Thread

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import system
from adam.matching import Hit, Index, Pair, Record, Told
from adam.matching.rivals import Rivals
from adam.queries import changes, comparing
from adam.queries.changes import Changes, Mark
from adam.services import snapshots
from adam.services.records import record_of
from adam.services.rules import Rules
from adam.services.work import Work, working

log = logging.getLogger("adam.register")
OFTEN, MANY = 300.0, 1000
"""A snapshot is written at most every so many seconds, and after at least so many changes."""
ANEW = 0.5
"""Where more than this share of the records changed, building anew is quicker than catching up."""
AT_ONCE, LITTLE, PATIENCE = 1000, 200, 0.25
"""A request indexes up to so many records itself, takes in so many changes, and waits so many seconds for others."""


class Register:
    """The index of one database, brought forward by one thread at a time (`catching`).

    Every question, and every change of the index, is asked under its `lock`, which nobody holds for long.
    """

    def __init__(self, url: str):
        self.name = hashlib.sha256(url.encode()).hexdigest()[:12]
        self.folder: Path | None = None
        self.lock, self.catching, self.saving = RLock(), RLock(), Lock()
        self.index: Index | None = None
        self.mark = Mark()
        self.rules = ""
        self.owed: frozenset[str] = frozenset()
        self.unsaved = 0
        self.saved_at = -OFTEN
        self.behind: Thread | None = None

    def __len__(self) -> int:
        return len(self.index) if self.index is not None else 0

    def hits(self, record: Record, limit: int, threshold: float) -> list[Hit]:
        """The best claims about the record and any other, without reasons."""
        with self.lock:
            assert self.index is not None
            return self.index.hits(record, limit, threshold)

    def told(self, record: Record, threshold: float) -> list[Told]:
        """What is said of the record and any other before rivals are weighed, best first."""
        with self.lock:
            assert self.index is not None
            return self.index.told(record, threshold)

    def explained(
        self, record: Record, others: Iterable[Record], threshold: float, rivals: Rivals | None = None
    ) -> list[Pair]:
        """The claims with reasons about the record and each of these others; rivals as for Index.explained."""
        with self.lock:
            assert self.index is not None
            return self.index.explained(record, others, threshold, rivals)

    def catch_up(self, w: Work) -> None:
        """Bring the index to what is committed; one small query where nothing changed."""
        with self.catching:
            if self.index is None and self.folder is not None:
                self._restore(w)
            news = self._news(w)
            if news is None and self.index is not None and self._ahead_of(w):
                return
            if news is None or news.all or len(news.records) > max(MANY, ANEW * len(self)):
                self._build(w)
            else:
                self._apply(w, news)
            if self.index is not None and self.index.outgrown:
                self._build(w)

    def catch_up_soon(self, w: Work) -> bool:
        """Catch up if that is soon done, else have it done behind; whether there is an index to ask meanwhile."""
        if self.preparing or not self.catching.acquire(timeout=PATIENCE):
            return self.index is not None
        try:
            news = self._news(w)
            ahead = news is None and self.index is not None and self._ahead_of(w)
            little = news is not None and not news.all and len(news.records) <= LITTLE
            if news is not None and little:
                self._apply(w, news)
            if ahead or little and self.index is not None and not self.index.outgrown:
                return True
            if _few(w):
                self.catch_up(w)
                return True
            if news is None:
                self.index = None
            self.prepare(sessionmaker(w.session.get_bind().engine, autoflush=False), w.rules)
            return self.index is not None
        finally:
            self.catching.release()

    @property
    def preparing(self) -> bool:
        """Whether a thread of its own is bringing the index forward."""
        return self.behind is not None and self.behind.is_alive()

    def prepare(self, make: sessionmaker[Session], rules: Rules) -> Thread:
        """Bring the index forward in a thread of its own, and write a snapshot of it for the next start."""

        def forward() -> None:
            try:
                with working(make, system("index"), rules, read_only=True) as w:
                    self.catch_up(w)
            except SQLAlchemyError as wrong:
                log.warning("The index will be built when it is next asked for: %s", wrong)
                return
            if self.worth_saving:
                self.save()

        self.behind = Thread(target=forward, name="index", daemon=True)
        self.behind.start()
        return self.behind

    def save(self) -> None:
        """Write a snapshot where this database has a folder for it; nothing is raised when that fails.

        Questions are answered meanwhile: what is written is the index as it was when that began.
        """
        if self.folder is None or not self.saving.acquire(blocking=False):
            return
        try:
            with self.lock:
                if self.index is None:
                    return
                written, mark, rules = self.index.as_it_is(), self.mark, self.rules
                unsaved, self.unsaved, self.saved_at = self.unsaved, 0, time.monotonic()
            snapshots.write((self.folder, self.name), written, mark, rules)
        except OSError as wrong:
            self.unsaved += unsaved
            log.warning("No snapshot of the index was written to %s: %s", self.folder, wrong)
        finally:
            self.saving.release()

    @property
    def worth_saving(self) -> bool:
        """Whether so much changed since the last snapshot that the next start would feel it."""
        return self.folder is not None and self.unsaved >= max(MANY, len(self) // 100)

    def save_behind(self) -> None:
        """Write a snapshot in a thread of its own, if one is due."""
        if self.worth_saving and time.monotonic() - self.saved_at >= OFTEN:
            self.saved_at = time.monotonic()
            Thread(target=self.save, name="snapshot", daemon=True).start()

    def _news(self, w: Work) -> Changes | None:
        """What changed since; None where that can't be told."""
        if self.index is None or self.rules != w.rules.version:
            return None
        return changes.since(w.session, self.mark)

    def _restore(self, w: Work) -> None:
        """Start from the snapshot, if there is one of this database under these rules."""
        assert self.folder is not None
        found = snapshots.read((self.folder, self.name), w.rules, _nothing)
        if found is None:
            return
        if not changes.stands(w.session, found.mark):
            log.warning("The snapshot of the index is of another database: it is ignored.")
            return
        with self.lock:
            self.index, self.mark, self.rules = found.index, found.mark, w.rules.version
            self.saved_at = time.monotonic()

    def _build(self, w: Work) -> None:
        """Read every record; what this work has changed is not committed and is left out until it is."""
        started, until = time.monotonic(), changes.last(w.session)
        own = pending(w)
        index = Index(_records(w.session, own), w.rules.policy, _nothing)
        with self.lock:
            self.index = index
            self.mark, self.rules, self.owed = until, w.rules.version, own
            self.unsaved = len(self)
        log.info("Indexed %d records in %.1f seconds.", len(self), time.monotonic() - started)

    def _apply(self, w: Work, news: Changes) -> None:
        own = pending(w)
        wanted = (news.records | self.owed) - own
        found = comparing.some(w.session, wanted) if wanted else {}
        for record_id in sorted(wanted):
            with self.lock:
                assert self.index is not None
                if record_id in found:
                    self.index.put(record_of(found[record_id]))
                else:
                    self.index.drop(record_id)
        with self.lock:
            self.unsaved += len(wanted)
            self.owed = (news.records | self.owed) & own
            self.mark = news.until
        self.save_behind()

    def _ahead_of(self, w: Work) -> bool:
        """Whether this work reads an older state of the same chain, as a long transaction on SQLite may."""
        with w.session.get_bind().engine.connect().execution_options(read_only=True) as connection:
            return changes.stands(connection, self.mark)


def _nothing(_ids: Sequence[str]) -> Mapping[str, Record]:
    """No facts are kept beside the index: whoever asks for reasons brings the records."""
    return {}


def pending(w: Work) -> frozenset[str]:
    """The records that this work has changed and not yet committed."""
    return frozenset(
        change.entity_id
        for change in w.changes
        if change.entity == changes.RECORD and change.action not in changes.HARMLESS
    )


def _records(session: Session, without: Iterable[str]) -> Iterator[Record]:
    left_out = frozenset(without)
    for portion in comparing.portions(session):
        yield from (record_of(item) for item in portion.values() if item.id not in left_out)


_kept: dict[str, Register] = {}
_lock = Lock()


def of(url: str, folder: Path | None = None) -> Register:
    """The register of a database in this process; `folder` is where its snapshots go from now on."""
    with _lock:
        register = _kept.setdefault(url, Register(url))
        if folder is not None:
            register.folder = folder
        return register


def warm(make: sessionmaker[Session], rules: Rules) -> Thread:
    """Have the index there before it is asked for, in a thread of its own, and its snapshot for the next start."""
    with make() as session:
        return of(str(session.get_bind().engine.url)).prepare(make, rules)


def current(w: Work) -> Register:
    """The register of this work's database, caught up with all that is committed, however long that takes."""
    register = of(str(w.session.get_bind().engine.url))
    register.catch_up(w)
    return register


def ready(w: Work) -> Register | None:
    """The register for a request, which does not wait for a large index to be built; None while there is none."""
    register = of(str(w.session.get_bind().engine.url))
    return register if register.catch_up_soon(w) else None


def _few(w: Work) -> bool:
    """Whether the records are so few that indexing them takes no longer than a page."""
    some = comparing.standing().limit(AT_ONCE + 1).subquery()
    return (w.session.scalar(select(func.count()).select_from(some)) or 0) <= AT_ONCE
