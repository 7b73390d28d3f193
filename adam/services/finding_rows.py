"""Stores the engine's claims as findings: new ones open, decided ones stand until a deciding field changes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import aliased

from adam.domain.findings import DECIDED, GONE, OPEN, REOPENED, STATED
from adam.domain.stakes import at_stake
from adam.matching import Pair
from adam.models import new_id
from adam.models.findings import Finding, Judgement
from adam.models.projects import Project
from adam.queries.comparing import Facts
from adam.services import bulk, counters
from adam.services.records import side_of
from adam.services.wording import in_words
from adam.services.work import Work

CHUNK = 400
Row = dict[str, Any]


@dataclass(slots=True)
class Changes:
    """How many findings are new, were reopened, or are gone."""

    new: int = 0
    reopened: int = 0
    gone: int = 0


def of_pair(w: Work, pair: Pair, facts: Mapping[str, Facts], groups: Mapping[str, str]) -> Row:
    """The columns of a finding about two records."""
    a, b = facts[pair.id_a], facts[pair.id_b]
    stake = at_stake(side_of(a), side_of(b))
    together = groups.get(a.id)
    return {
        "subject": f"{a.id}|{b.id}",
        "kind": pair.kind,
        "a_id": a.id,
        "b_id": b.id,
        "country": None,
        "pillar": None,
        "assistance_type": None,
        "score": Decimal(repr(round(pair.score, 5))),
        "prior": Decimal(repr(round(pair.prior, 6))),
        "evidence": [in_words(w.vocabulary, evidence.as_dict()) for evidence in pair.evidence],
        "stake": stake.usd,
        "stake_reason": stake.reason,
        "fingerprint": fingerprint(a.fingerprint, b.fingerprint),
        "group_key": together if together and together == groups.get(b.id) else None,
        "state": STATED if _stated(pair) else OPEN,
    }


def _stated(pair: Pair) -> bool:
    """Whether a reporter itself states how the two records belong together."""
    return any(reason.feature == "relations" and reason.level == "exact" for reason in pair.evidence)


def fingerprint(*parts: str) -> str:
    """The deciding fields of all records of a finding, as one digest."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def store(
    w: Work, found: Sequence[Row], touched: Collection[str] | None = None, cells: bool = True
) -> Changes:
    """Store the claims; those of before that are not found again are gone.

    `touched` says that the claims about pairs are those of these records with any other, and `cells` whether claims
    about cells are among them: what is known about all others stays as it is.
    """
    known = {row.subject: row for row in _known(w, touched, cells)}
    judged = _judged(w, None if touched is None else {*known, *(row["subject"] for row in found)})
    changes = Changes()
    numbers = iter(
        counters.take(w.session, "finding", max(1, sum(row["subject"] not in known for row in found)))
    )
    new: list[Row] = []
    shared = {"rules_version": w.rules.version, "last_seen": w.now}
    for row in found:
        before = known.pop(row["subject"], None)
        if before is None:
            reference = counters.FORMS["finding"].format(next(numbers))
            new.append(row | shared | {"id": new_id(), "reference": reference} | _first(w))
        elif _stale(w, before, row) or _due(w, judged.get(row["subject"])):
            state = _state(w, before, row, judged)
            changes.reopened += state == REOPENED and before.state != REOPENED
            values = row | shared | {"state": state, "version": Finding.version + 1}
            if before.state == GONE and state == OPEN:
                _announce(w, before.id, state)
            w.session.execute(update(Finding).where(Finding.id == before.id).values(**values))
    bulk.add(w.session, Finding, new)
    changes.new = len(new)
    for row in new:
        _announce(w, row["id"], row["state"])
    left = [row for row in known.values() if row.state in (OPEN, REOPENED, STATED)]
    changes.gone = _gone(w, [*left, *_over(w, known.values())])
    w.session.flush()
    w.session.expire_all()
    return changes


def _announce(w: Work, finding_id: str, state: str) -> None:
    """Tell webhooks of a new question; what its reporters state themselves is none."""
    if state == OPEN:
        w.announce("finding.opened", ("finding", finding_id), {"state": state})


def _first(w: Work) -> Row:
    return {"first_seen": w.now, "version": 1}


def _known(w: Work, touched: Collection[str] | None, cells: bool) -> Iterator[Any]:
    """What is stored about all pairs and cells, or about the pairs of these records and the cells."""
    names = ("id", "subject", "state", "kind", "score", "stake", "stake_reason", "fingerprint", "group_key")
    query = select(*(getattr(Finding, name) for name in (*names, "rules_version")))
    if touched is None:
        yield from w.session.execute(query)
        return
    if cells:
        yield from w.session.execute(query.where(Finding.a_id.is_(None)))
    for part in parts(touched):
        either = or_(Finding.a_id.in_(part), Finding.b_id.in_(part))
        yield from w.session.execute(query.where(either))


def parts(values: Collection[str]) -> Iterator[list[str]]:
    """So many at a time as a statement holds."""
    listed = sorted(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def _stale(w: Work, before: Any, row: Row) -> bool:
    """Whether what is stored must be written anew: other rules, another claim, or a claim that was gone."""
    if before.state == GONE or before.rules_version != w.rules.version:
        return True
    names = ("kind", "score", "stake", "stake_reason", "fingerprint", "group_key")
    return any(getattr(before, name) != row[name] for name in names)


def _judged(w: Work, subjects: Collection[str] | None) -> dict[str, Any]:
    """Subject to its newest judgement, of all or of these subjects."""
    query = select(Judgement.subject, Judgement.fingerprint, Judgement.review_on)
    query = query.where(Judgement.undone_at.is_(None)).order_by(Judgement.id)
    if subjects is None:
        return {row.subject: row for row in w.session.execute(query)}
    return {
        row.subject: row
        for part in parts(subjects)
        for row in w.session.execute(query.where(Judgement.subject.in_(part)))
    }


def _state(w: Work, before: Any, row: Row, judged: dict[str, Any]) -> str:
    """Decided stays decided until a deciding field changes or its day of review has come; then it is reopened."""
    judgement = judged.get(row["subject"])
    if judgement is None:
        return str(row["state"])
    due = _due(w, judgement)
    if judgement.fingerprint == row["fingerprint"] and not due:
        return DECIDED
    if before.state != REOPENED:
        after = {
            "state": REOPENED,
            "because": "the day of review has come" if due else "a deciding field changed",
        }
        w.record("finding.reopened", ("finding", before.id), {"state": before.state}, after)
    return REOPENED


def _due(w: Work, judgement: Any) -> bool:
    """Whether the day on which a coordinator wanted to look again has come."""
    return judgement is not None and judgement.review_on is not None and judgement.review_on <= w.today


def _over(w: Work, rows: Iterable[Any]) -> list[Any]:
    """Decided ones that are not found again because a deciding field changed: their verdict no longer stands."""
    decided = {row.id: row for row in rows if row.state == DECIDED}
    a, b = aliased(Project), aliased(Project)
    query = select(Finding.id, a.fingerprint, b.fingerprint)
    query = query.join(a, a.id == Finding.a_id).join(b, b.id == Finding.b_id)
    # The records of a merge are one: its verdict stands until it is taken back.
    query = query.where(a.merged_into.is_(None), b.merged_into.is_(None))
    over = []
    for part in parts(decided):
        for key, *now in w.session.execute(query.where(Finding.id.in_(part))):
            if decided[key].fingerprint != fingerprint(*now):
                after = {"state": GONE, "because": "a deciding field changed"}
                w.record("finding.gone", ("finding", key), {"state": DECIDED}, after)
                over.append(decided[key])
    return over


def _gone(w: Work, rows: list[Any]) -> int:
    for part in parts([row.id for row in rows]):
        w.session.execute(update(Finding).where(Finding.id.in_(part)).values(state=GONE, last_seen=w.now))
    return len(rows)
