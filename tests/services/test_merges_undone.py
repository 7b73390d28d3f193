"""A merge is undone late: what somebody judged or wrote since stays as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.models.cases import Case
from adam.models.history import HistoryEntry
from adam.models.merges import Merge
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.queries import recommendations as recommended
from adam.services import findings, mentions, recommendations, rounds, screening, submissions
from tests.builders.documents import addition, coordinator, document, focal
from tests.builders.recording import Works, recorded, validated
from tests.services.test_merges import TWIN, finding_of, pair, verdict
from tests.services.test_merges_later import handed_in
from tests.services.test_recommendations import entered

EVERYTHING = {"partners": (), "countries": (), "pillars": (), "statuses": ()}
ROUND = {"title": "All", "deadline": date(2026, 3, 1), "scope": EVERYTHING}


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


def test_a_recommendation_is_carried_out_by_the_record_that_stays_and_goes_back_at_the_undo(
    work: Works, session: Session
):
    ours, theirs, finding = pair(work, session)
    both, alone = (entered(work, title=one).id for one in ("A", "B"))
    for recommendation, record in ((both, ours), (both, theirs), (alone, theirs)):
        recommendations.link(work(coordinator()), recommendation, record.id)

    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))
    between = linked_with(session, both, alone)
    findings.take_back(work(coordinator()), finding.id, "Two after all.")

    assert between == {both: [ours.id], alone: [ours.id]}
    assert linked_with(session, both, alone) == {both: [ours.id, theirs.id], alone: [theirs.id]}


def test_a_link_with_a_recommendation_that_was_taken_back_since_stays_so(work: Works, session: Session):
    ours, theirs, finding = pair(work, session)
    made = entered(work)
    recommendations.link(work(coordinator()), made.id, theirs.id)
    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))
    recommendations.unlink(work(coordinator()), made.id, ours.id)

    findings.take_back(work(coordinator()), finding.id, "Two after all.")

    assert linked_with(session, made.id) == {made.id: []}
    kept = session.scalars(select(Merge.kept)).one()
    assert kept == [f"The link with {made.reference} was taken back since and stays so."]


def test_all_that_goes_there_and_back_is_in_the_history(work: Works, session: Session):
    ours, theirs = validated(work, "NO"), validated(work, "UNODC", document(**TWIN))
    third = recorded(work(), "FR", **TWIN | {"identifiers": []})
    made = {partner: handed_in(work, partner, theirs).id for partner in ("FR", "NO")}
    mentions.confirm(work(focal("NO")), theirs.id)
    asked = rounds.open_round(work(coordinator()), ROUND)
    screening.run(work(), full=True)
    judged, finding = finding_of(session, theirs, third), finding_of(session, ours, theirs)
    findings.judge(work(coordinator()), judged.id, verdict("overlap"))
    case, carried = session.scalars(select(Case)).one(), finding_of(session, ours, third)
    begun = work(coordinator()) and last(session)

    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))
    there = work(coordinator()) and told(session, begun)
    between = last(session)
    findings.take_back(work(coordinator()), finding.id, "Two after all.")

    back = work() and told(session, between)
    assert there >= {("case.moved", case.id), ("finding.gone", judged.id), ("finding.judged", carried.id)}
    assert there >= {("mention.ended", theirs.id), ("round.answered", asked.id)}
    assert there >= {("submission.moved", made["FR"]), ("submission.returned", made["NO"])}
    assert back >= {("case.put_back", case.id), *(("finding.put_back", one.id) for one in (judged, carried))}
    assert back >= {("mention.put_back", theirs.id), ("round.asked_again", asked.id)}
    assert back >= {("submission.restored", key) for key in made.values()}


def test_a_case_stays_with_the_question_that_was_judged_since_and_the_undo_says_so(
    work: Works, session: Session
):
    ours, theirs, finding = pair(work, session)
    third = recorded(work(), "FR", **TWIN | {"identifiers": []})
    screening.run(work(), full=True)
    findings.judge(work(coordinator()), finding_of(session, theirs, third).id, verdict("overlap"))
    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))
    carried, case = finding_of(session, ours, third), session.scalars(select(Case)).one()
    findings.judge(work(coordinator()), carried.id, verdict("duplicate_assistance"))

    findings.take_back(work(coordinator()), finding.id, "Two after all.")

    assert case.finding_id == carried.id
    kept = session.scalars(select(Merge.kept)).one()
    assert kept == [f"{carried.reference} was judged since and stays as it is, and {case.reference} with it."]


def linked_with(session: Session, *recommendation_ids: str) -> dict[str, list[str]]:
    """Recommendation → the records that carry it out, as a coordinator reads it."""
    found = recommended.projects(session, coordinator(), recommendation_ids)
    return {key: [project.id for _, project in rows] for key, rows in found.items()}


def last(session: Session) -> int:
    """The newest entry of the history."""
    return session.scalar(select(func.max(HistoryEntry.id))) or 0


def told(session: Session, after: int) -> set[tuple[str, str]]:
    """(action, id) of what the history tells since an entry."""
    query = select(HistoryEntry.action, HistoryEntry.entity_id).where(HistoryEntry.id > after)
    return {tuple(row) for row in session.execute(query)}
