"""Cells: fragmentation, gaps and coming gaps."""

from datetime import date

from adam.matching import Need, fragmentation, gaps, load_policy
from adam.matching.cells import cells
from tests.matching.builders import assistance

TODAY = date(2026, 1, 15)


def test_more_than_three_donors_in_a_cell_are_fragmented():
    crowd = cells(assistance(f"p{n}", donors=(f"D{n}",)) for n in range(4))

    found = fragmentation(crowd, load_policy(), TODAY)

    assert [one.donors for one in found] == [("D0", "D1", "D2", "D3")]
    assert "EU Code of Conduct" in found[0].sentence


def test_three_donors_with_many_projects_are_not_fragmented():
    three = cells(assistance(f"p{n}", donors=(f"D{n % 3}",)) for n in range(12))

    found = fragmentation(three, load_policy(), TODAY)

    assert found == []


def test_donors_who_left_do_not_fragment_a_cell():
    left = assistance("p4", end=date(2025, 6, 30))
    crowd = cells([*(assistance(f"p{n}") for n in range(3)), left])

    found = fragmentation(crowd, load_policy(), TODAY)

    assert found == []


def test_the_donor_with_most_projects_is_proposed_to_lead():
    crowd = cells(assistance(f"p{n}", donors=(f"D{min(n, 3)}",)) for n in range(6))

    found = fragmentation(crowd, load_policy(), TODAY)

    assert found[0].lead == "D3"


def test_a_need_without_an_active_project_is_a_gap():
    over = cells([assistance("p", end=date(2025, 12, 31))])

    found = gaps([Need("n1", "AF", "I", "training")], over, TODAY)

    assert [(one.kind, one.need) for one in found] == [("gap", "n1")]


def test_an_empty_cell_without_a_need_is_no_gap():
    found = gaps([], [], TODAY)

    assert found == []


def test_a_need_without_a_type_is_answered_by_any_type():
    active = cells([assistance("p", assistance_type="equipment")])

    found = gaps([Need("n1", "AF", "I")], active, TODAY)

    assert found == []


def test_a_cell_whose_last_project_ends_within_twelve_months_is_a_coming_gap():
    ending = cells([assistance("p", end=date(2026, 6, 30)), assistance("q", end=date(2026, 12, 31))])

    found = gaps([], ending, TODAY)

    assert [(one.kind, one.ends) for one in found] == [("coming_gap", date(2026, 12, 31))]


def test_an_open_end_a_later_end_or_a_planned_successor_is_no_coming_gap():
    soon = assistance("p", end=date(2026, 6, 30))
    others = [
        assistance("q", end=None),
        assistance("q", end=date(2027, 6, 30)),
        assistance("q", start=date(2026, 5, 1), end=date(2028, 1, 1)),
    ]

    found = [gaps([], cells([soon, other]), TODAY) for other in others]

    assert found == [[], [], []]
