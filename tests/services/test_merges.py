"""Merging two records of one activity: what stays, who stays credited, what moves on, and the way back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.models.findings import Finding
from adam.models.projects import Project
from adam.queries import projects as questions
from adam.services import absorbed, findings, screening
from tests.builders.documents import coordinator, focal, money
from tests.builders.recording import Works, recorded

TWIN = {
    "description": "Training of the officers at the border posts.",
    "identifiers": [{"scheme": "iati", "value": "XM-DAC-41128-TJK1", "owner": "XM-DAC-41128"}],
    "documents": [{"title": "Plan", "url": "https://example.org/plan.pdf"}],
    "beneficiaries": [{"name": "Border Guards of Tajikistan", "kind": "border_guard"}, {"name": "Customs"}],
}


def verdict(verdict: str = "record_duplicate", **terms: Any) -> dict[str, Any]:
    """A verdict with how it is meant."""
    return {"verdict": verdict, "reason": "One grant, written down twice.", "review_on": None} | terms


def pair(work: Works, session: Session, **twin: Any) -> tuple[Project, Project, Finding]:
    """A record of Norway's, its twin of UNODC's, and the finding about them."""
    w = work()
    ours, theirs = recorded(w, "NO"), recorded(w, "UNODC", **TWIN | twin)
    screening.run(w)
    return ours, theirs, finding_of(session, ours, theirs)


def finding_of(session: Session, *records: Project) -> Finding:
    """The finding about two records."""
    subject = "|".join(sorted(one.id for one in records))
    return session.scalars(select(Finding).where(Finding.subject == subject)).one()


def test_a_merge_and_its_undo_restore_both_records(work: Works, session: Session):
    ours, theirs, finding = pair(work, session)
    before = [(absorbed.documents_of(one), one.fingerprint, one.usd) for one in (ours, theirs)]

    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))
    between = absorbed.documents_of(ours)
    findings.take_back(work(coordinator()), finding.id, "They are two after all.")

    assert between != before[0][0]
    assert [(absorbed.documents_of(one), one.fingerprint, one.usd) for one in (ours, theirs)] == before
    session.refresh(theirs)
    assert theirs.merged_into is None
    assert finding_of(session, ours, theirs).state == "open"


def test_the_staying_record_takes_what_the_other_alone_says_and_credits_both(work: Works, session: Session):
    ours, theirs, finding = pair(work, session)

    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.reference))

    seen = questions.readable(ours, focal("NO"))
    assert seen["title"] == "Border posts on the Panj" and seen["description"].startswith("Training of the")
    assert [one | {"owner": None} for one in seen["identifiers"]] == [
        {"scheme": "iati", "value": "XM-DAC-41128-TJK1", "owner": None, "stated_by": "UNODC"}
    ]
    assert [one["name"] for one in seen["beneficiaries"]] == ["Border Guards of Tajikistan", "Customs"]
    assert (seen["owner"], list(ours.added), theirs.merged_into) == ("NO", ["UNODC"], ours.id)


def test_the_coordinator_says_which_side_a_part_comes_from(work: Works, session: Session):
    ours, _, finding = pair(work, session, title="Border posts on the Pyanj", contributions=money("900.00"))

    draft = verdict(stays=ours.id, parts={"title": "other", "documents": "stays", "contributions": "stays"})
    findings.judge(work(coordinator()), finding.id, draft)

    seen = questions.readable(ours, focal("NO"))
    assert (seen["title"], seen["documents"]) == ("Border posts on the Pyanj", [])
    assert [one["amount"] for one in seen["contributions"]] == ["1200000.00"]


def test_money_that_both_state_is_counted_once_after_a_merge(work: Works, session: Session):
    ours, theirs, finding = pair(work, session, contributions=money("1500000.00"))

    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))

    session.refresh(ours)
    assert (ours.usd, theirs.usd) == (1_500_000, 1_500_000)


def test_the_more_complete_record_stays_unless_somebody_says_otherwise(work: Works, session: Session):
    ours, theirs, finding = pair(work, session)

    findings.judge(work(coordinator()), finding.id, verdict())

    assert (ours.merged_into, theirs.merged_into) == (theirs.id, None)


@pytest.mark.parametrize("level", ["partners", "confidential"])
def test_a_merged_record_hides_what_either_side_hides(work: Works, session: Session, level: str):
    ours, theirs, finding = pair(work, session, visibility=level)

    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))

    session.refresh(ours)
    assert ours.visibility == level
    assert questions.one(session, focal("UNODC"), ours.id).id == ours.id
