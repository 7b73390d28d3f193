"""Two reports beside each other, saved scopes that run on their day, and who may read what a report holds."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import Actor
from adam.domain.rhythms import following
from adam.errors import Invalid, NotFound
from adam.models.accounts import Account
from adam.models.messages import Message
from adam.models.reports import Report
from adam.models.saved_scopes import SavedScope
from adam.schemas.faults import load
from adam.schemas.saved_scopes import SavedScopeSchema
from adam.schemas.scopes import ScopeSchema
from adam.services import report_comparisons, report_files, reports, rules, saved_scopes
from adam.services import screening as screenings
from tests.builders.documents import coordinator, funded_by, money
from tests.builders.recording import Works, account, recorded
from tests.conftest import NOW

Make = sessionmaker[Session]
FRENCH = {"organizations": funded_by("FR"), "contributions": money("600000.00", organization="FR")}


def run(work: Works, kind: str, actor: Actor | None = None, hours: int = 0, **scope: Any) -> Report:
    """A report as somebody runs it, some hours later."""
    return reports.run(work(actor, now=NOW + timedelta(hours=hours)), kind, load(ScopeSchema(), scope))


def person(work: Works, role: str, partner: str | None = None) -> Actor:
    """Somebody with an account."""
    return Actor(role, partner, account(work(), f"{role}-{partner}", role, partner), role)


def saved(work: Works, actor: Actor, **different: Any) -> SavedScope:
    """A saved scope of somebody."""
    usual = {"name": "Tajikistan", "kind": "coverage", "scope": {"countries": ["TJ"]}, "forms": ["pdf"]}
    return saved_scopes.save(work(actor), load(SavedScopeSchema(), usual | different))


def test_what_is_new_gone_and_changed_is_told_with_both_figures(work: Works):
    recorded(work(), "NO")
    first = run(work, "coverage")
    recorded(work(), "FR", **FRENCH)
    recorded(work(), "NO", countries=[{"country": "KG"}], title="Laboratory")
    second = run(work, "coverage", hours=1)

    found = report_comparisons.compare(work(coordinator()), (second.id, first.id))
    document = report_comparisons.document(found)

    assert (found.before.id, found.after.id) == (first.id, second.id)
    assert [one["where"] for one in document["new"]] == ["Kyrgyzstan"]
    assert "donors: 1 → 2" in document["changed"][0]["changes"]
    projects = next(one for one in document["figures"] if one["name"] == "Projects")
    assert projects == {"name": "Projects", "before": "1", "after": "3", "difference": "2"}


def test_a_finding_that_came_and_one_that_went_are_told(work: Works):
    recorded(work(), "NO")
    before = run(work, "overlap")
    recorded(work(), "FR", **FRENCH)
    screenings.run(work())
    after = run(work, "overlap", hours=1)

    forward = report_comparisons.compare(work(coordinator()), (before.id, after.id))

    assert any("Duplicate assistance" in one.name for one in forward.new) and forward.gone == []


def test_a_comparison_is_written_to_every_form(work: Works):
    recorded(work(), "NO")
    first, second = run(work, "coverage"), run(work, "coverage", hours=1)
    found = report_comparisons.compare(work(coordinator()), (first.id, second.id))

    files = {form: report_comparisons_file(found, form) for form in report_files.COMPARISONS}

    assert all(files.values())
    assert next(csv.reader(io.StringIO(str(files["csv"])))) == ["What", "Name", "Where", "Now", "Changes"]


def report_comparisons_file(found: Any, form: str) -> Any:
    """One file of a comparison."""
    return report_files.comparison(found, form)


def test_reports_of_two_kinds_are_not_compared(work: Works):
    one, other = run(work, "coverage"), run(work, "gaps")

    for ids in ((one.id, other.id), (one.id, one.id)):
        with pytest.raises(Invalid):
            report_comparisons.compare(work(coordinator()), ids)


def test_nobody_compares_a_report_that_is_not_theirs(work: Works):
    viewer = person(work, "viewer")
    own, theirs = run(work, "coverage", viewer), run(work, "coverage")

    with pytest.raises(NotFound):
        report_comparisons.compare(work(viewer), (own.id, theirs.id))


def test_who_ran_a_report_as_coordinator_reads_it_no_more_without_that_role(work: Works):
    cora = person(work, "coordinator")
    recorded(work(), "FR", visibility="confidential")
    made = run(work, "coverage", cora)

    assert reports.one(work(cora), made.id).id == made.id
    with pytest.raises(NotFound):
        reports.one(work(Actor("viewer", None, cora.account, "Cora")), made.id)


def test_all_records_of_a_scope_are_taken_as_far_as_one_may_see_them(work: Works):
    viewer = person(work, "viewer")
    recorded(work(), "NO", title="Open posts")
    recorded(work(), "FR", title="Secret posts", visibility="confidential")
    recorded(work(), "NO", title="Elsewhere", countries=[{"country": "KG"}])

    own, theirs = run(work, "coverage", viewer, countries=["TJ"]), run(work, "coverage", countries=["TJ"])
    seen = str(report_files.records(work(viewer), own, "json"))
    whole = str(report_files.records(work(coordinator()), theirs, "json"))

    assert "Open posts" in seen and "Secret posts" not in seen and "Elsewhere" not in seen + whole
    assert "Secret posts" in whole
    assert all(report_files.records(work(viewer), own, form) for form in ("xlsx", "csv"))


@pytest.mark.parametrize(
    ("rhythm", "day", "after", "expected"),
    [
        ("weekly", 1, "2026-01-15", "2026-01-19"),
        ("weekly", 4, "2026-01-15", "2026-01-22"),
        ("monthly", 15, "2026-01-15", "2026-02-15"),
        ("monthly", 28, "2026-12-28", "2027-01-28"),
        ("quarterly", 1, "2026-10-01", "2027-01-01"),
        ("never", None, "2026-01-15", None),
    ],
)
def test_the_next_run_is_the_first_day_of_the_rhythm_that_lies_ahead(
    rhythm: str, day: int | None, after: str, expected: str | None
):
    found = following(rhythm, day, date.fromisoformat(after))

    assert found == (date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    "wrong", [{"rhythm": "weekly"}, {"rhythm": "weekly", "day": 8}, {"rhythm": "monthly", "day": 31}]
)
def test_a_rhythm_needs_a_day_that_comes_each_time(work: Works, wrong: dict[str, Any]):
    with pytest.raises(Invalid) as refused:
        saved(work, person(work, "viewer"), **wrong)

    assert [problem.pointer for problem in refused.value.problems] == ["#/day"]


def test_a_saved_scope_is_its_owners_alone(work: Works):
    one, other = person(work, "coordinator"), person(work, "viewer")
    kept = saved(work, one)

    for verb in (saved_scopes.run, saved_scopes.forget):
        with pytest.raises(NotFound):
            verb(work(other), kept.id)
    assert saved_scopes.run(work(one), kept.id).scope["countries"] == ["TJ"]


def due(work: Works, kept: SavedScope) -> None:
    """Its day was long ago."""
    kept.next_on = date(2020, 1, 1)
    work().session.commit()


def count(sessions: Make, table: Any) -> int:
    """How many rows a table has."""
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_missed_runs_are_made_up_once_and_the_owner_is_told(work: Works, sessions: Make):
    viewer = person(work, "viewer")
    recorded(work(), "FR", title="Secret", visibility="confidential")
    kept = saved(work, viewer, rhythm="monthly", day=1)
    due(work, kept)

    first, again = (saved_scopes.run_due(sessions, rules.load()) for _ in range(2))

    work().session.refresh(kept)
    report = work().session.get(Report, kept.last_report_id)
    told = work().session.scalars(select(Message).where(Message.kind == "scheduled")).one()
    assert (first, again) == (1, 0) and kept.next_on is not None and kept.next_on > date.today()
    assert report is not None and report.audience == "author" and report.figures["key"]["projects"] == 0
    assert (told.account_id, told.entity_id, told.details["title"]) == (
        viewer.account,
        report.id,
        "Tajikistan",
    )


def test_what_is_paused_or_whose_owner_is_gone_does_not_run(work: Works, sessions: Make):
    viewer, gone = person(work, "viewer"), person(work, "coordinator")
    paused, orphan = (saved(work, one, rhythm="weekly", day=1) for one in (viewer, gone))
    saved_scopes.change(work(viewer), paused.id, {"paused": True})
    assert paused.next_on is None
    work().session.get(Account, gone.account).active = False  # type: ignore[union-attr]
    due(work, orphan)

    saved_scopes.run_due(sessions, rules.load())

    work().session.refresh(orphan)
    assert count(sessions, Report) == 0 and orphan.paused


def test_one_that_fails_keeps_no_other_waiting(work: Works, sessions: Make, monkeypatch: pytest.MonkeyPatch):
    viewer = person(work, "viewer")
    bad, good = (saved(work, viewer, rhythm="weekly", day=1, name=name) for name in ("bad", "good"))
    bad.scope = bad.scope | {"countries": ["XX"]}
    due(work, bad)
    due(work, good)

    done = saved_scopes.run_due(sessions, rules.load())

    work().session.refresh(bad)
    assert done == 1 and bad.next_on is not None and bad.next_on > date.today()
