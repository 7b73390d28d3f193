"""What each verdict does from the moment it is given, and how that is undone when it is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from adam.domain.findings import CASE_VERDICTS, LINKING, siblings
from adam.errors import Problem
from adam.models.findings import Finding, Judgement
from adam.models.projects import Project
from adam.services import cases, merges
from adam.services.work import Work

Terms = Mapping[str, Any]
DUE = timedelta(days=30)
"""A case is due so many days after it was opened, unless the coordinator says otherwise."""
ENDS = {"component": "whole", "continuation": "earlier"}
"""Which end of a link is named, by verdict."""


def problems(w: Work, finding: Finding, draft: Terms) -> list[Problem]:
    """What is wrong with how a verdict is meant to be carried out."""
    verdict, found = draft["verdict"], []
    if verdict == "record_duplicate":
        found += merges.problems(w, finding, draft)
    name = ENDS.get(verdict)
    if name and draft.get(name) and end_of(w, finding, draft[name]) is None:
        found.append(
            Problem(f"#/{name}", "unknown_project", "Choose one of the two records of this finding.")
        )
    if draft.get("due_on") is not None and draft["due_on"] <= w.today:
        found.append(Problem("#/due_on", "past", "Choose a day after today."))
    return found


def suggested(w: Work, finding: Finding) -> dict[str, Any]:
    """What a verdict means where the coordinator doesn't say: which record is the whole, which the earlier, when due.

    None where nothing speaks for either of the two.
    """
    a, b = _ends(w, finding)
    found: dict[str, Any] = {"whole": None, "earlier": None, "due_on": w.today + DUE}
    if a is None or b is None:
        return found
    if not siblings(finding.evidence) and a.usd is not None and b.usd is not None and a.usd != b.usd:
        found["whole"] = a.id if a.usd > b.usd else b.id
    if a.begins and b.begins and a.begins != b.begins:
        found["earlier"] = a.id if a.begins < b.begins else b.id
    return found


def carry_out(w: Work, finding: Finding, judgement: Judgement, draft: Terms) -> None:
    """Do what the verdict says, in the transaction of the judgement; `draft` has how it is meant."""
    verdict, usual = judgement.verdict, suggested(w, finding)
    if verdict == "record_duplicate":
        made = merges.merge(w, finding, draft, judgement.reason)
        judgement.terms = {"stays": made.stays_id}
    elif verdict in ENDS:
        name = ENDS[verdict]
        judgement.terms = {name: end_of(w, finding, draft.get(name)) or usual[name]}
    elif verdict == "complementary":
        judgement.terms = {"division_of_labour": draft.get("division_of_labour") or judgement.reason}
    elif verdict in CASE_VERDICTS:
        case = cases.open_for(w, finding, judgement, draft.get("due_on") or usual["due_on"])
        judgement.terms = {"case": case.id}
    w.session.flush()
    if verdict in LINKING:
        _record_link(w, finding, judgement, "project.linked")


def undo(w: Work, finding: Finding, judgement: Judgement, because: str) -> list[str]:
    """Undo what a verdict did; answers in words what could not be put back because it was changed since."""
    if judgement.verdict in LINKING:
        _record_link(w, finding, judgement, "project.unlinked")
    if judgement.verdict in CASE_VERDICTS:
        cases.drop(w, finding, because)
    made = merges.of_finding(w, finding.id) if judgement.verdict == "record_duplicate" else None
    return merges.unmerge(w, made, because) if made else []


def _ends(w: Work, finding: Finding) -> tuple[Project | None, Project | None]:
    a, b = (w.session.get(Project, key) if key else None for key in (finding.a_id, finding.b_id))
    return a, b


def end_of(w: Work, finding: Finding, name: str | None) -> str | None:
    """The id of the record of a finding that an id or a reference names; None where it is neither."""
    for project in _ends(w, finding):
        if project is not None and name in (project.id, project.reference):
            return project.id
    return None


def _record_link(w: Work, finding: Finding, judgement: Judgement, action: str) -> None:
    """The relation stands in the history of both records, with the role that each has in it."""
    terms = judgement.terms or {}
    for own, other in ((finding.a_id, finding.b_id), (finding.b_id, finding.a_id)):
        role = None
        if judgement.verdict == "component" and terms.get("whole"):
            role = "whole" if terms["whole"] == own else "part"
        if judgement.verdict == "continuation" and terms.get("earlier"):
            role = "earlier" if terms["earlier"] == own else "later"
        row = {"kind": judgement.verdict, "project": other, "role": role}
        states: list[dict[str, Any]] = [{"relations": []}, {"relations": [row]}]
        before, after = states if action == "project.linked" else states[::-1]
        w.record(action, ("project", own or ""), before, after)
