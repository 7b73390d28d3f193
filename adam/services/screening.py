"""Introduces records to the engine and stores what it finds; verdicts stand apart and survive every rerun."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from adam.domain.findings import RECORD_KINDS
from adam.domain.visibility import may_see
from adam.matching import Pair, compare_all, group
from adam.matching.pairs import with_prior
from adam.models.findings import Need
from adam.models.vocabulary import Counter as Number
from adam.queries import comparing
from adam.queries.comparing import Facts
from adam.services import cells, counters, finding_rows, register
from adam.services.records import record_of, record_of_draft
from adam.services.wording import in_words
from adam.services.work import Work

SCREENED = "screened"
SHOWN = 5
SAME = ("record_duplicate", "same_money", "component")
NEAR = 0.002
"""From here on a record is near enough to a draft to be thought of; what is shown is judged by the policy."""
STORED = 0.3
"""Claims below this probability are not stored; `adam match` shows them on request."""


@dataclass(frozen=True, slots=True)
class Screening:
    """What a screening found: findings by kind, how many are new, reopened or gone, and what was not compared."""

    records: int
    kinds: dict[str, int]
    new: int
    reopened: int
    gone: int
    notes: tuple[str, ...] = ()
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A stored record that looks like a draft, the engine's claim about the two, and its reasons in words."""

    facts: Facts
    pair: Pair
    reasons: list[dict[str, Any]]


def run(w: Work, full: bool = False) -> Screening:
    """Compare all records and store the findings; nothing is done when nothing changed, unless `full`."""
    checksum = _checksum(w)
    last = w.session.scalar(select(Number.value).where(Number.name == SCREENED))
    if last == checksum and not full:
        return Screening(0, {}, 0, 0, 0, skipped=True)
    facts = comparing.facts(w.session)
    records = [record_of(item) for item in facts.values()]
    policy = w.rules.policy
    pairs = compare_all(records, policy, threshold=STORED)
    keys = _groups(pairs, records)
    found = [finding_rows.of_pair(w, pair, facts, keys) for pair in pairs]
    found.extend(cells.findings(w, facts.values()))
    changes = finding_rows.store(w, found)
    counters.lock(w.session, SCREENED)
    w.session.query(Number).filter(Number.name == SCREENED).update({"value": checksum})
    kinds = dict(Counter(row["kind"] for row in found))
    w.record(
        "screening.run", ("screening", w.now.isoformat()), None, {"records": len(records), "kinds": kinds}
    )
    return Screening(len(records), kinds, changes.new, changes.reopened, changes.gone, tuple(pairs.notes))


def _checksum(w: Work) -> int:
    """Changes with the records, the needs and the day: reviews come due, and cells come near their end."""
    needs = w.session.scalar(select(func.max(Need.id)))
    return int(hashlib.sha256(f"{register.stamp(w)} {needs} {w.today}".encode()).hexdigest()[:7], 16)


def screen_one(w: Work, project_id: str) -> int:
    """Compare one record with all others and store what is found; returns how many findings it has now."""
    kept = register.current(w)
    facts = kept.facts[project_id]
    pairs = kept.index.match(record_of(facts), limit=len(kept.facts), threshold=STORED)
    known = kept.facts | {project_id: facts}
    found = [finding_rows.of_pair(w, pair, known, {}) for pair in pairs]
    finding_rows.store(w, found, only=project_id)
    return len(found)


def lookalikes(w: Work, draft: dict[str, Any], itself: str | None = None) -> list[Lookalike]:
    """The likeliest records that the actor may see, best first, each with the engine's reasons.

    Whoever enters a record is asked whether it stands already; that is likelier than for any two records at random,
    and the policy says by how much.
    """
    kept = register.current(w)
    policy = w.rules.policy
    near = kept.index.match(record_of_draft(w, draft, itself or "draft"), limit=50, threshold=NEAR)
    asked = [with_prior(pair, policy.priors["asked"]) if pair.kind in SAME else pair for pair in near]
    found = []
    for pair in sorted(asked, key=lambda pair: (-pair.score, pair.id_a, pair.id_b)):
        if pair.score < policy.threshold:
            break
        facts = kept.facts[pair.other(itself or "draft")]
        if may_see(w.actor, facts.visibility, facts.owner):
            reasons = [in_words(w.vocabulary, reason.as_dict()) for reason in pair.evidence]
            found.append(Lookalike(facts, pair, reasons))
    return found[:SHOWN]


def _groups(pairs: list[Pair], records: list[Any]) -> dict[str, str]:
    """Record id → the representative of its group, for groups of three and more."""
    claims = [pair for pair in pairs if pair.kind in RECORD_KINDS]
    return {
        member: found.representative
        for found in group(claims, records)
        if len(found.members) > 2
        for member in found.members
    }
