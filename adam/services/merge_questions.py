"""Questions about a record that is merged into another: asked of the one that stays, their verdicts with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import or_, select

from adam.domain.findings import DECIDED, GONE
from adam.models.cases import Case
from adam.models.findings import Finding, Judgement
from adam.models.projects import Project
from adam.services import finding_rows
from adam.services.merge_rows import Move, Way, change, made
from adam.services.work import Work


def moved(w: Work, way: Way) -> Iterator[Move]:
    """Questions about the absorbed record and a third: asked of the one that stays, or closed where that one is."""
    old = way.absorbed.id
    query = select(Finding).where(
        or_(Finding.a_id == old, Finding.b_id == old), Finding.id != way.finding_id, Finding.state != GONE
    )
    for finding in w.session.scalars(query.order_by(Finding.id)).all():
        third = w.session.get_one(Project, (finding.b_id if finding.a_id == old else finding.a_id) or "")
        verdict = newest(w, finding)
        if third.merged_into is not None or third.id == way.stays.id:
            continue
        subject = "|".join(sorted((way.stays.id, third.id)))
        there = w.session.scalar(select(Finding).where(Finding.subject == subject))
        if there is None:
            yield from _of_question(_take_along(w, finding, verdict, (way, third)), finding, verdict)
            continue
        yield change(finding, finding.reference, state=GONE)
        w.record("finding.gone", ("finding", finding.id), None, {"state": GONE, "because": way.sentence})
        if verdict is not None and newest(w, there) is None:
            yield from _carry(w, there, verdict, way)


def newest(w: Work, finding: Finding) -> Judgement | None:
    """The judgement that counts: the newest that was not taken back."""
    query = select(Judgement).where(Judgement.finding_id == finding.id, Judgement.undone_at.is_(None))
    return w.session.scalar(query.order_by(Judgement.id.desc()).limit(1))


def _of_question(moves: Iterable[Move], finding: Finding, verdict: Judgement | None) -> Iterator[Move]:
    """The moves of one question, whose newest verdict after the merge is this: what an undo must find unchanged."""
    for move in moves:
        yield move | {"question": finding.id, "verdict": verdict.id if verdict else None}


def _take_along(
    w: Work, finding: Finding, verdict: Judgement | None, ends: tuple[Way, Project]
) -> Iterator[Move]:
    """The question, and its verdict, about the record that stays and the third."""
    way, third = ends
    a, b = sorted((way.stays, third), key=lambda one: one.id)
    now = finding_rows.fingerprint(a.fingerprint, b.fingerprint)
    fresh = verdict is not None and verdict.fingerprint == finding.fingerprint
    values = {"a_id": a.id, "b_id": b.id, "subject": f"{a.id}|{b.id}", "fingerprint": now}
    yield change(finding, finding.reference, ("subject",), **values)
    w.record("finding.moved", ("finding", finding.id), None, {"because": way.sentence})
    for row in w.session.scalars(select(Judgement).where(Judgement.finding_id == finding.id)):
        changed = {"subject": f"{a.id}|{b.id}", "terms": _terms(row.terms, way)}
        if row is verdict and fresh:
            changed["fingerprint"] = now
        yield change(row, finding.reference, ("subject",), **changed)


def _terms(terms: dict[str, Any] | None, way: Way) -> dict[str, Any] | None:
    """The terms of a verdict with the record that stays in place of the absorbed one."""
    if terms is None:
        return None
    return {key: way.stays.id if value == way.absorbed.id else value for key, value in terms.items()}


def _carry(w: Work, there: Finding, verdict: Judgement, way: Way) -> Iterator[Move]:
    """A verdict on the absorbed record and a third stands for the one that stays, where that has none of its own."""
    carried = _carried(w, there, verdict, way)
    yield from _of_question(_answered(w, there, (verdict, carried)), there, carried)


def _carried(w: Work, there: Finding, verdict: Judgement, way: Way) -> Judgement:
    carried = Judgement(
        finding_id=there.id,
        subject=there.subject,
        verdict=verdict.verdict,
        reason=f"{verdict.reason} ({way.sentence})",
        review_on=verdict.review_on,
        fingerprint=_print_of(w, there),
        author_id=verdict.author_id,
        author=verdict.author,
        at=w.now,
        terms=_terms(verdict.terms, way),
    )
    w.session.add(carried)
    w.session.flush()
    return carried


def _answered(w: Work, there: Finding, verdicts: tuple[Judgement, Judgement]) -> Iterator[Move]:
    """The question is decided by the verdict that was carried over, and takes the case of the first along."""
    verdict, carried = verdicts
    yield made(carried, there.reference)
    before = {"state": there.state}
    values = {"state": DECIDED, "fingerprint": carried.fingerprint}
    yield change(there, there.reference, ("state",), **values)
    after = {"state": DECIDED, "verdict": verdict.verdict, "reason": carried.reason}
    w.record("finding.judged", ("finding", there.id), before, after)
    for case in w.session.scalars(select(Case).where(Case.finding_id == verdict.finding_id)).all():
        w.record("case.moved", ("case", case.id), {"finding_id": case.finding_id}, {"finding_id": there.id})
        yield change(case, case.reference, finding_id=there.id)


def renewed(w: Work, way: Way) -> Iterator[Move]:
    """Verdicts on the record that stays go on: what the merge adds to it is no reason to ask again."""
    stays = way.stays
    query = select(Finding).where(
        or_(Finding.a_id == stays.id, Finding.b_id == stays.id),
        Finding.state == DECIDED,
        Finding.id != way.finding_id,
    )
    for finding in w.session.scalars(query.order_by(Finding.id)).all():
        verdict = newest(w, finding)
        now = _print_of(w, finding)
        if verdict is None or verdict.fingerprint != finding.fingerprint or now == finding.fingerprint:
            continue
        before, after = {"fingerprint": finding.fingerprint}, {"fingerprint": now}
        w.record("finding.renewed", ("finding", finding.id), before, after)
        yield change(finding, finding.reference, fingerprint=now)
        yield change(verdict, finding.reference, fingerprint=now)


def _print_of(w: Work, finding: Finding) -> str:
    """The deciding fields of both records as they are now."""
    ends = [w.session.get_one(Project, key) for key in (finding.a_id, finding.b_id) if key]
    return finding_rows.fingerprint(*(one.fingerprint for one in ends))
