"""Fills a database with made-up records by plain inserts, past the verbs: for benchmarks of reading only.

Nothing is written to the history, so only a process that starts afterwards knows of the records.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import _projects as projects
from sqlalchemy import Engine, insert, select

BATCH = 5_000
Rows = dict[str, list[dict[str, Any]]]


def fill(engine: Engine, many: int) -> None:
    """Add so many records to a database that has the vocabulary."""
    from adam.models import Base

    bodies = Bodies(engine)
    for rows in batches(many, bodies):
        with engine.begin() as connection:
            for name, values in bodies.new().items():
                connection.execute(insert(Base.metadata.tables[name]), values)
            for name, values in rows.items():
                connection.execute(insert(Base.metadata.tables[name]), values)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


class Bodies:
    """Organizations by name; `new` are those met since it was asked last."""

    def __init__(self, engine: Engine):
        from adam.models.partners import Organization

        with engine.connect() as connection:
            columns = (Organization.name, Organization.id)
            self.ids: dict[str, str] = dict(connection.execute(select(*columns)).all())
        self.added: list[dict[str, Any]] = []

    def of(self, name: str) -> str:
        """The id of a body."""
        from adam.domain.organizations import normalized
        from adam.models import new_id

        if name not in self.ids:
            self.ids[name] = new_id()
            row = {"id": self.ids[name], "name": name, "normalized": normalized(name), "listed": False}
            self.added.append(row)
        return self.ids[name]

    def new(self) -> Rows:
        """The rows of bodies that are not stored yet."""
        rows, self.added = self.added, []
        return {"organizations": rows} if rows else {}


def batches(many: int, bodies: Bodies) -> Iterator[Rows]:
    """Rows by table, for so many records, a batch at a time."""
    for start in range(0, many, BATCH):
        rows: Rows = defaultdict(list)
        made = projects.projects(min(BATCH, many - start), seed=1 + start)
        for number, one in enumerate(made, start):
            _project(rows, one, number, bodies)
        yield rows


def _project(rows: Rows, one: projects.Made, number: int, bodies: Bodies) -> None:
    from adam.models import new_id

    said, now = one.document, datetime.now(UTC)
    begins, ends = (date.fromisoformat(said[name]) for name in ("start_planned", "end_planned"))
    [money] = said["contributions"]
    key = {"project_id": new_id()}
    rows["projects"].append(
        {
            "id": key["project_id"],
            "reference": f"BENCH-{number:07d}",
            "owner": one.partner,
            "language": "en",
            "usd": Decimal(money["amount"]),
            "usd_kind": money["kind"],
            "without_rate": 0,
            "added": {},
            "document": _whole(said),
            "fingerprint": hashlib.sha256(str(said).encode()).hexdigest(),
            "begins": begins,
            "ends": ends,
            "created_at": now,
            "updated_at": now,
            "version": 1,
            "start_planned": begins,
            "end_planned": ends,
        }
        | {name: said[name] for name in ("title", "description", "status", "visibility")}
    )
    _parts(rows, one, key, bodies)
    _words(rows, said, key)


def _words(rows: Rows, said: dict[str, Any], key: dict[str, str]) -> None:
    """What is searched of the record, as services/searches.py keeps it; of countries their codes alone."""
    from adam.domain.searches import texts

    reference = rows["projects"][-1]["reference"]
    rows["search_texts"].append(key | texts(said, reference, [one["country"] for one in said["countries"]]))


def _whole(said: dict[str, Any]) -> dict[str, Any]:
    """The document with every field, as the schema leaves it."""
    from adam.domain.additions import whole

    none = dict.fromkeys(("commitment", "share", "rationale"))
    pillars = [none | row | {"proposed": False} for row in said["pillars"]]
    countries = [{"share": None} | row for row in said["countries"]]
    return whole(said) | {"language": "en", "pillars": pillars, "countries": countries}


def _parts(rows: Rows, one: projects.Made, key: dict[str, str], bodies: Bodies) -> None:
    said = one.document
    [money] = said["contributions"]
    for body in said["organizations"]:
        row = key | {"role": body["role"], "organization_id": bodies.of(body["name"]), "name": body["name"]}
        rows["project_organizations"].append(row)
    rows["project_countries"].extend(key | row for row in said["countries"])
    rows["assignments"].extend(key | row | {"proposed": False} for row in said["pillars"])
    rows["project_assistance_types"].extend(
        key | {"assistance_type": one} for one in said["assistance_types"]
    )
    rows["identifiers"].extend(key | row | {"owner": "XX-BEN"} for row in said["identifiers"])
    plain = {name: money[name] for name in ("kind", "currency")}
    amount = Decimal(money["amount"])
    rows["contributions"].append(
        key | plain | {"amount": amount, "usd": amount, "value_date": date.fromisoformat(money["value_date"])}
    )
