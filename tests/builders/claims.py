"""Findings written into the database of a test, without a screening: what is tested is what is asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from adam.models import Base, new_id
from adam.services.work import Work
from tests.builders.recording import recorded
from tests.conftest import NOW

_numbers = count(1)
CELL = {"kind": "fragmentation", "country": "TJ", "pillar": "I", "assistance_type": None}


def claimed(session: Session, a: str | None, b: str | None, **columns: Any) -> str:
    """A finding about two records, or with (None, None) about a cell; answers its id."""
    number = next(_numbers)
    ends = sorted(key for key in (a, b) if key) or [None, None]
    usual: dict[str, Any] = {"country": None, "pillar": None, "assistance_type": None}
    row = usual | {
        "id": new_id(),
        "reference": f"T-{number:06d}",
        "subject": f"{a}|{b}|{number}",
        "kind": "component",
        "a_id": ends[0],
        "b_id": ends[1],
        "score": Decimal("0.90000"),
        "prior": Decimal(0),
        "evidence": [],
        "stake": None,
        "stake_reason": None,
        "state": "open",
        "fingerprint": "",
        "group_key": None,
        "rules_version": "1",
        "first_seen": NOW,
        "last_seen": NOW,
        "version": 1,
    }
    row |= columns
    session.execute(insert(Base.metadata.tables["findings"]), [row])
    return str(row["id"])


def group(session: Session, ids: Sequence[str], **columns: Any) -> list[str]:
    """A finding for each pair of these records, all of one group; the later a pair the more is at stake."""
    pairs = [(a, b) for at, a in enumerate(ids) for b in ids[at + 1 :]]
    return [
        claimed(session, a, b, **{"group_key": ids[0], "stake": Decimal(number * 100)} | columns)
        for number, (a, b) in enumerate(pairs, 1)
    ]


def records(w: Work, number: int, owner: str = "NO", **differences: Any) -> list[str]:
    """So many records; answers their ids."""
    return [
        recorded(w, owner, **{"title": f"Posts, lot {one}", "identifiers": []} | differences).id
        for one in range(number)
    ]
