"""Work: all that a verb may lean on, and the one way to begin and end it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import Actor
from adam.errors import Problem
from adam.queries import changes, marks, vocabulary
from adam.queries.changes import Mark
from adam.queries.marks import Marks
from adam.services import history, outbox
from adam.services.rules import Rules


@dataclass(slots=True)
class Work:
    """One transaction of one actor: a session, who acts, the rules in force, and when.

    Verbs never commit. What they `record` is written to the history when the work ends, in the same transaction.
    `known` holds answers that it was given before, under keys that say of which state.
    """

    session: Session
    actor: Actor
    rules: Rules
    now: datetime
    changes: list[history.Change] = field(default_factory=list)
    announced: list[history.Change] = field(default_factory=list)
    known: dict[Any, Any] = field(default_factory=dict)
    judged: tuple[Any, Any, tuple[Problem, ...]] | None = None
    _vocabulary: vocabulary.Vocabulary | None = None
    _marks: Marks | None = None
    _changed: Mark | None = None

    @property
    def today(self) -> date:
        """The day of this work, in UTC."""
        return self.now.date()

    @property
    def vocabulary(self) -> vocabulary.Vocabulary:
        """The shared words, read once a work."""
        if self._vocabulary is None:
            self._vocabulary = vocabulary.snapshot(self.session, self.marks.vocabulary)
        return self._vocabulary

    @property
    def marks(self) -> Marks:
        """What tells whether something kept in memory still holds, asked once a work."""
        if self._marks is None:
            self._marks = marks.read(self.session)
        return self._marks

    @property
    def changed(self) -> Mark:
        """The newest step of the history that is more than a look at something, asked once a work."""
        if self._changed is None:
            self._changed = changes.last_but_reading(self.session)
        return self._changed

    def record(
        self,
        action: str,
        subject: tuple[str, str],
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        """Keep a change for the history; `subject` is (entity, id)."""
        self.changes.append(history.Change(action, subject[0], subject[1], before, after))

    def announce(self, action: str, subject: tuple[str, str], after: dict[str, Any]) -> None:
        """Tell webhooks of something that is no step of the history, such as a new finding."""
        self.announced.append(history.Change(action, subject[0], subject[1], None, after))

    def finish(self) -> None:
        """Write the history of this work, and what webhooks tell of it; called at its end, before the commit."""
        outbox.write(self.session, [*self.changes, *self.announced], self.now)
        self.announced.clear()
        history.write(self.session, self.changes, (self.actor.account, self.actor.label), self.now)
        self.changes.clear()
        self._changed = None


@contextmanager
def working(
    make: sessionmaker[Session], actor: Actor, rules: Rules, *, read_only: bool = False
) -> Iterator[Work]:
    """Open a transaction as Work; committed with its history at the end, rolled back when anything is raised."""
    with make() as session:
        if read_only:
            session.connection(execution_options={"read_only": True, "postgresql_readonly": True})
        work = Work(session, actor, rules, datetime.now(UTC))
        try:
            yield work
            if read_only:
                session.rollback()
            else:
                work.finish()
                session.commit()
        except BaseException:
            session.rollback()
            raise
