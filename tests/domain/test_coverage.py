"""Country × pillar: money that adds up however it is grouped, and the state of each cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.domain.coverage import Cell, Line, matrix
from tests.domain.test_money import amounts

COUNTRIES = ("AF", "TJ", "PK", "IR")
PILLARS = ("I", "II", "III", "IV")
ON = date(2026, 1, 15)


@st.composite
def portions(draw: st.DrawFn, keys: tuple[str, ...]) -> dict[str, Decimal | None]:
    """Keys with shares of 100 at most together, some not given."""
    left, found = 10_000, {}
    for key in draw(st.lists(st.sampled_from(keys), unique=True, max_size=4)):
        part = draw(st.none() | st.integers(1, left)) if left else None
        left -= part or 0
        found[key] = None if part is None else Decimal(part) / 100
    return found


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Any project."""
    pillars = {key: (share, draw(st.booleans())) for key, share in draw(portions(PILLARS)).items()}
    donors = frozenset(draw(st.lists(st.sampled_from(("NO", "US", "FR", "RU", "DE")), max_size=5)))
    name = str(draw(st.integers(0, 999)))
    return Line(name, draw(amounts), draw(portions(COUNTRIES)), pillars, donors, None)


def line(**differences: object) -> Line:
    """A project of Norway's in Afghanistan under pillar I, with 100 dollars."""
    usual: dict = {
        "id": "p",
        "usd": Decimal(100),
        "countries": {"AF": None},
        "pillars": {"I": (None, False)},
        "donors": frozenset({"NO"}),
    }
    return Line(**usual | differences)


@given(st.lists(lines(), max_size=6))
@settings(deadline=None, max_examples=80)
def test_the_money_of_all_cells_is_the_money_of_all_projects(listed: list[Line]):
    cells = matrix(listed)

    reported = sum((one.usd for one in listed), Decimal(0))
    by_country = {key[0]: Decimal(0) for key in cells}
    by_pillar = {key[1]: Decimal(0) for key in cells}
    for (country, pillar), cell in cells.items():
        by_country[country] += cell.usd
        by_pillar[pillar] += cell.usd
    assert sum(by_country.values(), Decimal(0)) == reported
    assert sum(by_pillar.values(), Decimal(0)) == reported


@given(lines())
@settings(deadline=None, max_examples=80)
def test_a_country_gets_its_share_whatever_the_pillars(one: Line):
    cells = matrix([one])

    for country, share in one.countries.items():
        own = sum((cell.usd for key, cell in cells.items() if key[0] == country), Decimal(0))
        if share is None and len(one.countries) > 1:
            assert own == 0
        elif share is not None:
            assert abs(own - one.usd * share / 100) <= Decimal("0.04")


def test_a_regional_project_stands_in_each_country_and_is_counted_once():
    cells = matrix([line(countries={"AF": Decimal(60), "TJ": Decimal(40)})])

    assert {key: (cell.projects, cell.usd) for key, cell in cells.items()} == {
        ("AF", "I"): (["p"], Decimal("60.00")),
        ("TJ", "I"): (["p"], Decimal("40.00")),
    }


def test_without_shares_a_regional_projects_money_stays_not_allocated():
    cells = matrix([line(countries={"AF": None, "TJ": None})])

    assert cells["AF", "I"].usd == cells["TJ", "I"].usd == 0
    assert cells[None, "I"].usd == 100
    assert cells[None, "I"].projects == []


def test_the_only_country_and_the_only_confirmed_pillar_hold_all_the_money():
    cells = matrix([line()])

    assert {key: cell.usd for key, cell in cells.items()} == {("AF", "I"): Decimal(100)}


def test_a_pillar_that_is_only_proposed_holds_no_money_without_a_share():
    cells = matrix([line(pillars={"I": (None, True)})])

    assert (cells["AF", "I"].usd, cells["AF", "I"].proposed) == (0, 1)
    assert cells["AF", None].usd == 100


def test_a_project_without_country_and_pillar_stands_in_neither():
    cells = matrix([line(countries={}, pillars={})])

    assert cells[None, None].projects == ["p"]
    assert cells[None, None].usd == 100


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
    cells = matrix([line(donors=frozenset(donors.split()))])

    assert cells["AF", "I"].state == state


def test_donors_of_several_projects_are_counted_once_each():
    cells = matrix([line(), line(id="q"), line(id="r", donors=frozenset({"US"}))])

    assert cells["AF", "I"].state == "covered"


def test_a_cell_without_projects_is_empty():
    assert Cell().state == "empty"


@pytest.mark.parametrize(
    ("ends", "soon"),
    [
        ([date(2026, 6, 30)], True),
        ([date(2026, 6, 30), date(2025, 1, 1)], True),
        ([date(2026, 6, 30), date(2029, 1, 1)], False),
        ([date(2026, 6, 30), None], False),
        ([date(2025, 12, 31)], False),
        ([None], False),
    ],
)
def test_a_cell_ends_soon_when_its_last_project_does(ends: list[date | None], soon: bool):
    cells = matrix([line(id=str(number), ends=end) for number, end in enumerate(ends)])

    assert cells["AF", "I"].ends_soon(ON) is soon
