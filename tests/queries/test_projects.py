"""Filters of records: every one of the contract, alone and together, the same on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from adam.domain.actors import system
from adam.models.projects import Project
from adam.queries import comparing, projects
from adam.queries.projects import Filters
from tests.builders.documents import focal, funded_by, money
from tests.builders.recording import Works, many, recorded, statements


def titles(session: Session, order: str = "title", **filters: Any) -> list[str]:
    """The titles of the records that pass, in an order."""
    query = projects.matching(system(), Filters(**filters))
    return [project.title for project in projects.page(session, query, order, (0, 50))]


@pytest.fixture
def two(work: Works) -> tuple[Project, Project]:
    """A running project in Tajikistan, and a finished one about financial flows in Kyrgyzstan, for France."""
    w = work()
    first = recorded(w, "NO", title="A: border posts")
    second = recorded(
        w,
        "FR",
        title="B: 100% of flows_traced",
        description="Enquêtes sur les flux",
        status="completed",
        start_planned="2010-01-01",
        end_planned="2012-12-31",
        organizations=funded_by("FR"),
        countries=[{"country": "KG"}, {"country": "KZ"}],
        pillars=[{"pillar": "II", "commitment": "II.2"}],
        assistance_types=["research_data"],
        sectors=[{"code": "16063"}],
        identifiers=[{"scheme": "iati", "value": "FR-3-ABC_1"}],
        translations=[{"language": "fr", "title": "Argent de la drogue"}],
        contributions=money("5.00"),
    )
    return first, second


A, B = "A: border posts", "B: 100% of flows_traced"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [A, B]),
        ({"country": ("TJ",)}, [A]),
        ({"country": ("KZ",)}, [B]),
        ({"country": ("TJ", "KZ")}, [A, B]),
        ({"country": ("AF",)}, []),
        ({"pillar": ("I",)}, [A]),
        ({"commitment": ("II.2",)}, [B]),
        ({"organization": ("FR",)}, [B]),
        ({"organization": ("UNODC",)}, [A, B]),
        ({"organization": ("UNODC",), "role": ("funding",)}, []),
        ({"organization": ("FR", "NO"), "role": ("funding",)}, [A, B]),
        ({"role": ("implementing",)}, [A, B]),
        ({"role": ("accountable",)}, []),
        ({"status": ("completed", "cancelled")}, [B]),
        ({"assistance_type": ("training",)}, [A]),
        ({"sector": ("16063",)}, [B]),
        ({"owner": ("NO",)}, [A]),
        ({"active_from": date(2012, 12, 31)}, [A, B]),
        ({"active_from": date(2013, 1, 1)}, [A]),
        ({"active_to": date(2023, 12, 31)}, [B]),
        ({"active_from": date(2013, 1, 1), "active_to": date(2023, 12, 31)}, []),
        ({"country": ("KG",), "pillar": ("II",), "status": ("completed",), "text": "flows"}, [B]),
        ({"country": ("KG",), "pillar": ("I",)}, []),
    ],
)
def test_a_filter_keeps_what_it_names(
    session: Session, two: Any, filters: dict[str, Any], expected: list[str]
):
    assert titles(session, **filters) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("posts", [A]), ("BORDER posts", [A]), ("posts flows", []), ("", [A, B]), ("  ", [A, B]),
        ("100%", [B]), ("flows_traced", [B]), ("flowsxtraced", []), ("b%s", []),
        ("%", []), ("_", []), ("\\", []), ("*", []), ('"', []), (":", []),
        ("fr-3-abc_1", [B]), ("fr-3-abcx1", []), ("enquêtes", [B]), ("flux", [B]), ("argent", [B]),
        ("'; DROP TABLE projects; --", []), ("posts OR flows", []), ("title:posts", []), ("posts) AND (flows", []),
    ],
)  # fmt: skip
def test_words_are_looked_for_as_they_are_written(session: Session, two: Any, text: str, expected: list[str]):
    assert titles(session, text=text) == expected


def test_a_record_is_found_by_its_reference(session: Session, two: tuple[Project, Project]):
    assert titles(session, text=two[1].reference.lower()) == [B]


def test_a_record_without_dates_is_active_at_any_time(work: Works, session: Session):
    recorded(work(), start_planned=None, end_planned=None)

    assert len(titles(session, active_from=date(2030, 1, 1), active_to=date(2031, 1, 1))) == 1


def test_a_record_that_stands_in_several_places_is_listed_once(session: Session, two: Any):
    query = projects.matching(system(), Filters(country=("KG", "KZ")))

    assert projects.count(session, query) == 1


def test_a_merged_record_is_in_no_list(session: Session, two: tuple[Project, Project]):
    two[1].merged_into = two[0].id
    session.flush()

    assert titles(session) == [A]
    assert set(comparing.facts(session)) == {two[0].id}


@pytest.mark.parametrize(("order", "expected"), [("title", [A, B]), ("start", [A, B]), ("money", [A, B])])
def test_orders_put_what_is_missing_last(
    work: Works, session: Session, two: Any, order: str, expected: list[str]
):
    recorded(work(), title="C: nothing known", start_planned=None, contributions=[])

    assert titles(session, order) == [*expected, "C: nothing known"]


def test_facts_keep_the_order_of_the_document(session: Session, two: tuple[Project, Project]):
    facts = comparing.facts(session)[two[1].id]

    assert [code for code, _ in facts.countries] == ["KG", "KZ"]
    assert [(role, name) for role, name, _ in facts.organizations][0] == ("funding", "France")
    assert facts.amounts[0][:2] == ("commitment", "USD")


def test_facts_of_more_records_take_no_more_questions(work: Works, session: Session):
    many(work(), 5)
    few = statements(session, lambda: comparing.facts(session))

    many(work(), 50)

    assert statements(session, lambda: comparing.facts(session)) == few
    assert len(comparing.facts(session)) == 55


def test_a_list_of_more_records_takes_no_more_questions(work: Works, session: Session):
    query = projects.matching(focal("NO"), Filters(country=("TJ",), text="lot"))
    many(work(), 5)
    few = statements(session, lambda: projects.page(session, query, "newest", (0, 50)))

    many(work(), 50)

    assert statements(session, lambda: projects.page(session, query, "newest", (0, 50))) == few


@pytest.mark.parametrize("words", ["потоки", "ПОТОКИ", "Été", "été"])
def test_words_are_found_in_any_case_of_any_alphabet(work: Works, session: Session, words: str):
    recorded(work(), title="Потоки денег, Été 2014")

    assert titles(session, text=words) == ["Потоки денег, Été 2014"]
