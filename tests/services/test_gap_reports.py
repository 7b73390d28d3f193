"""The gaps and the annual report: what is asked and not given, a year beside another, and all of it as papers."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from adam.domain.actors import Actor
from adam.models.findings import Need
from adam.models.reports import Report
from adam.schemas.faults import load
from adam.schemas.recommendations import RecommendationSchema
from adam.schemas.scopes import ScopeSchema
from adam.services import gaps, needs, recommendations, report_files, reports, rounds
from tests.builders.documents import READER, coordinator, funded_by, money
from tests.builders.recording import Works, recorded

RUNS = {"start_planned": "2025-06-01", "end_planned": "2027-12-31", "assistance_types": ["training"]}


def run(work: Works, kind: str, actor: Actor | None = None, **scope: Any) -> Report:
    """A report as somebody runs it."""
    return reports.run(work(actor), kind, load(ScopeSchema(), scope))


def need(work: Works, **different: Any) -> None:
    """A need that somebody has stated."""
    usual = {"country": "TJ", "pillar": "I", "commitment": None, "assistance_type": None}
    said = {"statement": "Posts need radios", "recorded_on": date(2025, 1, 1), "source": "Round table"}
    w = work()
    w.session.add(Need(**usual | said | different))
    w.session.flush()


def needs_of(work: Works) -> dict[str, int]:
    """Statement → number of each open need."""
    return {row.statement: row.id for row in work().session.query(Need)}


def advised(work: Works, **different: Any) -> str:
    """A recommendation of the compendium."""
    draft = load(RecommendationSchema(), {"title": "Train officers", "pillar": "I"} | different)
    return recommendations.record(work(coordinator()), draft).id


def places(report: Report, key: str) -> set[tuple[str, str]]:
    """Countries and pillars of a list of the report."""
    return {(row["country"], row["pillar"]) for row in report.figures[key]}


def test_a_need_without_an_active_project_is_a_gap_and_names_whom_to_ask(work: Works):
    need(work, country="KG", assistance_type="training")
    advised(work, countries=["TJ"], assistance_type="training")
    recorded(work(), "NO", **RUNS)

    report = run(work, "gaps", countries=["KG", "TJ"])

    [gap] = report.figures["unanswered"]
    assert (gap["country"], gap["statement"], gap["donors"]) == ("KG", "Posts need radios", ["Norway"])
    assert places(report, "answered") == {("TJ", "I")}
    assert report.figures["key"]["unanswered"] == 1


def test_help_of_another_kind_or_of_another_time_answers_no_need(work: Works):
    need(work, assistance_type="equipment")
    need(work, pillar="II", statement="Advice")
    recorded(work(), "NO", **RUNS)
    over = {"pillars": [{"pillar": "II", "share": "100.00"}], "status": "completed"}
    recorded(work(), "FR", **RUNS | over | {"end_planned": "2025-12-31"})

    assert places(run(work, "gaps", countries=["TJ"]), "unanswered") == {("TJ", "I"), ("TJ", "II")}


def test_a_recommendation_with_an_active_linked_project_is_no_gap(work: Works):
    key = advised(work, countries=["KG"])
    project = recorded(work(), "NO", **RUNS)
    before = places(run(work, "gaps"), "unanswered")

    recommendations.link(work(coordinator()), key, project.id)

    assert before == {("KG", "I")}
    assert places(run(work, "gaps"), "unanswered") == set()


def test_the_report_names_the_gaps_of_the_page_and_no_closed_need(work: Works):
    need(work, pillar="IV", statement="Given up")
    need(work, country="KG")
    needs.close(work(coordinator()), needs_of(work)["Given up"], "Given up.")
    recorded(work(), "NO", **RUNS | {"end_planned": "2026-05-31"})

    report, page = run(work, "gaps", coordinator(), countries=["KG", "TJ"]), gaps.found(work(), ("KG", "TJ"))

    open_ones = [one.need for one in page.needs if not one.answered]
    assert places(report, "unanswered") == {(one.country, one.pillar) for one in open_ones} == {("KG", "I")}
    assert places(report, "coming") == {one.place[:2] for one in page.coming} == {("TJ", "I")}
    assert places(report, "empty") == set(page.silent)


def test_a_cell_is_a_coming_gap_only_where_nothing_follows(work: Works):
    recorded(work(), "NO", **RUNS | {"end_planned": "2026-05-31"})
    alone = run(work, "gaps", countries=["TJ"])
    recorded(work(), "FR", **RUNS | {"start_planned": "2026-06-01"})
    followed = run(work, "gaps", countries=["TJ"])

    [ending] = alone.figures["coming"]
    assert (ending["ends"], ending["donors"]) == ("2026-05-31", ["Norway"])
    assert followed.figures["coming"] == []


def test_an_empty_cell_without_a_need_is_only_not_recorded(work: Works):
    need(work, country="KG")
    recorded(work(), "NO", **RUNS)

    report = run(work, "gaps", countries=["KG", "TJ"], pillars=["I", "IV"])

    assert places(report, "empty") == {("KG", "IV"), ("TJ", "IV")}
    assert "No recorded assistance" in report_files.as_html(report)


def test_a_hidden_project_answers_no_need_in_the_report_of_others(work: Works):
    need(work)
    recorded(work(), "NO", **RUNS | {"visibility": "confidential"})

    assert places(run(work, "gaps", READER), "unanswered") == {("TJ", "I")}
    assert places(run(work, "gaps", coordinator()), "unanswered") == set()


def test_the_annual_report_sets_a_year_beside_its_baseline(work: Works):
    early = {"start_planned": "2020-01-01", "end_planned": "2024-12-31", "status": "completed"}
    recorded(work(), "NO", **early | {"contributions": money("100.00")})
    recorded(
        work(),
        "FR",
        **RUNS | {"contributions": money("900.00", organization="FR")},
        organizations=funded_by("FR"),
    )

    figures = run(work, "annual", year=2025, baseline=2020).figures
    pillar, whole = figures["pillars"][0], figures["pillars"][-1]

    assert (pillar["baseline"]["usd"], pillar["year"]["usd"], pillar["change"]["usd"]) == (
        "100.00",
        "900.00",
        "800.00",
    )
    assert (whole["baseline"]["projects"], whole["year"]["projects"], whole["change"]["projects"]) == (
        1,
        1,
        0,
    )
    assert [row["name"] for row in figures["countries"]] == ["Tajikistan"]
    assert figures["title"] == "Annual report on the Vienna Declaration: 2025 beside 2020"


def test_the_lines_of_the_pillars_and_what_is_under_none_make_the_whole(work: Works):
    shares = [{"pillar": "I", "share": "30.00"}, {"pillar": "IV", "share": "50.00"}]
    recorded(work(), "NO", **RUNS | {"pillars": shares})

    rows = run(work, "annual", year=2026).figures["pillars"]

    parts = [float(row["year"]["usd"]) for row in rows]
    assert sum(parts[:-1]) == parts[-1] > 0
    assert rows[-1]["year"]["projects"] == 1


def test_the_annual_report_says_what_became_of_recommendations_and_of_validation(work: Works):
    key = advised(work, due="2020-01-01")
    project = recorded(work(), "NO", **RUNS)
    recommendations.link(work(coordinator()), key, project.id)
    asked = {"title": "Spring", "deadline": date(2026, 3, 1)}
    nothing = {"partners": [], "countries": [], "pillars": [], "statuses": []}
    rounds.open_round(work(coordinator()), asked | {"scope": nothing})

    figures = run(work, "annual", coordinator()).figures

    [row] = figures["recommendations"]
    assert (row["overdue"], row["projects"][0]["reference"]) == (True, project.reference)
    assert [(one["title"], one["records"]) for one in figures["rounds"]] == [("Spring", 1)]
    assert figures["freshness"]["partners"][0]["partner"] == "NO"
    assert {row["over"] for row in figures["equity"]} == {"countries", "pillars"}


def test_a_hidden_project_is_nowhere_in_an_annual_report_of_others(work: Works):
    key = advised(work)
    secret = recorded(work(), "FR", **RUNS | {"title": "Secret posts", "visibility": "confidential"})
    recommendations.link(work(coordinator()), key, secret.id)

    shown = json.dumps(run(work, "annual", READER).figures)

    assert "Secret posts" not in shown and secret.reference not in shown


@pytest.mark.parametrize("which", ["overlap", "coverage", "gaps", "annual"])
def test_every_kind_is_written_to_every_form_and_says_how_fresh_its_data_is(work: Works, which: str):
    need(work, country="KG")
    recorded(work(), "NO", **RUNS | {"title": "Posts #1 & <b>"})
    report = run(work, which)

    files = {name: form.write(report) for name, form in report_files.FILES.items()}

    assert all(files.values())
    assert report.figures["freshness"]["records"] == 1 and "1 records, 1 of them running" in str(
        files["html"]
    )
    assert f"version {work().rules.version}" in str(files["html"])
