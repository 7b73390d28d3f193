"""Reports: findings with both records side by side, totals that explain themselves, stored and read again unchanged."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import ANONYMOUS, Actor
from adam.domain.findings import KINDS
from adam.errors import Conflict, Forbidden, Invalid, NotFound
from adam.models.findings import Finding
from adam.models.history import HistoryEntry
from adam.models.reports import Report
from adam.schemas.faults import load
from adam.schemas.scopes import ScopeSchema
from adam.services import findings, projects, report_rows, reports, screening
from tests.builders.documents import READER, coordinator, draft, focal, funded_by, money
from tests.builders.recording import Works, account, many, recorded, statements
from tests.conftest import NOW

FRENCH = {
    "title": "Training of border guards",
    "organizations": funded_by("FR"),
    "contributions": money("600000.00", organization="FR"),
}
SAME_ID = [{"scheme": "iati", "value": "NO-1-7", "owner": "NO"}]
KYRGYZ = {"title": "Laboratory", "countries": [{"country": "KG"}], "contributions": money("50.00")}


def run(work: Works, actor: Actor | None = None, kind: str = "overlap", **scope: Any) -> Report:
    """A report over a scope as somebody runs it."""
    return reports.run(work(actor), kind, load(ScopeSchema(), scope))


def section(report: Report, kind: str) -> dict[str, Any]:
    """What a report says about one kind of finding."""
    return next(one for one in report.figures["sections"] if one["kind"] == kind)


def screened(work: Works, **differences: Any) -> None:
    """A project of Norway's, and one of France's that does the same job, compared."""
    w = work()
    recorded(w, "NO")
    recorded(w, "FR", **FRENCH | differences)
    screening.run(w)


def person(work: Works, role: str, partner: str | None = None) -> Actor:
    """Somebody with an account, so that a report can be theirs."""
    return Actor(role, partner, account(work(), f"{role}-{partner}", role, partner), role)


def test_a_finding_shows_both_records_the_evidence_and_the_money(work: Works):
    screened(work)

    report = run(work)

    [item] = section(report, "duplicate_assistance")["items"]
    assert {item["a"]["title"], item["b"]["title"]} == {
        "Border posts on the Panj",
        "Training of border guards",
    }
    assert {tuple(item[side]["funders"]) for side in "ab"} == {("Norway",), ("France",)}
    assert item["stake"] == "600000.00" and "shared months" in item["stake_reason"]
    assert item["where"] == "Tajikistan"
    assert item["evidence"] and all(reason["sentence"] for reason in item["evidence"])


def test_there_is_a_section_for_every_kind_in_its_order(work: Works):
    report = run(work)

    assert [one["kind"] for one in report.figures["sections"]] == list(KINDS)
    assert all(one["remedy"] and one["count"] == 0 for one in report.figures["sections"])


def test_the_matrix_counts_overlaps_in_their_cell(work: Works):
    screened(work)

    [row] = run(work).figures["matrix"]["rows"]

    assert [(one["projects"], one["donors"], one["overlaps"]) for one in row["cells"]][0] == (2, 2, 1)


def test_what_stands_three_times_is_one_question(work: Works):
    w = work()
    for owner in ("NO", "UNODC", "FR"):
        recorded(w, owner, identifiers=SAME_ID)
    screening.run(w)

    shown = section(run(work), "record_duplicate")

    [group] = shown["groups"]
    assert (shown["count"], shown["questions"], len(group["members"]), group["pairs"]) == (3, 1, 3, 3)


def test_the_ledger_says_what_is_left_out_and_why(work: Works, session: Session):
    w = work()
    recorded(w, "NO", identifiers=SAME_ID)
    recorded(w, "UNODC", identifiers=SAME_ID, contributions=money("1000000.00"))
    screening.run(w)
    before = run(work).figures["ledger"]
    finding = session.get(Finding, section(run(work), "record_duplicate")["items"][0]["id"])
    findings.judge(
        work(coordinator()),
        finding.id,
        {"verdict": "same_money", "reason": "Twice.", "review_on": None},
    )

    after = run(work).figures["ledger"]

    assert (before["left_out_usd"], before["open"]) == ("0.00", {"questions": 1, "usd": "1000000.00"})
    assert (after["reported"], after["counted"], after["left_out_usd"]) == (
        "2200000.00",
        "1200000.00",
        "1000000.00",
    )
    assert "the same money reported by payer and doer" in after["left_out"][0]["sentence"]
    assert "so says a coordinator" in after["left_out"][0]["sentence"]
    assert after["open"]["questions"] == 0


def test_reported_is_counted_and_left_out(work: Works):
    screened(work)
    recorded(work(), contributions=[])

    book = run(work).figures["ledger"]

    assert Decimal(book["reported"]) == Decimal(book["counted"]) + Decimal(book["left_out_usd"])
    assert book["without_amount"] == 1


def test_a_scope_shows_its_own_findings_and_names_the_other_record(work: Works):
    screened(work)
    recorded(work(), **KYRGYZ)

    inside, outside = run(work, countries=["TJ"]), run(work, countries=["KG"])

    assert section(inside, "duplicate_assistance")["count"] == 1
    assert section(outside, "duplicate_assistance")["count"] == 0
    assert inside.figures["title"] == "Overlap report: Tajikistan"


@pytest.mark.parametrize(
    ("scope", "pointers"),
    [
        ({"countries": ["TJ", "XX", "YY"]}, {"#/scope/countries/1", "#/scope/countries/2"}),
        ({"organizations": ["UNODC", "NOBODY"]}, {"#/scope/organizations/1"}),
    ],
)
def test_a_scope_names_only_what_is_known(work: Works, scope: dict[str, Any], pointers: set[str]):
    with pytest.raises(Invalid) as refused:
        run(work, **scope)

    assert {problem.pointer for problem in refused.value.problems} == pointers


def test_nobody_runs_a_report_without_signing_in(work: Works):
    with pytest.raises(Forbidden):
        run(work, ANONYMOUS)


@pytest.mark.parametrize("which", ["overlap", "coverage"])
def test_a_stored_report_stays_as_it_was(work: Works, session: Session, which: str):
    screened(work)
    made = run(work, kind=which)
    before = json.dumps(made.figures, sort_keys=True)
    recorded(work(), **KYRGYZ)
    session.flush()
    session.expire_all()

    again = reports.one(work(coordinator()), made.id)

    assert json.dumps(again.figures, sort_keys=True) == before
    assert (again.rules_version, again.reference) == (work().rules.version, made.reference)


def test_a_stored_report_keeps_a_title_that_was_changed_since(work: Works, session: Session):
    project = recorded(work())
    made = run(work, kind="overlap")

    projects.record(work(), [projects.Entry(draft(title="Renewed"), "NO", project.id)])

    assert (
        reports.one(work(coordinator()), made.id).figures["timeline"]["bars"][0]["title"] == project_title()
    )


def project_title() -> str:
    """The title that the builders give."""
    return draft()["title"]


@pytest.mark.parametrize("which", ["overlap", "coverage"])
def test_a_hidden_record_is_nowhere_in_a_viewers_report(work: Works, which: str):
    screened(work, visibility="confidential")

    hidden = json.dumps(run(work, READER, which).figures)
    shown = json.dumps(run(work, coordinator(), which).figures)

    for trace in ("Training of border guards", "France", "600000", "1800000"):
        assert trace not in hidden
    assert "1800000.00" in shown


def test_a_viewer_reads_no_findings_about_others(work: Works):
    screened(work)

    report = run(work, READER)

    assert sum(one["count"] for one in report.figures["sections"]) == 0


def test_a_focal_point_reads_findings_about_its_own_records(work: Works):
    screened(work)

    own, other = run(work, focal("FR")), run(work, focal("US"))

    assert section(own, "duplicate_assistance")["count"] == 1
    assert section(other, "duplicate_assistance")["count"] == 0


def test_a_report_is_read_by_its_author_and_by_coordinators_only_where_one_ran_it(work: Works):
    viewer, other = person(work, "viewer"), person(work, "focal_point", "NO")
    made = run(work, viewer)

    assert reports.one(work(viewer), made.id).id == made.id
    assert [row.id for row in reports.listed(work(viewer), (0, 10))] == [made.id]
    for stranger in (other, ANONYMOUS, READER):
        with pytest.raises(NotFound):
            reports.one(work(stranger), made.id)
        assert list(reports.listed(work(stranger), (0, 10))) == []


def test_a_report_closes_when_one_of_its_records_is_hidden_since(work: Works):
    viewer = person(work, "viewer")
    project = recorded(work())
    made = run(work, viewer)

    projects.record(work(), [projects.Entry(draft(visibility="confidential"), "NO", project.id)])

    with pytest.raises(Conflict):
        reports.one(work(viewer), made.id)
    assert reports.one(work(coordinator()), made.id).id == made.id


def test_the_newest_report_is_listed_first(work: Works):
    first = reports.run(work(), "coverage", load(ScopeSchema(), {}))
    second = reports.run(work(now=NOW + timedelta(hours=1)), "overlap", load(ScopeSchema(), {}))

    assert [row.id for row in reports.listed(work(coordinator()), (0, 10))] == [second.id, first.id]


def test_running_is_in_the_history(work: Works, session: Session):
    w = work()
    reports.run(w, "coverage", load(ScopeSchema(), {"countries": ["TJ"]}))
    w.finish()

    entry = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "report.run")).one()

    assert entry.after["scope"]["countries"] == ["TJ"]
    assert entry.at == datetime(2026, 1, 15, 12, tzinfo=UTC)


def test_every_finding_is_a_row_of_the_file(work: Works):
    w = work()
    for owner in ("NO", "UNODC", "FR"):
        recorded(w, owner, identifiers=SAME_ID)
    screening.run(w)
    report = run(work)

    rows = list(report_rows.finding_rows(report.figures))

    assert len(rows) == sum(one["count"] for one in report.figures["sections"])
    assert all(len(row) == len(report_rows.COLUMNS) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)


def test_more_records_and_findings_take_no_more_questions(work: Works, session: Session):
    many(work(), 5)
    screening.run(work())
    run(work)
    few = statements(session, lambda: run(work))
    many(work(), 50)
    done = screening.run(work())

    assert done.records == 55 and sum(done.kinds.values()) > 55
    run(work)
    assert statements(session, lambda: run(work)) == few
