"""How a case ends and begins again: with an outcome in words, which may become the verdict on its finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adam.domain import cases as words
from adam.domain.findings import CASE_VERDICTS, GONE
from adam.errors import Conflict
from adam.models.cases import Case
from adam.models.findings import Finding
from adam.services import cases, findings
from adam.services.work import Work


def close(w: Work, case_id: str, draft: Mapping[str, Any], version: int | None = None) -> Case:
    """End a case: {"outcome", "text"}. Divided labour makes the verdict complementary, with the words as who does what.

    Where there is no overlap after all, the records are unrelated; any other outcome leaves the verdict as it is.
    Raises Forbidden for anybody but a coordinator of neither partner.
    """
    case = cases.held(w, case_id, version)
    cases.for_decision(w, case)
    cases.still_open(case)
    cases.end(w, case, draft["outcome"], draft["text"])
    verdict = words.VERDICT_AFTER.get(draft["outcome"])
    finding = w.session.get_one(Finding, case.finding_id)
    if verdict and finding.state != GONE:
        reason = f"{case.reference}: {draft['text']}"
        said = {"verdict": verdict, "reason": reason, "review_on": None, "division_of_labour": draft["text"]}
        findings.judge(w, finding.id, said)
    return case


def reopen(w: Work, case_id: str, reason: str, version: int | None = None) -> Case:
    """Open a closed case again, with the reason; its finding must still be a question of both partners."""
    case = cases.held(w, case_id, version)
    cases.for_decision(w, case)
    if case.state == words.OPEN:
        raise Conflict(f"The case {case.reference} is open.", "state")
    verdict = findings.newest(w, case.finding_id)
    if verdict is None or verdict.verdict not in CASE_VERDICTS:
        raise Conflict(
            "The verdict on its finding is another one now: judge the finding anew, which opens a case.",
            "state",
        )
    other = cases.open_of(w, case.finding_id)
    if other is not None:
        raise Conflict(f"The case {other.reference} is open about the same finding: go on there.", "state")
    cases.begin_again(w, case, reason)
    return case
