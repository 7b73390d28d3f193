"""Gaps: the page's figures are those of the findings, for what the asking person may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.models.findings import Finding
from adam.schemas.faults import load
from adam.schemas.recommendations import RecommendationSchema
from adam.services import focal_points, gaps, needs, recommendations, screening
from tests.builders.documents import READER, coordinator, funded_by
from tests.builders.recording import Works, recorded, statements

NEED = {
    "country": "TJ",
    "pillar": "I",
    "commitment": None,
    "assistance_type": None,
    "statement": "Radios for the posts",
    "recorded_on": date(2025, 6, 1),
    "source": "Working group",
}
LATE = {"start_planned": "2024-01-01", "end_planned": "2029-12-31"}


def need(work: Works, **more: Any) -> int:
    """The number of a new need."""
    return needs.record(work(coordinator()), NEED | more).id


def found(work: Works, *countries: str, actor: Actor | None = None) -> gaps.Gaps:
    """The gaps of some countries."""
    return gaps.found(work(actor or coordinator()), countries)


def test_a_need_is_a_gap_until_a_running_project_answers_it(work: Works):
    number = need(work)

    assert [(one.need.id, one.answered) for one in found(work, "TJ").needs] == [(number, False)]
    recorded(work(), **LATE)
    assert [one.answered for one in found(work, "TJ").needs] == [True]


def test_a_need_of_one_kind_of_help_is_not_answered_by_another(work: Works):
    need(work, assistance_type="equipment")
    recorded(work(), **LATE, assistance_types=["training"])

    assert [one.answered for one in found(work, "TJ").needs] == [False]


def test_what_one_may_not_see_answers_no_need(work: Works):
    need(work)
    recorded(work(), **LATE, visibility="confidential")

    assert [one.answered for one in found(work, "TJ", actor=READER).needs] == [False]
    assert [one.answered for one in found(work, "TJ").needs] == [True]
    assert ("TJ", "II") in found(work, "TJ", actor=READER).silent


def test_a_cell_whose_last_project_ends_soon_names_whom_to_ask(work: Works):
    usual = {"kind": "national", "since": None, "until": None, "account": None, "countries": []}
    for name, pillars in (("Ola", ["I"]), ("Per", ["IV"])):
        person = {"name": name, "email": f"{name}@test.example", "partner": "NO", "pillars": pillars}
        focal_points.designate(work(), usual | person)
    record = recorded(work(), organizations=funded_by("NO"), end_planned="2026-09-30")

    [one] = found(work, "TJ").coming

    assert (one.place, one.ends) == (("TJ", "I", "training"), date(2026, 9, 30))
    assert [project[1] for project in one.projects] == [record.reference]
    assert one.donors == ["Norway"]
    people = {item["partner"]: [person["name"] for person in item["people"]] for item in one.contacts}
    assert people == {"TJ": [], "NO": ["Ola"]}


def test_where_nothing_runs_and_no_need_is_recorded_is_no_gap(work: Works):
    need(work, pillar="II")
    recorded(work(), **LATE)

    shown = found(work, "TJ")

    assert shown.silent == [("TJ", "III"), ("TJ", "IV")]
    assert [one.need.pillar for one in shown.needs] == ["II"]


def test_the_page_and_the_findings_name_the_same_gaps(work: Works, session: Session):
    need(work, pillar="IV")
    need(work, pillar="II", statement="Investigators")
    recorded(work(), end_planned="2026-05-31")
    recorded(work(), countries=[{"country": "AF"}], **LATE, assistance_types=[])
    recorded(work(), countries=[{"country": "AF"}], end_planned="2026-03-31", assistance_types=[])
    recorded(work(), pillars=[{"pillar": "II"}], start_planned="2027-01-01", end_planned="2028-01-01")

    screening.run(work())

    kinds = ("gap", "coming_gap")
    rows = [row for row in session.scalars(select(Finding)) if row.kind in kinds]
    shown = found(work)
    expected = [("gap", one.need.country, one.need.pillar, None) for one in shown.needs if not one.answered]
    expected += [("coming_gap", *one.place) for one in shown.coming]
    assert len(expected) == 3
    assert sorted((row.kind, row.country, row.pillar, row.assistance_type or "") for row in rows) == sorted(
        (kind, country, pillar, help_ or "") for kind, country, pillar, help_ in expected
    )


def test_a_closed_need_is_no_gap_from_the_next_screening_on(work: Works, session: Session):
    number = need(work, pillar="IV")
    screening.run(work())
    needs.close(work(coordinator()), number, "Given up.")

    screening.run(work())

    [finding] = session.scalars(select(Finding).where(Finding.kind == "gap"))
    assert finding.state == "gone"
    assert found(work, "TJ").needs == []


def test_more_gaps_take_no_more_questions(work: Works, session: Session):
    def fill(number: int) -> None:
        for at in range(number):
            need(work, statement=f"Need {number} {at}")
            recorded(
                work(), organizations=funded_by("NO"), end_planned=f"2026-0{1 + at}-28", assistance_types=[]
            )
        found(work)

    fill(1)
    few = statements(session, lambda: found(work))
    fill(6)

    assert statements(session, lambda: found(work)) == few


def test_a_recommendation_that_no_project_carries_out_is_a_gap_beside_the_needs(
    work: Works, session: Session
):
    draft = load(
        RecommendationSchema(),
        {"title": "Joint posts", "text": "Set up joint posts.", "pillar": "III", "countries": ["TJ", "KG"]},
    )
    recommendations.record(work(coordinator()), draft)
    recorded(work(), countries=[{"country": "KG"}], pillars=[{"pillar": "III"}], **LATE)
    screening.run(work())

    listed = found(work, "TJ", "KG").needs

    assert [(one.recommended, one.need.country, one.answered) for one in listed] == [
        (True, "TJ", False),
        (True, "KG", True),
    ]
    [finding] = session.scalars(select(Finding).where(Finding.kind == "gap"))
    assert (finding.country, finding.pillar) == ("TJ", "III")


def test_a_linked_project_that_is_active_answers_a_recommendation_for_all_who_see_it(
    work: Works, session: Session
):
    draft = {"title": "Joint posts", "text": "Set up joint posts.", "pillar": "III", "countries": ["KG"]}
    key = recommendations.record(work(coordinator()), load(RecommendationSchema(), draft)).id
    hidden = recorded(work(), **LATE, visibility="confidential")
    screening.run(work())

    recommendations.link(work(coordinator()), key, hidden.id)
    screening.run(work())

    assert [one.answered for one in found(work, "KG").needs] == [True]
    assert [one.answered for one in found(work, "KG", actor=READER).needs] == [False]
    [finding] = session.scalars(select(Finding).where(Finding.kind == "gap"))
    assert finding.state == "gone"
