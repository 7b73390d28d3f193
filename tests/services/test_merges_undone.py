"""A merge is undone late: what somebody judged or wrote since stays as it is."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.services import findings, screening, submissions
from tests.builders.documents import addition, coordinator, document, focal
from tests.builders.recording import Works, recorded, validated
from tests.services.test_merges import TWIN, finding_of, pair, verdict
from tests.services.test_merges_later import handed_in


def answered_both(work: Works, session: Session) -> tuple[Project, Project, Any]:
    """Two records that became one, where a question about the absorbed one and a third had been answered."""
    ours, theirs, finding = pair(work, session)
    third = recorded(work(), "FR", **TWIN | {"identifiers": []})
    screening.run(work(), full=True)
    findings.judge(work(coordinator()), finding_of(session, theirs, third).id, verdict("unrelated"))
    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))
    return ours, third, finding


def returned_by_a_merge(work: Works, session: Session) -> tuple[Submission, Project, Any]:
    """What the owner of the record that stays was adding to the absorbed one, and the finding that was judged."""
    ours, theirs = validated(work, "NO"), validated(work, "UNODC", document(**TWIN))
    kept = handed_in(work, "NO", theirs)
    screening.run(work(), full=True)
    finding = finding_of(session, ours, theirs)
    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))
    session.expire_all()
    return kept, theirs, finding


def test_a_question_that_was_judged_anew_since_a_merge_keeps_its_verdict_at_the_undo(
    work: Works, session: Session
):
    ours, third, finding = answered_both(work, session)
    carried = finding_of(session, ours, third)
    findings.judge(work(coordinator()), carried.id, verdict("complementary"))

    findings.take_back(work(coordinator()), finding.id, "Two after all.")

    session.expire_all()
    newest = findings.newest(work(), carried.id)
    assert newest is not None and newest.verdict == "complementary"
    assert carried.state == "reopened", "the record is another now, so it is asked again, beside the verdict"


def test_a_carried_verdict_that_nobody_touched_goes_at_the_undo(work: Works, session: Session):
    ours, third, finding = answered_both(work, session)
    carried = finding_of(session, ours, third)

    findings.take_back(work(coordinator()), finding.id, "Two after all.")

    session.expire_all()
    assert carried.state == "open" and findings.newest(work(), carried.id) is None


@pytest.mark.parametrize(("edited", "state"), [(True, "returned"), (False, "submitted")])
def test_an_undo_hands_in_what_it_had_returned_unless_its_partner_wrote_on(
    work: Works, session: Session, edited: bool, state: str
):
    kept, theirs, finding = returned_by_a_merge(work, session)
    if edited:
        half = [{"title": "half", "url": "https://example.org/half"}]
        submissions.change(work(focal("NO")), kept.id, addition(theirs.id, documents=half))

    findings.take_back(work(coordinator()), finding.id, "Two.")

    session.expire_all()
    assert kept.state == state
