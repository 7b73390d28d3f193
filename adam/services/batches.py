"""Takes many submissions by the keys of their partner: new or differing ones are handed in, the same ones stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from adam.models.submissions import Submission
from adam.services import imports
from adam.services import submission_access as access
from adam.services.work import Work

ORIGIN = "api"
RESULTS = (imports.NEW, imports.UPDATED, imports.UNCHANGED, imports.REFUSED)


def take(w: Work, sent: Sequence[dict[str, Any]], judge: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """The outcome of each of {"source_ref", "project"} in order, and how many had which; none blocks another.

    Raises Forbidden for whoever writes for no partner.
    """
    partner = access.partner_of(w)
    outcomes = imports.take(w, [_item(row, judge) for row in sent], imports.Options(partner, origin=ORIGIN))
    w.session.expire_all()
    stands = _standing(w, partner, [row["source_ref"] for row in sent])
    items = [_told(number, outcome, stands) for number, outcome in enumerate(outcomes)]
    counted = Counter(item["result"] for item in items)
    return {"items": items, "counts": {name: counted[name] for name in RESULTS}}


def _item(row: dict[str, Any], judge: Callable[[dict[str, Any]], Any]) -> imports.Item:
    read = judge(row["project"])
    return imports.Item(row["source_ref"], read.draft, read.problems, part=read.part)


def _standing(w: Work, partner: str, keys: Sequence[str]) -> dict[str, Any]:
    named = (
        Submission.source_ref,
        Submission.id,
        Submission.project_id,
        Submission.state,
        Submission.version,
    )
    query = select(*named).where(Submission.partner == partner, Submission.source_ref.in_(keys))
    return {row.source_ref: row for row in w.session.execute(query)}


def _told(number: int, outcome: imports.Outcome, stands: dict[str, Any]) -> dict[str, Any]:
    key = outcome.item.source_ref or ""
    row = stands.get(key)
    return {
        "source_ref": key,
        "result": outcome.result,
        "submission_id": row.id if row else None,
        "project_id": row.project_id if row else None,
        "state": row.state if row else None,
        "version": row.version if row else None,
        "problems": [
            {"pointer": item.pointer, "code": item.code, "detail": item.detail, "row": number}
            for item in outcome.problems
        ],
    }
