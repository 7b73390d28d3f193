"""After a merge: what either side says later, what hung on the absorbed record, and an undo that comes late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from adam.errors import Conflict, Invalid
from adam.models.findings import Finding
from adam.models.merges import Merge
from adam.models.projects import Project
from adam.models.submissions import Submission, SubmissionComment
from adam.queries import findings as verdicts
from adam.queries import projects as questions
from adam.queries import rounds as rounds_of
from adam.queries.projects import Filters
from adam.services import absorbed, findings, mentions, merges, rounds, screening, submissions
from tests.builders.documents import addition, claim, coordinator, document, focal, money
from tests.builders.recording import Works, imported, item, recorded, validated
from tests.services.test_merges import TWIN, finding_of, pair, verdict

IATI = TWIN["identifiers"]


def merged(work: Works, session: Session, **twin: Any) -> tuple[Project, Project, Finding]:
    """A record of Norway's that took its twin of UNODC's in."""
    ours, theirs, finding = pair(work, session, **twin)
    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))
    work()
    session.refresh(ours)
    return ours, theirs, finding


def imported_twin(work: Works, session: Session) -> tuple[Project, Project]:
    """The same, where both come from files with keys of their partners' own."""
    w = work()
    imported(w, item("NO-1"), partner="NO")
    imported(w, item("XM-1", **TWIN))
    screening.run(w)
    ours, theirs = (
        session.scalars(select(Project).where(Project.owner == one)).one() for one in ("NO", "UNODC")
    )
    findings.judge(work(coordinator()), finding_of(session, ours, theirs).id, verdict(stays=ours.id))
    work()
    return ours, theirs


def records(session: Session) -> int:
    """How many records there are, merged ones too."""
    return session.scalar(select(func.count()).select_from(Project)) or 0


def handed_in(work: Works, partner: str, record: Project) -> Submission:
    """A partner's addition to a record that waits for a coordinator."""
    rows = [{"title": partner, "url": f"https://example.org/{partner}"}]
    kept = submissions.save(work(focal(partner)), addition(record.id, documents=rows))
    return submissions.submit(work(focal(partner)), kept.id)


@pytest.mark.parametrize("key", ["XM-1", "XM-DAC-41128-TJK1", "reference"])
def test_an_update_under_any_of_its_names_goes_to_the_record_that_stays(
    work: Works, session: Session, key: str
):
    ours, theirs = imported_twin(work, session)
    key = theirs.reference if key == "reference" else key
    news = TWIN | {"documents": [{"title": "Report", "url": "https://example.org/report.pdf"}]}

    assert imported(work(), item(key, **news)) == ["updated"]

    session.expire_all()
    seen = questions.readable(ours, focal("NO"))
    assert [(one["title"], one["stated_by"]) for one in seen["documents"]] == [("Report", "UNODC")]
    assert (records(session), theirs.merged_into) == (2, ours.id)


def test_the_owners_next_file_keeps_what_was_carried_over(work: Works, session: Session):
    ours, _ = imported_twin(work, session)

    assert imported(work(), item("NO-1", title="Border posts, new name"), partner="NO") == ["updated"]

    session.expire_all()
    assert (ours.title, ours.description) == ("Border posts, new name", TWIN["description"])
    assert imported(work(), item("NO-1", title="Border posts, new name"), partner="NO") == ["unchanged"]


def test_what_the_owner_says_anew_counts_more_than_what_was_carried_over(work: Works, session: Session):
    ours, _ = imported_twin(work, session)

    imported(work(), item("NO-1", description="Our own words."), partner="NO")
    imported(work(), item("XM-1", **TWIN | {"description": "Other words."}))

    session.expire_all()
    assert ours.description == "Our own words."


def test_an_undo_keeps_what_either_side_changed_and_says_so(work: Works, session: Session):
    ours, theirs = imported_twin(work, session)
    finding = finding_of(session, ours, theirs)
    imported(work(), item("NO-1", title="Border posts, new name"), partner="NO")
    imported(work(), item("XM-1", **TWIN | {"description": "Other words."}))

    findings.take_back(work(coordinator()), finding.id, "Two after all.")

    session.expire_all()
    assert (ours.title, ours.description, ours.added) == ("Border posts, new name", None, {})
    assert (theirs.description, theirs.merged_into) == ("Other words.", None)
    assert session.scalars(select(Merge)).one().kept == ["Changed since the merge, and kept: title."]


def test_the_absorbed_partner_goes_on_writing_its_part(work: Works, session: Session):
    ours, _, _ = merged(work, session)

    part = addition(ours.id, locations=[{"country": "TJ", "name": "Khorog"}])
    kept = submissions.save(work(focal("UNODC")), part)
    submissions.submit(work(focal("UNODC")), kept.id)
    submissions.validate(work(coordinator()), kept.id)

    session.expire_all()
    assert [one["name"] for one in ours.added["UNODC"]["locations"]] == ["Khorog"]
    assert not ours.added["UNODC"]["documents"]


def test_a_merged_record_is_in_no_list_and_found_by_all_its_names(work: Works, session: Session):
    ours, theirs, _ = merged(work, session)

    for text in ("", theirs.reference, "XM-DAC-41128-TJK1", ours.reference):
        query = questions.matching(focal("NO"), Filters(text=text))
        assert [one.id for one in session.scalars(query)] == [ours.id], text


def test_questions_about_the_absorbed_record_move_on(work: Works, session: Session):
    ours, theirs, finding = pair(work, session)
    third = recorded(work(), "FR", **TWIN | {"identifiers": []})
    screening.run(work(), full=True)
    before = finding_of(session, theirs, third)
    session.delete(finding_of(session, ours, third))
    findings.judge(work(coordinator()), before.id, verdict("same_money"))

    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))
    moved = finding_of(session, ours, third)
    screening.run(work(), full=True)
    standing = {frozenset((one.a, one.b)): one.verdict for one in verdicts.standing(session)}
    findings.take_back(work(coordinator()), finding.id, "Two after all.")

    assert moved is before and standing[frozenset((ours.id, third.id))] == "same_money"
    session.refresh(before)
    assert (before.subject, before.state) == ("|".join(sorted((theirs.id, third.id))), "decided")


def test_a_verdict_is_carried_over_where_the_same_question_stands_open(work: Works, session: Session):
    ours, theirs, finding = pair(work, session)
    third = recorded(work(), "FR", **TWIN | {"identifiers": []})
    screening.run(work(), full=True)
    findings.judge(work(coordinator()), finding_of(session, theirs, third).id, verdict("unrelated"))

    findings.judge(work(coordinator()), finding.id, verdict(stays=ours.id))
    carried, closed = finding_of(session, ours, third), finding_of(session, theirs, third)
    between = (carried.state, findings.newest(work(), carried.id).verdict, closed.state)
    findings.take_back(work(coordinator()), finding.id, "Two after all.")

    session.expire_all()
    assert between == ("decided", "unrelated", "gone")
    assert (carried.state, closed.state) == ("open", "decided")
    assert findings.newest(work(), carried.id) is None


def test_open_work_on_the_absorbed_record_moves_on_or_is_closed_with_the_reason(
    work: Works, session: Session
):
    ours, theirs = validated(work, "NO"), validated(work, "UNODC", document(**TWIN))
    made = {one: handed_in(work, one, theirs) for one in ("FR", "NO")}
    mentions.confirm(work(focal("NO")), theirs.id)
    scope = {"partners": (), "countries": (), "pillars": (), "statuses": ()}
    opened = rounds.open_round(
        work(coordinator()), {"title": "All", "deadline": date(2026, 3, 1), "scope": scope}
    )
    screening.run(work(), full=True)
    question = finding_of(session, ours, theirs)

    findings.judge(work(coordinator()), question.id, verdict(stays=ours.id))
    session.expire_all()
    between = {one: (kept.state, kept.adds_to) for one, kept in made.items()}
    asked = rounds_of.waiting(session, opened.id)
    findings.take_back(work(coordinator()), question.id, "Two after all.")

    assert between == {"FR": ("submitted", ours.id), "NO": ("returned", theirs.id)}
    assert "your own record" in session.scalars(select(SubmissionComment.text)).one()
    assert asked == {"NO": 1}
    session.expire_all()
    assert {(one.state, one.adds_to) for one in made.values()} == {("submitted", theirs.id)}
    assert rounds_of.waiting(session, opened.id) == {"NO": 1, "UNODC": 1}


def test_three_records_become_one_in_one_go_and_part_one_by_one(work: Works, session: Session):
    ours, theirs, _ = pair(work, session)
    third = recorded(work(), "FR", **TWIN | {"identifiers": []})
    screening.run(work(), full=True)
    pairs = [finding_of(session, *two) for two in ((ours, theirs), (ours, third), (theirs, third))]
    before = [absorbed.documents_of(one) for one in (ours, theirs, third)]

    drafts = [verdict(stays=None) | {"finding": one.id, "version": one.version} for one in pairs]
    findings.judge_many(work(coordinator()), drafts)
    session.expire_all()
    left = questions.count(session, questions.matching(focal("NO"), Filters()))
    for one in session.scalars(select(Merge).order_by(Merge.id)).all():
        findings.take_back(work(coordinator()), one.finding_id, "Not one.")

    session.expire_all()
    assert left == 1
    assert [absorbed.documents_of(one) for one in (ours, theirs, third)] == before
    assert [one.merged_into for one in (ours, theirs, third)] == [None, None, None]


def test_several_verdicts_are_carried_out_together_or_not_at_all(work: Works, session: Session):
    ours, theirs, finding = pair(work, session)
    drafts = [
        verdict() | {"finding": finding.id, "version": 9},
        verdict(review_on=date(2020, 1, 1)) | {"finding": finding.id},
        verdict() | {"finding": "nothing"},
    ]

    with pytest.raises(Invalid) as refused:
        findings.judge_many(work(coordinator()), drafts)

    assert {(one.pointer, one.code) for one in refused.value.problems} == {
        ("#/judgements/0", "stale"),
        ("#/judgements/1/review_on", "past"),
        ("#/judgements/1/finding", "twice"),
        ("#/judgements/2", "not_found"),
    }
    assert theirs.merged_into is None and finding.state == "open"


def test_another_verdict_undoes_the_merge_first(work: Works, session: Session):
    ours, theirs, finding = merged(work, session)

    findings.judge(work(coordinator()), finding.id, verdict("continuation", earlier=theirs.reference))

    session.expire_all()
    assert (theirs.merged_into, ours.added) == (None, {})
    [told] = verdicts.standing(session)
    assert (told.verdict, told.earlier) == ("continuation", theirs.id)


def test_a_merged_record_is_not_merged_again(work: Works, session: Session):
    _, _, finding = merged(work, session)

    with pytest.raises(Conflict):
        merges.plan(work(), finding, {})
    with pytest.raises(Conflict):
        findings.take_back(work(coordinator()), finding.id, "x")
        findings.take_back(work(coordinator()), finding.id, "x")


def test_money_of_a_merge_by_one_partner_is_not_added_up(work: Works, session: Session):
    w = work()
    ours, theirs = recorded(w, "UNODC"), recorded(w, "UNODC", **TWIN | {"contributions": money("900000.00")})
    screening.run(w)

    findings.judge(work(coordinator()), finding_of(session, ours, theirs).id, verdict(stays=ours.id))

    session.refresh(ours)
    assert (ours.usd, ours.added) == (1_200_000, {})
    assert [one["value"] for one in ours.document["identifiers"]] == [IATI[0]["value"]]


def test_what_a_draft_says_about_other_records_is_refused_at_its_place(work: Works, session: Session):
    _, _, finding = pair(work, session)

    with pytest.raises(Invalid) as refused:
        findings.judge(work(coordinator()), finding.id, verdict(stays="ADAM-999999", due_on=date(2020, 1, 1)))

    assert [one.pointer for one in refused.value.problems] == ["#/stays", "#/due_on"]


def test_links_stay_while_their_finding_is_asked_again(work: Works, session: Session):
    ours, theirs, finding = pair(work, session)
    findings.judge(work(coordinator()), finding.id, verdict("component", whole=ours.reference))
    work()

    content = document(**TWIN | {"title": "Posts"})
    update = submissions.save(work(focal("UNODC")), claim(content, project_id=theirs.id))
    submissions.submit(work(focal("UNODC")), update.id)
    submissions.validate(work(coordinator()), update.id)

    session.refresh(finding)
    [standing] = verdicts.standing(session)
    assert (finding.state, standing.verdict, standing.whole) == ("reopened", "component", ours.id)
