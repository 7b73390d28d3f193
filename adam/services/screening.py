"""Introduces records to the engine and stores what it finds; verdicts stand apart and survive every rerun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from adam.domain.findings import DECIDED, GONE, RECORD_KINDS
from adam.matching import Pair, Record, compare_all, group
from adam.models.findings import Finding, Judgement
from adam.models.history import HistoryEntry
from adam.queries import changes, comparing
from adam.queries.changes import Mark
from adam.services import cells, counters, finding_rows, needs, neighbours, register
from adam.services.finding_rows import Row
from adam.services.records import record_of
from adam.services.resemblances import STORED
from adam.services.work import Work

SCREENED = "screened"
SHARE = 0.1
"""Where more than this share of the records changed since all were last compared, all are compared.

How rare a word is moves with the set, and with it the claims about pairs that nobody touched: this bounds how far.
"""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Screening:
    """What a screening did: how many of the records it compared, the findings that stand, and what changed in them."""

    records: int
    kinds: dict[str, int]
    new: int
    reopened: int
    gone: int
    notes: tuple[str, ...] = ()
    compared: int = 0
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Last:
    """Where and when the screening before this one was: what it saw of the history, its rules, day and needs.

    `since` counts the records that were compared one by one since all were compared with one another.
    """

    mark: Mark = Mark()
    since: int = 0
    rules: str | None = None
    day: str | None = None
    need: list[int] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be compared: these records, or all (None) because of something."""

    changed: frozenset[str] | None
    because: str = ""


def run(w: Work, full: bool = False, say: Say = lambda _: None) -> Screening:
    """Compare the records that changed since the last screening with all, or all with all, and store the findings.

    All are compared if `full` says so, if the rules or the names changed, or if more than a tenth changed. Nothing is
    done when nothing changed. `say` is told how far a long run is.
    """
    counters.lock(w.session, SCREENED)
    last, until = _last(w), changes.last(w.session)
    records = w.session.scalar(select(func.count()).select_from(comparing.standing().subquery())) or 0
    plan = Plan(None) if full else _plan(w, last, records)
    if plan.changed is not None and not plan.changed and (last.day, last.need) == _now(w):
        return Screening(records, {}, 0, 0, 0, skipped=True)
    if plan.changed is None:
        rows, notes = _all(w, say)
        touched = None
    else:
        found = neighbours.claims(w, register.current(w), plan.changed, say)
        rows, notes, touched = found.rows, [], found.touched
    say("Looking at the cells of country and pillar")
    rows.extend(cells.findings(w, comparing.facts(w.session, lists=cells.LISTS).values()))
    say(f"Storing {len(rows):,} findings")
    done = finding_rows.store(w, rows, touched)
    kinds = _standing(w)
    compared = records if plan.changed is None else len(plan.changed)
    since = 0 if touched is None else last.since + compared
    _remember(w, until, {"records": records, "compared": compared, "since": since, "kinds": kinds})
    told = ([plan.because] if plan.because else []) + notes
    return Screening(records, kinds, done.new, done.reopened, done.gone, tuple(told), compared)


def _plan(w: Work, last: Last, records: int) -> Plan:
    """What changed since the last screening, and whether that is little enough to compare it alone."""
    if last.rules is None:
        return Plan(None)
    if last.rules != w.rules.version:
        return Plan(None, f"The rules changed from {last.rules} to {w.rules.version}: all were compared.")
    news = changes.since(w.session, last.mark)
    if news is None or register.pending(w):
        return Plan(None, "What changed since the last screening can't be told: all were compared.")
    if news.all:
        return Plan(None, "Names of organizations changed: all were compared.")
    changed = len(news.records) + last.since
    if changed > SHARE * records:
        share = f"{changed:,} changes of {records:,} records since all were last compared, more than a tenth"
        return Plan(None, f"{share}: all were compared.")
    return Plan(news.records | _due(w))


def _due(w: Work) -> frozenset[str]:
    """One record of each decided pair whose day of review has come."""
    newest = select(func.max(Judgement.id)).where(Judgement.undone_at.is_(None)).group_by(Judgement.subject)
    query = select(Finding.a_id).join(Judgement, Judgement.finding_id == Finding.id)
    due = query.where(
        Finding.state == DECIDED,
        Finding.a_id.is_not(None),
        Judgement.review_on <= w.today,
        Judgement.id.in_(newest),
    )
    return frozenset(key for key in w.session.scalars(due) if key)


def _all(w: Work, say: Say) -> tuple[list[Row], list[str]]:
    """The findings of all records compared with all, and what was not compared."""
    say("Reading the records")
    facts = comparing.facts(w.session)
    records = [record_of(item) for item in facts.values()]
    say(f"Comparing {len(records):,} records with one another")
    pairs = compare_all(records, w.rules.policy.steady(), threshold=STORED)
    keys = _groups(pairs, records)
    say(f"Weighing {len(pairs):,} pairs")
    return [finding_rows.of_pair(w, pair, facts, keys) for pair in pairs], list(pairs.notes)


def _groups(pairs: list[Pair], records: list[Record]) -> dict[str, str]:
    """Record id → the representative of its group, for groups of three and more."""
    claims = [pair for pair in pairs if pair.kind in RECORD_KINDS]
    return neighbours.keys(group(claims, records))


def _standing(w: Work) -> dict[str, int]:
    """How many findings of each kind stand."""
    query = select(Finding.kind, func.count()).where(Finding.state != GONE).group_by(Finding.kind)
    return dict(w.session.execute(query).all())


def _now(w: Work) -> tuple[str, list[int]]:
    """What decides on findings besides the records: reviews come due, cells come near their end, needs change."""
    return w.today.isoformat(), needs.state(w)


def _last(w: Work) -> Last:
    """What the history says of the screening before this one."""
    query = select(HistoryEntry.after).where(HistoryEntry.entity == "screening")
    after: dict[str, Any] = w.session.scalar(query.order_by(HistoryEntry.id.desc()).limit(1)) or {}
    if "through" not in after:
        return Last()
    return Last(Mark(*after["through"]), after["since"], after["rules"], after["day"], after["need"])


def _remember(w: Work, until: Mark, found: dict[str, Any]) -> None:
    day, need = _now(w)
    seen = {"through": [until.number, until.hash], "rules": w.rules.version, "day": day, "need": need}
    w.record("screening.run", ("screening", w.now.isoformat()), None, found | seen)


def screen_one(w: Work, project_id: str) -> int:
    """Compare one record with all others and store what is found; returns how many findings it has now.

    While the index is being prepared nothing is compared: the next screening does so, for the record is new to it.
    """
    kept = register.ready(w)
    if kept is None:
        return 0
    found = neighbours.claims(w, kept, frozenset((project_id,)))
    finding_rows.store(w, found.rows, found.touched, cells=False)
    return len(found.rows)
