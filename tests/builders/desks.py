"""A focal point at a desk: uploads files, lets the worker do them, and looks at what became of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.database import sessions
from adam.domain.actors import Actor, system
from adam.models.imports import Import, ImportRow
from adam.queries import imports as questions
from adam.schemas.claims import judge
from adam.services import accounts, import_jobs, import_runs, jobs, rules
from adam.services.import_jobs import Upload
from adam.services.work import Work, working
from tests.databases import Database


class Desk:
    """One partner's focal point on a database that truly commits."""

    def __init__(self, database: Database, partner: str = "NO"):
        self.make = sessions(database.engine)
        with working(self.make, system("tests"), rules.load()) as w:
            draft = {"name": partner, "role": "focal_point", "partner": partner, "password": None}
            account = accounts.create(w, draft | {"email": f"{partner}@test.example"})
            self.actor = accounts.actor_of(account)

    def do(self, verb: Callable[[Work], Any], actor: Actor | None = None) -> Any:
        """One kept transaction."""
        with working(self.make, actor or self.actor, rules.load()) as w:
            return verb(w)

    def send(self, content: bytes, form: str = "csv", mode: str = "dry_run") -> Import:
        """Upload a file and let the worker read it."""
        given = Upload(f"C:\\files\\projects.{form}", content, form, mode)
        found = self.do(lambda w: import_jobs.upload(w, given))
        self.work()
        return self.read(found.id)

    def apply(self, import_id: str) -> Import:
        """Apply a trial run and let the worker do it."""
        found = self.do(lambda w: import_jobs.apply(w, import_id))
        self.work()
        return self.read(found.id)

    def work(self) -> int:
        """The worker does all that is due."""
        return jobs.work_off(self.make, rules.load(), {import_jobs.KIND: import_runs.handler(judge)})

    def read(self, import_id: str) -> Import:
        """An import as it stands."""
        return self.do(lambda w: questions.one(w.session, w.actor, import_id))

    def rows(self, import_id: str) -> list[ImportRow]:
        """Its rows."""
        return self.ask(lambda s: list(s.scalars(questions.rows(import_id).order_by(ImportRow.number))))

    def ask(self, question: Callable[[Session], Any]) -> Any:
        """The answer of the database as it is now."""
        with self.make() as session:
            return question(session)

    def count(self, table: type) -> int:
        """How many rows a table has."""
        return self.ask(lambda session: session.scalar(select(func.count()).select_from(table)))
