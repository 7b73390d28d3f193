"""Country × pillar: the state of each cell, and when it will be empty."""

from __future__ import annotations

from datetime import date

import pytest

from adam.domain.coverage import Cell

ON = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("donors", "state"),
    [
        ("", "single"),
        ("NO", "single"),
        ("NO US", "covered"),
        ("NO US FR", "covered"),
        ("NO US FR RU", "crowded"),
    ],
)
def test_more_than_three_donors_crowd_a_cell(donors: str, state: str):
    cell = Cell(projects=[1], donors=set(donors.split()))

    assert cell.state == state


def test_a_cell_without_projects_is_empty():
    assert Cell().state == "empty"


@pytest.mark.parametrize(
    ("last", "open_end", "soon"),
    [
        (date(2026, 6, 30), False, True),
        (date(2029, 1, 1), False, False),
        (date(2026, 6, 30), True, False),
        (date(2025, 12, 31), False, False),
        (None, True, False),
    ],
)
def test_a_cell_ends_soon_when_its_last_project_does(last: date | None, open_end: bool, soon: bool):
    cell = Cell(projects=[1], last_end=last, open_end=open_end)

    assert cell.ends_soon(ON) is soon
