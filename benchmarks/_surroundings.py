"""What surrounds made-up records in a database in use: submissions, history, findings, verdicts, people, a few secrets.

By plain inserts like _filling.py: for benchmarks of reading only. Numbers follow from that of the records.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text

PAIRS = ("overlap", "duplicate_assistance", "component", "same_money", "record_duplicate", "continuation")
PAGE = 2_000
STARTED = datetime(2026, 1, 1, tzinfo=UTC)
SECRET = {"partners": 7, "confidential": 8}
"""Every so manieth record is for partners, or confidential: so often that each page of a list shows some of both."""
Rows = list[dict[str, Any]]


def surround(engine: Engine) -> None:
    """Add submissions, history, findings, judgements and focal points around the records that are there."""
    from adam.models.projects import Project

    columns = (Project.id, Project.owner, Project.title, Project.document)
    last, number = "", 0
    while True:
        with engine.begin() as connection:
            query = select(*columns).where(Project.id > last).order_by(Project.id).limit(PAGE)
            found = connection.execute(query).all()
            if not found:
                break
            _page(connection, found, number)
        last, number = found[-1].id, number + len(found)
    with engine.begin() as connection:
        keep_secret(connection)
        plant(connection)
        _add(connection, "focal_points", list(_people(connection)))
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    else:
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA optimize")


def keep_secret(connection: Connection) -> None:
    """Make some records of all the same ones secret, whatever they were before."""
    connection.execute(text("UPDATE projects SET visibility = 'public' WHERE visibility <> 'public'"))
    for visibility, every in SECRET.items():
        connection.execute(
            text(f"UPDATE projects SET visibility = '{visibility}' WHERE id IN ({_each(every)})")
        )


def plant(connection: Connection) -> None:
    """A question about two records of one partner in one country, one of them secret: few sets of 1,000 have one."""
    query = "SELECT id, title FROM projects WHERE owner = 'NO' AND id IN ({}) ORDER BY id LIMIT 2"
    there = "SELECT project_id FROM project_countries WHERE country = 'AF'"
    found = connection.execute(text(query.format(there))).all()
    if len(found) == 2:
        asked = {"kind": "record_duplicate", "state": "open"}
        _add(connection, "findings", [next(_findings(found, 9_000_000, Random("planted"))) | asked])
        secret = "UPDATE projects SET visibility = 'confidential' WHERE id = :id"
        connection.execute(text(secret), {"id": found[0].id})


def _each(every: int) -> str:
    return f"SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM projects) AS q WHERE n % {every} = 0"


def _page(connection: Connection, found: Sequence[Any], number: int) -> None:
    chance = Random(f"surroundings/{number}")
    _add(connection, "submissions", [_submission(row, number + at) for at, row in enumerate(found)])
    _add(connection, "history", [entry for row in found for entry in _story(row)])
    findings = list(_findings(found, number, chance))
    _add(connection, "findings", findings)
    _add(connection, "judgements", [_judgement(row) for row in findings if row["state"] == "decided"])


def _add(connection: Connection, table: str, rows: Rows) -> None:
    from adam.models import Base

    if rows:
        connection.execute(insert(Base.metadata.tables[table]), rows)


def _digest(*parts: Any) -> str:
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()


def _submission(row: Any, number: int) -> dict[str, Any]:
    """One validated submission a record; every two hundredth waits to be validated, as an update."""
    from adam.models import new_id

    waits = number % 200 == 0
    at = STARTED + timedelta(minutes=number % 400_000)
    return {
        "id": new_id(),
        "reference": f"BENCH-S-{number:07d}",
        "partner": row.owner,
        "source_ref": f"key-{number}",
        "project_id": row.id,
        "state": "submitted" if waits else "validated",
        "title": row.title,
        "document": row.document,
        "digest": _digest(row.id),
        "origin": "api",
        "created_at": at,
        "updated_at": at,
        "submitted_at": at,
        "decided_at": None if waits else at,
        "version": 3,
    }


def _story(row: Any) -> Iterator[dict[str, Any]]:
    for action, after in (("project.recorded", row.document), ("project.still_correct", row.document)):
        yield {
            "at": STARTED,
            "actor": "benchmark",
            "action": action,
            "entity": "project",
            "entity_id": row.id,
            "before": None if action == "project.recorded" else row.document,
            "after": after,
            "hash": _digest(row.id, action),
        }


def _findings(found: Sequence[Any], number: int, chance: Random) -> Iterator[dict[str, Any]]:
    """A finding about every third record and its neighbour; one in five is decided."""
    from adam.models import new_id

    for at, (one, other) in enumerate(pairwise(found)):
        if at % 3:
            continue
        a, b = sorted((one.id, other.id))
        kind = PAIRS[chance.randrange(len(PAIRS))]
        yield {
            "id": new_id(),
            "reference": f"BENCH-F-{number + at:07d}",
            "subject": f"{a}|{b}",
            "kind": kind,
            "a_id": a,
            "b_id": b,
            "score": Decimal(chance.randrange(50_000, 99_999)) / 100_000,
            "prior": Decimal(-3),
            "evidence": [
                _evidence(name, one.title, other.title) for name in ("title", "countries", "start", "amount")
            ],
            "stake": Decimal(chance.randrange(10_000, 9_000_000)),
            "stake_reason": "12.0 shared months at the lower of the two rates.",
            "state": "decided" if chance.random() < 0.2 else "open",
            "fingerprint": _digest(a, b),
            "rules_version": "bench",
            "first_seen": STARTED,
            "last_seen": STARTED,
            "version": 1,
        }


def _evidence(feature: str, left: str, right: str) -> dict[str, Any]:
    sentence = f"They are near each other: {left} and {right}"
    return {
        "feature": feature,
        "level": "close",
        "score": 1.1,
        "left": left,
        "right": right,
        "sentence": sentence,
    }


def _judgement(finding: dict[str, Any]) -> dict[str, Any]:
    return {
        "finding_id": finding["id"],
        "subject": finding["subject"],
        "verdict": finding["kind"],
        "reason": "As both focal points say.",
        "fingerprint": finding["fingerprint"],
        "author": "benchmark",
        "at": STARTED,
    }


def _people(connection: Connection) -> Iterator[dict[str, Any]]:
    """One focal point a partner."""
    from adam.models import new_id
    from adam.models.partners import Partner

    for code in connection.scalars(select(Partner.code).order_by(Partner.code)):
        yield {
            "id": new_id(),
            "partner": code,
            "kind": "national",
            "name": f"Focal Point of {code}",
            "email": f"{code.lower()}@example.org",
            "since": date(2020, 1, 1),
            "version": 1,
        }
