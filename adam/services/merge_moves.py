"""What hangs on a record that is merged into another: it moves on to that one or is closed with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from adam.domain import lifecycle, rounds
from adam.domain.findings import DECIDED, GONE
from adam.models import Base
from adam.models.cases import Case
from adam.models.findings import Finding, Judgement
from adam.models.mentions import Mention
from adam.models.projects import Project
from adam.models.rounds import RoundRecord, ValidationRound
from adam.models.submissions import Submission, SubmissionComment
from adam.services import additions, finding_rows
from adam.services.work import Work

Move = dict[str, Any]
TABLES: dict[str, type[Base]] = {
    table.__tablename__: table
    for table in (Case, Finding, Judgement, Mention, Project, RoundRecord, Submission)
}


@dataclass(frozen=True, slots=True)
class Way:
    """From the absorbed record to the one that stays, by the finding that was judged."""

    absorbed: Project
    stays: Project
    finding_id: str

    @property
    def sentence(self) -> str:
        """Why something is closed."""
        return f"{self.absorbed.reference} was merged into {self.stays.reference}."


def onward(w: Work, way: Way) -> list[Move]:
    """Move or close all of it; answers what was changed, with the values before and after."""
    found = [*_pointers(w, way), *_findings(w, way), *_verdicts(w, way)]
    found += [*_mentions(w, way), *_submissions(w, way), *_rounds(w, way)]
    w.session.flush()
    return found


def back(w: Work, moved: list[Move]) -> list[str]:
    """Put all of it back; answers in words what was changed meanwhile and is left as it is."""
    since = _judged_since(w, moved)
    kept = [f"{reference} was judged since and stays as it is." for reference in since.values()]
    for move in reversed(moved):
        row: Any = w.session.get(TABLES[move["table"]], move["id"])
        if row is None or move.get("question") in since:
            continue
        if move["before"] is None:
            w.session.delete(row)
        elif all(getattr(row, name) == move["after"][name] for name in move["check"]):
            for name, value in move["before"].items():
                setattr(row, name, value)
            _new_version(row)
            if move["table"] == "submissions":
                w.record("submission.restored", ("submission", row.id), move["after"], move["before"])
        elif move["table"] != "projects":
            kept.append(f"{move['what']} was changed since and stays as it is.")
    w.session.flush()
    return kept


def _judged_since(w: Work, moved: list[Move]) -> dict[Any, str]:
    """Questions that the merge moved or answered and somebody judged after it: their keys and references."""
    found = {}
    for move in moved:
        if move["table"] == "findings" and "question" in move:
            newest = _newest(w, w.session.get_one(Finding, move["question"]))
            if (newest.id if newest else None) != move["verdict"]:
                found[move["question"]] = move["what"]
    return found


def _of_question(moves: Iterable[Move], finding: Finding, verdict: Judgement | None) -> Iterator[Move]:
    """The moves of one question, whose newest verdict after the merge is this: what an undo must find unchanged."""
    for move in moves:
        yield move | {"question": finding.id, "verdict": verdict.id if verdict else None}


def _change(row: Any, what: str, check: tuple[str, ...] = (), **values: Any) -> Move:
    """Give a row these values, remembering those it had; `check` names those by which an undo knows it (all)."""
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    _new_version(row)
    told = {"table": row.__tablename__, "id": row.id, "what": what, "check": list(check or values)}
    return told | {"before": before, "after": values}


def _new_version(row: Any) -> None:
    """Whoever read it before has an old version."""
    if hasattr(row, "version"):
        row.version += 1


def _pointers(w: Work, way: Way) -> Iterator[Move]:
    """What went into the absorbed record before leads to the one that stays at once."""
    for row in w.session.scalars(select(Project).where(Project.merged_into == way.absorbed.id)):
        yield _change(row, row.reference, merged_into=way.stays.id)


def _findings(w: Work, way: Way) -> Iterator[Move]:
    """Questions about the absorbed record and a third: asked of the one that stays, or closed where that one is."""
    old = way.absorbed.id
    query = select(Finding).where(
        or_(Finding.a_id == old, Finding.b_id == old), Finding.id != way.finding_id, Finding.state != GONE
    )
    for finding in w.session.scalars(query.order_by(Finding.id)).all():
        third = w.session.get_one(Project, (finding.b_id if finding.a_id == old else finding.a_id) or "")
        verdict = _newest(w, finding)
        if third.merged_into is not None or third.id == way.stays.id:
            continue
        subject = "|".join(sorted((way.stays.id, third.id)))
        there = w.session.scalar(select(Finding).where(Finding.subject == subject))
        if there is None:
            yield from _of_question(_take_along(w, finding, verdict, (way, third)), finding, verdict)
            continue
        yield _change(finding, finding.reference, state=GONE)
        w.record("finding.gone", ("finding", finding.id), None, {"state": GONE, "because": way.sentence})
        if verdict is not None and _newest(w, there) is None:
            yield from _carry(w, there, verdict, way)


def _newest(w: Work, finding: Finding) -> Judgement | None:
    query = select(Judgement).where(Judgement.finding_id == finding.id, Judgement.undone_at.is_(None))
    return w.session.scalar(query.order_by(Judgement.id.desc()).limit(1))


def _take_along(
    w: Work, finding: Finding, verdict: Judgement | None, ends: tuple[Way, Project]
) -> Iterator[Move]:
    """The question, and its verdict, about the record that stays and the third."""
    way, third = ends
    a, b = sorted((way.stays, third), key=lambda one: one.id)
    now = finding_rows.fingerprint(a.fingerprint, b.fingerprint)
    fresh = verdict is not None and verdict.fingerprint == finding.fingerprint
    values = {"a_id": a.id, "b_id": b.id, "subject": f"{a.id}|{b.id}", "fingerprint": now}
    yield _change(finding, finding.reference, ("subject",), **values)
    w.record("finding.moved", ("finding", finding.id), None, {"because": way.sentence})
    for row in w.session.scalars(select(Judgement).where(Judgement.finding_id == finding.id)):
        changed = {"subject": f"{a.id}|{b.id}", "terms": _terms(row.terms, way)}
        if row is verdict and fresh:
            changed["fingerprint"] = now
        yield _change(row, finding.reference, ("subject",), **changed)


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
    yield {
        "table": "judgements",
        "id": carried.id,
        "what": there.reference,
        "check": [],
        "before": None,
        "after": {},
    }
    before = {"state": there.state}
    values = {"state": DECIDED, "fingerprint": carried.fingerprint}
    yield _change(there, there.reference, ("state",), **values)
    after = {"state": DECIDED, "verdict": verdict.verdict, "reason": carried.reason}
    w.record("finding.judged", ("finding", there.id), before, after)
    for case in w.session.scalars(select(Case).where(Case.finding_id == verdict.finding_id)):
        yield _change(case, case.reference, finding_id=there.id)


def _verdicts(w: Work, way: Way) -> Iterator[Move]:
    """Verdicts on the record that stays go on: what the merge adds to it is no reason to ask again."""
    stays = way.stays
    query = select(Finding).where(
        or_(Finding.a_id == stays.id, Finding.b_id == stays.id),
        Finding.state == DECIDED,
        Finding.id != way.finding_id,
    )
    for finding in w.session.scalars(query.order_by(Finding.id)).all():
        verdict = _newest(w, finding)
        now = _print_of(w, finding)
        if verdict is None or verdict.fingerprint != finding.fingerprint or now == finding.fingerprint:
            continue
        yield _change(finding, finding.reference, fingerprint=now)
        yield _change(verdict, finding.reference, fingerprint=now)


def _print_of(w: Work, finding: Finding) -> str:
    """The deciding fields of both records as they are now."""
    ends = [w.session.get_one(Project, key) for key in (finding.a_id, finding.b_id) if key]
    return finding_rows.fingerprint(*(one.fingerprint for one in ends))


def _mentions(w: Work, way: Way) -> Iterator[Move]:
    """What partners said of the absorbed record goes along, where they said nothing of the other; disputes end."""
    said = {
        row.partner: row
        for row in w.session.scalars(select(Mention).where(Mention.project_id == way.stays.id))
    }
    for row in w.session.scalars(select(Mention).where(Mention.project_id == way.absorbed.id)).all():
        if row.partner not in said and row.partner != way.stays.owner:
            yield _change(
                row, f"The word of {row.partner}", ("project_id",), project_id=way.stays.id, stands=row.stands
            )
        elif row.settled_at is None and row.stands:
            yield _change(row, f"The word of {row.partner}", stands=False, settlement=way.sentence)


def _submissions(w: Work, way: Way) -> Iterator[Move]:
    """Open additions are made to the record that stays; where that can't be, they go back with a word.

    Open updates of the absorbed record need nothing: what they say goes on to the record that stays.
    """
    query = select(Submission).where(
        Submission.adds_to == way.absorbed.id, Submission.state.in_(additions.OPEN)
    )
    for row in w.session.scalars(query).all():
        own = row.partner == way.stays.owner
        if not own and additions.unfinished(w, row.partner, way.stays.id) is None:
            yield _change(row, row.reference, adds_to=way.stays.id)
        elif row.state == lifecycle.SUBMITTED:
            yield _change(row, row.reference, state=lifecycle.RETURNED, digest=row.digest)
            what = (
                "your own record: update it"
                if own
                else "a record that you are adding to already: go on there"
            )
            text = f"{way.sentence} That is {what}."
            said = {"author": w.actor.label, "at": w.now, "move": "return", "pointer": None, "text": text}
            w.session.add(SubmissionComment(submission_id=row.id, **said))
            w.record("submission.returned", ("submission", row.id), None, {"comment": text})


def _rounds(w: Work, way: Way) -> Iterator[Move]:
    """Validation rounds that still ask about the absorbed record are answered by the merge."""
    query = select(RoundRecord).join(ValidationRound, ValidationRound.id == RoundRecord.round_id)
    waiting = query.where(
        RoundRecord.project_id == way.absorbed.id,
        RoundRecord.answer.is_(None),
        ValidationRound.state == rounds.OPEN,
    )
    for row in w.session.scalars(waiting).all():
        key = ("validation_round", row.round_id)
        said = {"project": row.project_id, "answer": rounds.UPDATED, "reason": way.sentence}
        w.record("round.answered", key, {"project": row.project_id, "answer": None}, said)
        after = {"answer": rounds.UPDATED, "reason": way.sentence, "author": w.actor.label}
        yield _change(row, "An answer to a validation round", (), **after)
