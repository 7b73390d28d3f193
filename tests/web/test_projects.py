"""Accepted records on pages: the list with its filters, one record, and what its owner does with it."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from tests.builders.documents import money
from tests.builders.recording import Works, recorded
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
PROPOSED = [
    {
        "pillar": "III",
        "commitment": None,
        "share": None,
        "rationale": "The title names precursors.",
        "proposed": True,
    }
]


@pytest.fixture
def norway(visit: Visit) -> Visitor:
    """A focal point of Norway."""
    return visit("focal_point", "NO")


@pytest.mark.parametrize(
    "query, found",
    [
        ("", {"Alpha", "Beta"}),
        ("country=TJ", {"Alpha"}),
        ("country=TJ&country=AF", {"Alpha", "Beta"}),
        ("pillar=I", {"Alpha"}),
        ("pillar=I.5", {"Alpha"}),
        ("status=completed", {"Beta"}),
        ("assistance_type=equipment", {"Beta"}),
        ("organization=NO", {"Alpha", "Beta"}),
        ("owner=FR", {"Beta"}),
        ("q=alph", {"Alpha"}),
        ("from=2027-01-01", {"Beta"}),
        ("country=Narnia", set()),
        ("from=yesterday", {"Alpha", "Beta"}),
        ("q=%25", set()),
        ("page=99999999999999999999", {"Alpha", "Beta"}),
        ("country=%00&q=%00", {"Alpha", "Beta"}),
    ],
)
def test_filters_narrow_the_list(client: FlaskClient, work: Works, query: str, found: set[str]):
    recorded(work(), "NO", title="Alpha")
    recorded(
        work(),
        "FR",
        title="Beta",
        status="completed",
        countries=[{"country": "AF", "share": None}],
        pillars=[{"pillar": "II", "commitment": None, "share": None, "rationale": None, "proposed": False}],
        assistance_types=["equipment"],
        end_planned="2029-12-31",
    )

    page = client.get(f"/projects?{query}")

    assert page.status_code == 200
    assert {title for title in ("Alpha", "Beta") if re.search(f">{title}(</mark>)?</a>", page.text)} == found


def test_long_lists_come_in_pages(client: FlaskClient, work: Works):
    for number in range(51):
        recorded(work(), "NO", title=f"Project {number:02d}")

    first = client.get("/projects?sort=title&country=TJ").text
    second = client.get("/projects?sort=title&country=TJ&page=2").text

    assert "51" in first and "page=2" in first and "Project 50" not in first
    assert "Project 50" in second and "Project 49" not in second


def test_amounts_are_converted_and_say_at_which_rate(norway: Visitor, work: Works):
    record = recorded(work(), "NO", contributions=money("18000000.00", "EUR", value_date="2008-01-02"))

    page = norway.get(f"/projects/{record.id}").text

    assert "18\u00a0000\u00a0000.00" in page
    assert "1.4688" in page and "2 January 2008" in page


def test_a_proposed_pillar_is_marked_and_confirmed_by_its_owner(norway: Visitor, work: Works):
    record = recorded(work(), "NO", pillars=PROPOSED)
    path = f"/projects/{record.id}"
    before = norway.get(path).text

    norway.submit(f"{path}/assignments", {"pillar": "III", "action": "confirm"})

    assert "Proposed" in before and "The title names precursors." in before
    after = norway.get(path).text
    assert "Does not apply" not in after and "Proposed pillar confirmed" in after


def test_a_proposed_pillar_is_refused_by_a_coordinator(visit: Visit, work: Works):
    record = recorded(work(), "NO", pillars=PROPOSED)
    cora = visit("coordinator")

    cora.submit(f"/projects/{record.id}/assignments", {"pillar": "III", "action": "refuse"})

    assert "Not assigned to a pillar" in cora.get(f"/projects/{record.id}").text


def test_others_neither_confirm_nor_see_how(visit: Visit, work: Works):
    record = recorded(work(), "NO", pillars=PROPOSED)
    france = visit("focal_point", "FR")

    answer = france.submit(f"/projects/{record.id}/assignments", {"pillar": "III", "action": "confirm"})

    assert answer.status_code == 403
    assert "Does not apply" not in france.get(f"/projects/{record.id}").text


def test_an_assignment_that_is_not_there_is_not_found(norway: Visitor, work: Works):
    record = recorded(work(), "NO")

    assert (
        norway.submit(f"/projects/{record.id}/assignments", {"pillar": "IV", "action": "confirm"}).status_code
        == 404
    )


def test_its_owner_confirms_a_record_from_its_page(norway: Visitor, work: Works):
    record = recorded(work(), "NO")

    page = norway.submit(f"/projects/{record.id}/still-correct", {}, follow_redirects=True).text

    assert "Confirmed as correct today." in page and "not confirmed yet" not in page


def test_only_its_owner_is_offered_to_update_a_record(visit: Visit, norway: Visitor, work: Works):
    record = recorded(work(), "NO")

    offered = [
        "Update this record" in who.get(f"/projects/{record.id}").text
        for who in (norway, visit("coordinator"))
    ]

    assert offered == [True, False]


def test_words_of_a_record_are_escaped(client: FlaskClient, work: Works):
    record = recorded(
        work(), "NO", title="<script>alert(1)</script>", description="<img src=x onerror=alert(1)>"
    )

    for path in ("/projects", f"/projects/{record.id}"):
        page = client.get(path).text
        assert "<script>alert" not in page and "<img src=x" not in page


def test_the_figure_it_counts_with_says_how_it_is_reckoned(norway: Visitor, work: Works):
    record = recorded(work(), "NO")

    page = norway.get(f"/projects/{record.id}").text

    assert record.usd == Decimal("1200000.00")
    assert "Counted as" in page and "All its commitments" in page


def test_a_project_shows_its_parts_in_time_and_its_countries_by_share(
    client: FlaskClient, norway: Visitor, work: Works
):
    shares = [{"country": "TJ", "share": "60.00"}, {"country": "KE", "share": "15.00"}]
    whole = recorded(work(), "NO", title="Whole programme", countries=shares)
    relation = [{"kind": "component", "project": whole.id, "identifier": None, "role": "part"}]
    part = recorded(work(), "FR", title="Kenyan part", relations=relation)
    secret = recorded(work(), "FR", title="Hidden part", relations=relation, visibility="confidential")
    work()

    page, place = client.get(f"/projects/{whole.id}").text, f"/projects/{whole.id}/pictures"
    table = norway.get(f"{place}/time.csv").text

    assert "Kenyan part" in page and "a part of this one" in page and "KE</text>" in page
    assert secret.reference not in page + table
    assert part.reference in table and "1200000.00" not in client.get(f"{place}/time.csv").text
    assert client.get(f"{place}/countries.csv").text.splitlines()[-1].endswith("Not allocated,25.00")
    assert client.get(f"{place}/time.svg").text.startswith("<svg")
    assert client.get(f"{place}/years.svg").status_code == client.get(f"{place}/x.svg").status_code == 404
    assert "the whole of which this is a part" in client.get(f"/projects/{part.id}").text


def test_money_of_several_years_is_drawn_by_year_for_partners_alone(
    client: FlaskClient, norway: Visitor, work: Works
):
    paid = [*money("100.00", value_date="2024-05-01"), *money("250.00", value_date="2025-05-01")]
    project = recorded(work(), "NO", contributions=paid)
    work()

    place = f"/projects/{project.id}/pictures/years.csv"

    assert norway.get(place).text.split() == ["year,counted_usd", "2024,100.00", "2025,250.00"]
    assert client.get(place).status_code == 404
