"""Verbs about findings: a coordinator judges; the verdict stands until a deciding field changes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from adam.domain.findings import CELL_KINDS, DECIDED, GONE, NAMES
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Problem, Stale
from adam.models.findings import Finding, Judgement
from adam.models.projects import Project
from adam.queries import visibility
from adam.services.work import Work


def judge(w: Work, finding_id: str, draft: dict[str, Any], version: int | None = None) -> Finding:
    """Decide on a finding: `draft` has verdict, reason and review_on (a day or None).

    Raises Forbidden for anybody but a coordinator and for a coordinator of either record's partner, Stale when
    `version` isn't the current one, Conflict when the finding is gone.
    """
    finding = _held(w, finding_id, version)
    _may_judge(w, finding)
    if draft["review_on"] is not None and draft["review_on"] <= w.today:
        raise Invalid([Problem("#/review_on", "past", "Choose a day after today, or leave it empty.")])
    if finding.kind in CELL_KINDS and draft["verdict"] not in ("complementary", "unrelated"):
        listed = f"{NAMES['complementary']} or {NAMES['unrelated']}"
        raise Invalid(
            [Problem("#/verdict", "choice", f"A finding about a cell can be called {listed} only.")]
        )
    before = {"state": finding.state, "version": finding.version}
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
    after = {
        "state": DECIDED,
        "version": finding.version,
        "verdict": judgement.verdict,
        "reason": judgement.reason,
    }
    w.record("finding.judged", ("finding", finding.id), before, after)
    return finding


def _held(w: Work, finding_id: str, version: int | None) -> Finding:
    query = select(Finding).where(Finding.id == finding_id, visibility.findings(w.actor))
    finding = w.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if finding is None:
        raise NotFound("There is no such finding.")
    if version is not None and version != finding.version:
        raise Stale()
    if finding.state == GONE:
        raise Conflict("The records were changed and this finding no longer holds.", "state")
    return finding


def _may_judge(w: Work, finding: Finding) -> None:
    if not w.actor.coordinates:
        raise Forbidden("Only a coordinator may decide on a finding.")
    ids = [key for key in (finding.a_id, finding.b_id) if key]
    owners = set(w.session.scalars(select(Project.owner).where(Project.id.in_(ids)))) if ids else set()
    if w.actor.partner is not None and w.actor.partner in owners:
        raise Forbidden("A coordinator never decides on records of their own partner.")
