"""Screening: claims are stored with their evidence; verdicts stand until a deciding field changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.models.findings import Finding
from adam.models.projects import Project
from adam.services import findings, money, projects, screening
from tests.builders.documents import coordinator, document, draft, focal, funded_by
from tests.builders.documents import money as amounts
from tests.builders.recording import Works, recorded, validated
from tests.conftest import NOW

FRENCH = {
    "title": "Training of border guards",
    "organizations": funded_by("FR"),
    "contributions": amounts("600000.00", organization="FR"),
}
OTHER_JOB = {"assistance_types": ["equipment"], "beneficiaries": [{"name": "Customs", "kind": "customs"}]}
SAME_ID = [{"scheme": "iati", "value": "NO-1-7", "owner": "NO"}]


def pair(work: Works, **differences: Any) -> tuple[Project, Project]:
    """Two projects of two donors that do one job."""
    w = work()
    return recorded(w, "NO"), recorded(w, "FR", **FRENCH | differences)


def found(session: Session, *kinds: str) -> list[Finding]:
    """The findings of these kinds."""
    session.expire_all()
    query = select(Finding).order_by(Finding.reference)
    return [row for row in session.scalars(query) if row.kind in kinds or not kinds]


def judged(work: Works, finding: Finding, verdict: str = "unrelated", **more: Any) -> None:
    """A verdict of a coordinator."""
    said = {"verdict": verdict, "reason": "They work in turns.", "review_on": None}
    findings.judge(work(coordinator()), finding.id, said | more)


def change(work: Works, project: Project, **differences: Any) -> None:
    """The record is written down anew."""
    projects.record(work(), [projects.Entry(draft(**differences), project.owner, project.id)])


def test_two_donors_who_do_one_job_are_found_with_the_evidence(work: Works, session: Session):
    a, b = pair(work)

    done = screening.run(work())

    [finding] = found(session, "duplicate_assistance")
    assert done.records == 2 and done.kinds["duplicate_assistance"] == 1
    assert (finding.a_id, finding.b_id) == tuple(sorted((a.id, b.id)))
    assert {"beneficiaries", "assistance_types", "countries", "pillars", "period"} <= {
        reason["feature"] for reason in finding.evidence if reason["level"] == "exact"
    }
    assert all(reason["sentence"] for reason in finding.evidence if reason["level"] != "missing")
    assert finding.stake == 600000 and "shared months" in finding.stake_reason


def test_two_who_help_differently_only_overlap(work: Works, session: Session):
    pair(work, **OTHER_JOB)

    screening.run(work())

    assert len(found(session, "overlap")) == 1
    assert found(session, "duplicate_assistance") == []


@pytest.mark.parametrize(
    "differences",
    [
        {"countries": [{"country": "AF"}]},
        {"pillars": [{"pillar": "IV", "commitment": "IV.1"}]},
        {"start_planned": "2027-01-01", "end_planned": "2028-12-31"},
    ],
)
def test_what_shares_no_country_pillar_or_day_does_not_overlap(
    work: Works, session: Session, differences: Any
):
    pair(work, **OTHER_JOB | differences)

    screening.run(work())

    assert found(session, "overlap", "duplicate_assistance") == []


def test_nothing_is_compared_again_when_nothing_changed(work: Works, session: Session):
    pair(work)
    screening.run(work())
    before = [(row.id, row.version, row.last_seen) for row in found(session)]

    again = screening.run(work())

    assert again.skipped
    assert [(row.id, row.version, row.last_seen) for row in found(session)] == before


def test_comparing_again_finds_the_same_and_keeps_every_finding(work: Works, session: Session):
    pair(work)
    screening.run(work())
    before = [(row.id, row.reference, row.state) for row in found(session)]

    again = screening.run(work(), full=True)

    assert (again.new, again.reopened, again.gone) == (0, 0, 0)
    assert [(row.id, row.reference, row.state) for row in found(session)] == before


def test_a_dismissed_pair_stays_dismissed(work: Works, session: Session):
    pair(work)
    screening.run(work())
    judged(work, found(session, "duplicate_assistance")[0])

    screening.run(work(), full=True)

    assert found(session, "duplicate_assistance")[0].state == "decided"


def test_a_dismissed_pair_comes_back_when_a_deciding_field_changes(work: Works, session: Session):
    a, _ = pair(work)
    screening.run(work())
    judged(work, found(session, "duplicate_assistance")[0])

    change(work, a, end_planned="2026-10-31")
    done = screening.run(work())

    assert done.reopened == 1
    assert found(session, "duplicate_assistance")[0].state == "reopened"


def test_a_dismissed_pair_stays_dismissed_when_another_field_changes(work: Works, session: Session):
    a, _ = pair(work)
    screening.run(work())
    judged(work, found(session, "duplicate_assistance")[0])

    change(work, a, description="Told in more words.", documents=[{"title": "A", "url": "https://a.example"}])
    screening.run(work(), full=True)

    assert found(session, "duplicate_assistance")[0].state == "decided"


def test_a_verdict_on_records_that_no_longer_look_alike_is_over(work: Works, session: Session):
    a, _ = pair(work)
    screening.run(work())
    judged(work, found(session, "duplicate_assistance")[0], "same_money")

    change(
        work, a, countries=[{"country": "AF"}], pillars=[{"pillar": "IV", "commitment": "IV.1"}], **OTHER_JOB
    )
    screening.run(work())

    assert found(session, "duplicate_assistance")[0].state == "gone"


def test_a_verdict_is_looked_at_again_on_its_day_though_nothing_changed(work: Works, session: Session):
    pair(work)
    screening.run(work())
    judged(work, found(session, "duplicate_assistance")[0], review_on=(NOW + timedelta(days=30)).date())

    early = screening.run(work(now=NOW + timedelta(days=29)))
    due = screening.run(work(now=NOW + timedelta(days=30)))

    assert (early.reopened, due.reopened) == (0, 1)
    assert found(session, "duplicate_assistance")[0].state == "reopened"


def test_a_claim_that_no_longer_holds_is_gone_and_comes_back(work: Works, session: Session):
    a, _ = pair(work)
    screening.run(work())

    change(work, a, countries=[{"country": "AF"}], **OTHER_JOB)
    gone = screening.run(work())
    state = found(session, "duplicate_assistance")[0].state
    change(work, a)
    screening.run(work())

    assert (gone.gone > 0, state) == (True, "gone")
    assert found(session, "duplicate_assistance")[0].state == "open"


def test_a_reopened_finding_has_a_new_version_so_that_nobody_judges_the_old_one(
    work: Works, session: Session
):
    a, _ = pair(work)
    screening.run(work())
    before = found(session, "duplicate_assistance")[0].version

    change(work, a, end_planned="2026-10-31")
    screening.run(work())

    assert found(session, "duplicate_assistance")[0].version > before


def test_a_relation_that_a_reporter_states_is_no_question(work: Works, session: Session):
    w = work()
    a = recorded(w, "NO")
    recorded(w, "UNODC", relations=[{"kind": "same_money", "project": a.id}])

    screening.run(work())

    assert [(row.kind, row.state) for row in found(session, "same_money")] == [("same_money", "stated")]


def test_what_stands_three_times_is_one_group(work: Works, session: Session):
    w = work()
    for owner in ("NO", "UNODC", "FR"):
        recorded(w, owner, identifiers=SAME_ID)

    screening.run(work())

    pairs = found(session, "record_duplicate")
    assert len(pairs) == 3
    assert len({row.group_key for row in pairs}) == 1 and pairs[0].group_key


def test_two_alone_are_no_group(work: Works, session: Session):
    w = work()
    for owner in ("NO", "UNODC"):
        recorded(w, owner, identifiers=SAME_ID)

    screening.run(work())

    assert [row.group_key for row in found(session, "record_duplicate")] == [None]


def test_validation_compares_the_new_record_at_once(work: Works, session: Session):
    validated(work, "NO")

    project = validated(work, "FR", document(**FRENCH))

    [finding] = found(session, "duplicate_assistance")
    assert project.id in (finding.a_id, finding.b_id)


def test_a_rate_that_comes_later_puts_money_at_stake(work: Works, session: Session):
    pair(work, contributions=amounts("600000.00", "AFN", organization="FR"))
    screening.run(work())
    before = found(session, "duplicate_assistance")[0].stake

    row = {
        "currency": "AFN",
        "day": NOW.date().replace(year=2024, month=1, day=1),
        "usd": 1,
        "source": "bank",
    }
    money.load_rates(work(), [row])
    screening.run(work())

    assert before is None
    assert found(session, "duplicate_assistance")[0].stake == 600000


def test_reopening_is_in_the_history_with_its_cause(work: Works, session: Session):
    a, _ = pair(work)
    screening.run(work())
    judged(work, found(session, "duplicate_assistance")[0])
    change(work, a, end_planned="2026-10-31")

    w = work(focal())
    screening.run(w)

    [reopened] = [one for one in w.changes if one.action == "finding.reopened"]
    assert reopened.after["because"] == "a deciding field changed"
