"""Recorded needs: a cell without assistance is a gap only where somebody stated a need."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.errors import Invalid
from adam.models.findings import Finding
from adam.services import needs, screening
from tests.builders.recording import Works, recorded


def need(**differences: Any) -> dict[str, Any]:
    """A row of a file of needs, as its schema gives it."""
    row = {"country": "KG", "pillar": "II", "commitment": None, "assistance_type": None}
    row |= {"statement": "Analysts for the financial intelligence unit", "source": "Working group, Vienna"}
    return row | {"recorded_on": date(2026, 3, 1)} | differences


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
