"""Verbs about findings: a coordinator judges, and the remedy is carried out; a verdict can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from adam.domain.findings import CASE_VERDICTS, CELL_KINDS, DECIDED, GONE, NAMES, OPEN
from adam.errors import AdamError, Conflict, Forbidden, Invalid, NotFound, Problem, Stale
from adam.models.findings import Finding, Judgement
from adam.models.projects import Project
from adam.queries import visibility
from adam.services import counters, messages, remedies
from adam.services.work import Work

Draft = Mapping[str, Any]


def judge(w: Work, finding_id: str, draft: Draft, version: int | None = None) -> Finding:
    """Decide on a finding and carry out the remedy, all or nothing.

    `draft` has verdict, reason and review_on (a day or None), and may say how it is meant: `stays` and `parts` for a
    merge, `whole` for a component, `earlier` for a continuation, `division_of_labour`, `due_on` for a case. What an
    earlier verdict did is undone first. Raises Forbidden for anybody but a coordinator and for a coordinator of either
    record's partner, Stale when `version` isn't the current one, Conflict when the finding is gone, Invalid with every
    problem.
    """
    finding = _held(w, finding_id, version)
    _may_judge(w, finding)
    found = _problems(w, finding, draft)
    if found:
        raise Invalid(found)
    return _decide(w, finding, draft)


def judge_many(w: Work, drafts: Sequence[Draft]) -> list[Finding]:
    """Decide on several findings at once, all or nothing; each draft names its `finding` and may have its `version`.

    Raises Invalid with every problem of every draft. What an earlier one of them settles, such as the third pair of
    three records that become one, is passed over.
    """
    held: dict[str, Finding] = {}
    problems = []
    for number, draft in sorted(enumerate(drafts), key=lambda item: str(item[1]["finding"])):
        place = f"#/judgements/{number}"
        try:
            finding = held[draft["finding"]] = _held(w, draft["finding"], draft.get("version"))
            _may_judge(w, finding)
            found = _problems(w, finding, draft)
        except AdamError as error:
            problems.append(Problem(place, _code(error), str(error)))
            continue
        problems += [Problem(place + one.pointer.removeprefix("#"), one.code, one.detail) for one in found]
    problems += _twice(drafts)
    if problems:
        raise Invalid(sorted(problems, key=lambda one: int(one.pointer.split("/")[2])))
    return [_decide_unless_settled(w, held[draft["finding"]], draft) for draft in drafts]


def take_back(w: Work, finding_id: str, reason: str, version: int | None = None) -> Finding:
    """Undo the verdict that stands, with what it did; the finding is open again.

    Raises Conflict where no verdict stands; who may is as for judging.
    """
    finding = _held(w, finding_id, version, gone=True)
    _may_judge(w, finding)
    judgement = newest(w, finding.id)
    if judgement is None:
        raise Conflict("No verdict stands on this finding.", "state")
    before = {"state": finding.state, "verdict": judgement.verdict, "version": finding.version}
    gone = finding.state == GONE
    kept = _undo(w, finding, judgement, reason)
    finding.state = GONE if gone else OPEN
    finding.version += 1
    w.session.flush()
    after = {"state": finding.state, "verdict": None, "reason": reason, "version": finding.version}
    w.record("finding.taken_back", ("finding", finding.id), before, after | ({"kept": kept} if kept else {}))
    _tell(w, finding, judgement, "taken_back", comment=reason)
    w.session.refresh(finding)
    return finding


def newest(w: Work, finding_id: str) -> Judgement | None:
    """The judgement that counts: the newest that was not taken back."""
    query = select(Judgement).where(Judgement.finding_id == finding_id, Judgement.undone_at.is_(None))
    return w.session.scalar(query.order_by(Judgement.id.desc()).limit(1))


def _decide(w: Work, finding: Finding, draft: Draft) -> Finding:
    before = {"state": finding.state, "version": finding.version}
    last = newest(w, finding.id)
    if last is not None and not {last.verdict, draft["verdict"]} <= set(CASE_VERDICTS):
        _undo(w, finding, last, draft["reason"])
    elif last is not None:
        _mark(w, last, draft["reason"])
    judgement = Judgement(
        finding_id=finding.id,
        subject=finding.subject,
        verdict=draft["verdict"],
        reason=draft["reason"],
        review_on=draft["review_on"],
        fingerprint=finding.fingerprint,
        author_id=w.actor.account,
        author=w.actor.label,
        at=w.now,
    )
    w.session.add(judgement)
    finding.state = DECIDED
    finding.version += 1
    w.session.flush()
    remedies.carry_out(w, finding, judgement, draft)
    after = {"state": DECIDED, "version": finding.version, "verdict": judgement.verdict}
    w.record("finding.judged", ("finding", finding.id), before, after | {"reason": judgement.reason})
    _tell(w, finding, judgement, "decided", comment=judgement.reason, verdict=judgement.verdict)
    return finding


def _decide_unless_settled(w: Work, finding: Finding, draft: Draft) -> Finding:
    w.session.refresh(finding)
    ends = {_leads_to(w, key) for key in (finding.a_id, finding.b_id)}
    if finding.state == GONE or len(ends) == 1 and finding.a_id and newest(w, finding.id) is None:
        return finding
    return _decide(w, finding, draft)


def _leads_to(w: Work, project_id: str | None) -> str | None:
    project = w.session.get(Project, project_id) if project_id else None
    return project.merged_into or project.id if project else None


def _undo(w: Work, finding: Finding, judgement: Judgement, because: str) -> list[str]:
    """Undo what a verdict did and mark it as taken back."""
    kept = remedies.undo(w, finding, judgement, because)
    _mark(w, judgement, because)
    return kept


def _mark(w: Work, judgement: Judgement, because: str) -> None:
    judgement.undone_at, judgement.undone_by, judgement.undone_because = w.now, w.actor.label, because
    w.session.flush()


def _problems(w: Work, finding: Finding, draft: Draft) -> list[Problem]:
    found = []
    if draft["review_on"] is not None and draft["review_on"] <= w.today:
        found.append(Problem("#/review_on", "past", "Choose a day after today, or leave it empty."))
    if finding.kind in CELL_KINDS and draft["verdict"] not in ("complementary", "unrelated"):
        listed = f"{NAMES['complementary']} or {NAMES['unrelated']}"
        sentence = f"A finding about a cell can be called {listed} only."
        return [*found, Problem("#/verdict", "not_for_cells", sentence)]
    return found + remedies.problems(w, finding, draft)


def _code(error: AdamError) -> str:
    if isinstance(error, Conflict):
        return error.code
    return "not_found" if isinstance(error, NotFound) else "forbidden"


def _twice(drafts: Sequence[Draft]) -> list[Problem]:
    seen: dict[str, int] = {}
    return [
        Problem(f"#/judgements/{number}/finding", "twice", "This finding stands in the list already.")
        for number, draft in enumerate(drafts)
        if seen.setdefault(draft["finding"], number) != number
    ]


def _tell(w: Work, finding: Finding, judgement: Judgement, kind: str, **said: Any) -> None:
    """Tell the partners of both records what was decided; of what changes nothing for them nobody is told."""
    if judgement.verdict == "unrelated" or judgement.verdict in (*CASE_VERDICTS, "record_duplicate"):
        return
    ids = [key for key in (finding.a_id, finding.b_id) if key]
    owners = set(w.session.scalars(select(Project.owner).where(Project.id.in_(ids)))) if ids else set()
    for partner in sorted(owners):
        messages.tell_partner(w, partner, kind, ("finding", finding.id), by=w.actor.label, **said)


def _held(w: Work, finding_id: str, version: int | None, gone: bool = False) -> Finding:
    # Records before findings, as whoever accepts a submission takes them: the other way round two wait for each other.
    counters.lock(w.session, "project")
    query = select(Finding).where(Finding.id == finding_id, visibility.findings(w.actor))
    finding = w.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if finding is None:
        raise NotFound("There is no such finding.")
    if version is not None and version != finding.version:
        raise Stale()
    if finding.state == GONE and not gone:
        raise Conflict("The records were changed and this finding no longer holds.", "state")
    return finding


def _may_judge(w: Work, finding: Finding) -> None:
    if not w.actor.coordinates:
        raise Forbidden("Only a coordinator may decide on a finding.")
    ids = [key for key in (finding.a_id, finding.b_id) if key]
    owners = set(w.session.scalars(select(Project.owner).where(Project.id.in_(ids)))) if ids else set()
    if w.actor.partner is not None and w.actor.partner in owners:
        raise Forbidden("A coordinator never decides on records of their own partner.")
