"""Questions about findings: one, the queue, counts by kind, and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from adam.domain.actors import Actor
from adam.domain.findings import DECIDED, GONE, REOPENED, siblings
from adam.errors import NotFound
from adam.models.findings import Finding, Judgement
from adam.queries import visibility, windows
from adam.queries.finding_filters import WAITING, WAITING_QUEUES, Filters, conditions

__all__ = ["WAITING", "WAITING_QUEUES", "Filters"]
OTHER = aliased(Finding)


def one(session: Session, actor: Actor, finding_id: str) -> Finding:
    """The finding, if it is there for this actor; raises NotFound otherwise."""
    found = session.scalar(select(Finding).where(Finding.id == finding_id, visibility.findings(actor)))
    if found is None:
        raise NotFound("There is no such finding.")
    return found


def referred(session: Session, actor: Actor, text: str) -> Sequence[Finding]:
    """The finding that this actor may see and whose reference the text is; none or one."""
    query = select(Finding).where(visibility.findings(actor), Finding.reference == text.strip().upper())
    return session.scalars(query).all()


def listed(actor: Actor, filters: Filters) -> Select[Finding]:
    """The visible findings that pass the filters; not ordered."""
    return select(Finding).where(*conditions(actor, filters)(Finding))


def folded(actor: Actor, filters: Filters) -> Select[Finding]:
    """The same with one finding for each group: the one of most weight among those that pass."""
    asked = conditions(actor, filters)
    further = tuple_(*standing_at(OTHER)) > tuple_(*standing_at(Finding))
    before = select(OTHER.id).where(OTHER.group_key == Finding.group_key, further, *asked(OTHER))
    # Asked of each finding that has a group: joined with all others, it would be read whole for a page of 25.
    return select(Finding).where(*asked(Finding), or_(Finding.group_key.is_(None), ~before.exists()))


def standing_at(table: Any) -> tuple[Any, ...]:
    """The keys of the order of a queue, each falling: money at stake × certainty, certainty, the newest."""
    return (table.weight, table.score, table.reference)


def page(session: Session, query: Select[Finding], window: tuple[int, int]) -> Sequence[Finding]:
    """One page in the order of the queue; `window` is (offset, limit)."""
    keys = [key.desc() for key in standing_at(Finding)]
    return session.scalars(windows.of(query, keys, window)).all()


def of_ids(session: Session, actor: Actor, ids: Sequence[str]) -> Sequence[Finding]:
    """Those of these findings that are there for this actor, in the order given."""
    query = select(Finding).where(Finding.id.in_(ids), visibility.findings(actor))
    return sorted(session.scalars(query), key=lambda finding: ids.index(finding.id))


def judgements(session: Session, finding_id: str) -> Sequence[Judgement]:
    """What was decided, newest first."""
    query = select(Judgement).where(Judgement.finding_id == finding_id).order_by(Judgement.id.desc())
    return session.scalars(query).all()


def newest(session: Session, ids: Sequence[str]) -> dict[str, Judgement]:
    """Finding id to its newest judgement that was not taken back; for as many ids as a page has."""
    if not ids:
        return {}
    kept = (Judgement.finding_id.in_(ids), Judgement.undone_at.is_(None))
    last = select(func.max(Judgement.id)).where(*kept).group_by(Judgement.finding_id)
    return {row.finding_id: row for row in session.scalars(select(Judgement).where(Judgement.id.in_(last)))}


def newest_of_all(session: Session) -> int:
    """The number of the newest judgement, 0 where there is none."""
    return session.scalar(select(func.max(Judgement.id))) or 0


def verdicts(session: Session, ids: Sequence[str], size: int = 1000) -> dict[str, Judgement]:
    """Finding id to its newest judgement, of those that stand (the finding is decided)."""
    query = (
        select(Judgement)
        .join(Finding, Finding.id == Judgement.finding_id)
        .where(Finding.state == DECIDED, Judgement.undone_at.is_(None))
    )
    found: dict[str, Judgement] = {}
    for start in range(0, len(ids), size):
        some = query.where(Judgement.finding_id.in_(ids[start : start + size])).order_by(Judgement.id)
        found.update({row.finding_id: row for row in session.scalars(some)})
    return found


class Verdict(NamedTuple):
    """A verdict that stands on a pair; `whole` is the one of the two that is the whole, where that was said.

    Two parts of one programme (component) are `beside` each other: neither is the whole.
    """

    verdict: str
    a: str
    b: str
    beside: bool
    whole: str | None
    earlier: str | None
    finding_id: str


def siblings_among(session: Session, ids: Sequence[str], most: int = 1000) -> set[str]:
    """Those of these findings about a component whose records are parts beside each other, not a part and its whole.

    Of more than `most` all that wait are read: naming them would take longer.
    """
    query = select(Finding.id, Finding.evidence)
    if len(ids) > most:
        query = query.where(Finding.kind == "component", Finding.state.in_(WAITING))
    else:
        query = query.where(Finding.id.in_(ids))
    return {row.id for row in session.execute(query) if siblings(row.evidence)}.intersection(ids)


def standing(session: Session, ids: Collection[str] | None = None) -> list[Verdict]:
    """Every verdict that stands on a pair, or on a pair with one of these records.

    What a verdict linked stays so while its finding is asked again: a corrected title moves no total.
    """
    newest = (
        select(func.max(Judgement.id)).where(Judgement.undone_at.is_(None)).group_by(Judgement.finding_id)
    )
    # Only of parts and wholes does the evidence say more than the verdict; it is most of what a finding holds.
    evidence = case((Judgement.verdict == "component", Finding.evidence)).label("evidence")
    query = (
        select(Judgement.verdict, Judgement.terms, Finding.id, Finding.a_id, Finding.b_id, evidence)
        .join(Finding, Finding.id == Judgement.finding_id)
        .where(Judgement.id.in_(newest), Finding.state.in_((DECIDED, REOPENED)), Finding.a_id.is_not(None))
    )
    if ids is not None:
        query = query.where(or_(Finding.a_id.in_(ids), Finding.b_id.in_(ids)))
    return [_verdict(row) for row in session.execute(query)]


def _verdict(row: Any) -> Verdict:
    terms = row.terms or {}
    whole, earlier = terms.get("whole"), terms.get("earlier")
    beside = whole is None and siblings(row.evidence or ())
    return Verdict(row.verdict, row.a_id, row.b_id, beside, whole, earlier, row.id)


def beside(session: Session, actor: Actor, finding: Finding, most: int) -> Sequence[Finding]:
    """The other findings about the two records of a finding that are open or decided, best first.

    The pairs of its own group are left out: the group stands for them.
    """
    ids = [key for key in (finding.a_id, finding.b_id) if key]
    query = select(Finding).where(
        visibility.findings(actor),
        Finding.state != GONE,
        or_(Finding.a_id.in_(ids), Finding.b_id.in_(ids)),
        Finding.id != finding.id,
    )
    if finding.group_key:
        query = query.where(or_(Finding.group_key.is_(None), Finding.group_key != finding.group_key))
    return page(session, query, (0, most)) if ids else ()


def some(session: Session, actor: Actor, ids: Sequence[str]) -> Sequence[Finding]:
    """Those of these findings that are there for this actor."""
    if not ids:
        return ()
    return session.scalars(select(Finding).where(Finding.id.in_(ids), visibility.findings(actor))).all()
