"""Recorded needs: a cell without assistance is a gap only where somebody stated a need."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.errors import Conflict, Forbidden, Invalid, Stale
from adam.models.findings import Finding, Need
from adam.models.history import HistoryEntry
from adam.services import needs, screening
from tests.builders.documents import coordinator, focal
from tests.builders.recording import Works, recorded


def need(**differences: Any) -> dict[str, Any]:
    """A row of a file of needs, as its schema gives it."""
    row = {"country": "KG", "pillar": "II", "commitment": None, "assistance_type": None}
    row |= {"statement": "Analysts for the financial intelligence unit", "source": "Working group, Vienna"}
    return row | {"recorded_on": date(2026, 3, 1)} | differences


def draft(**differences: Any) -> dict[str, Any]:
    """A need for treatment in Afghanistan."""
    usual = {
        "country": "AF",
        "pillar": "IV",
        "commitment": None,
        "assistance_type": None,
        "statement": "Treatment",
        "recorded_on": date(2025, 6, 1),
        "source": "Ministry of Health",
    }
    return usual | differences


def gaps(session: Session) -> list[tuple[str | None, str | None]]:
    """The cells that stand as gaps."""
    found = session.scalars(select(Finding).where(Finding.kind == "gap", Finding.state == "open"))
    return [(finding.country, finding.pillar) for finding in found]


def test_a_need_that_no_project_answers_is_a_gap(work: Works, session: Session):
    w = work()
    needs.load(w, [need()])

    screening.run(w)

    assert gaps(session) == [("KG", "II")]


def test_an_active_project_in_its_cell_answers_a_need(work: Works, session: Session):
    w = work()
    needs.load(w, [need()])
    pillars = [{"pillar": "II", "commitment": None, "share": None, "rationale": None, "proposed": False}]
    recorded(w, countries=[{"country": "KG", "share": None}], pillars=pillars, end_planned=None)

    screening.run(w)

    assert gaps(session) == []


def test_loading_the_same_needs_again_changes_nothing(work: Works):
    w = work()
    first = needs.load(w, [need()])

    again = needs.load(w, [need()])

    assert (first, again) == (1, 0)


def test_unknown_codes_are_named_with_their_row(work: Works):
    rows = [need(), need(country="XX"), need(commitment="IV.5")]

    with pytest.raises(Invalid) as raised:
        needs.load(work(), rows)

    assert [(problem.pointer, problem.code) for problem in raised.value.problems] == [
        ("#/3/country", "unknown_code"),
        ("#/4/commitment", "commitment_of_other_pillar"),
    ]


def test_a_need_is_entered_changed_closed_and_opened_again_with_its_history(work: Works, session: Session):
    number = needs.record(work(coordinator()), draft()).id
    needs.change(work(coordinator()), number, {"statement": "More treatment"}, 1)
    needs.close(work(coordinator()), number, "Met by ADAM-000001.", 2)
    needs.reopen(work(coordinator()), number, 3)
    work()

    need = session.get(Need, number)
    assert (need.statement, need.closed_on, need.version, need.author) == ("More treatment", None, 4, "Cora")
    told = [
        entry.action
        for entry in session.scalars(select(HistoryEntry).order_by(HistoryEntry.id))
        if (entry.entity, entry.entity_id) == ("need", str(number))
    ]
    assert told == ["need.recorded", "need.changed", "need.closed", "need.reopened"]


@pytest.mark.parametrize(
    ("differences", "code"),
    [
        ({"country": "XX"}, "unknown_code"),
        ({"commitment": "I.5"}, "commitment_of_other_pillar"),
        ({"recorded_on": date(2030, 1, 1)}, "future"),
        ({}, "recorded_already"),
    ],
)
def test_a_need_that_cannot_be_recorded_says_why(work: Works, differences: dict[str, Any], code: str):
    needs.record(work(coordinator()), draft())

    with pytest.raises(Invalid) as refused:
        needs.record(work(coordinator()), draft(**differences))

    assert [problem.code for problem in refused.value.problems] == [code]


def test_only_coordinators_enter_needs(work: Works):
    with pytest.raises(Forbidden):
        needs.record(work(focal("AF")), draft())


def test_a_need_that_was_changed_meanwhile_is_not_written_over(work: Works):
    number = needs.record(work(coordinator()), draft()).id
    needs.change(work(coordinator()), number, {"source": "Letter"}, 1)

    with pytest.raises(Stale):
        needs.close(work(coordinator()), number, "Met.", 1)


def test_a_need_closes_once(work: Works):
    number = needs.record(work(coordinator()), draft()).id
    needs.close(work(coordinator()), number, "Met.")

    with pytest.raises(Conflict):
        needs.close(work(coordinator()), number, "Met again.")
