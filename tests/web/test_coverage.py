"""The pages of coverage, totals and gaps: each figure leads to what is behind it, each for whom may see it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from adam.services import needs
from tests.builders.documents import coordinator, money
from tests.builders.recording import Works, recorded
from tests.services.test_gaps import NEED
from tests.visitors import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def cora(visit: Visit) -> Visitor:
    """A coordinator."""
    return visit("coordinator")


def rows(answer: str) -> list[dict[str, str]]:
    """A CSV file."""
    return list(csv.DictReader(answer.splitlines()))


def test_a_cell_opens_on_the_page_and_names_its_donors(cora: Visitor, work: Works):
    recorded(work(), contributions=money("1200000.00"))

    page = cora.get("/coverage?year=2025&cell=TJ.I")

    assert page.status_code == 200
    assert 'id="cell"' in page.text and "Coordinated border management" in page.text
    assert "Money by donor" in page.text and "Whom to call" in page.text


def test_the_year_moves_without_a_script(cora: Visitor, work: Works):
    recorded(work())

    for query, said in (
        ("year=2025", "One record active in 2025"),
        ("year=2025&exact=2019", "0 records active in 2019"),
        ("from=2027-01-01&to=2028-01-01&year=2025", "0 records active"),
        ("when=all", "One record of all years"),
        ("year=2025&exact=frogs", "One record active in 2025"),
    ):
        assert said in cora.get(f"/coverage?{query}").text, query


def test_a_baseline_says_how_each_cell_differs(cora: Visitor, work: Works):
    recorded(work())

    page = cora.get("/coverage?year=2025&base=2019").text

    assert "+\N{NO-BREAK SPACE}1 project" in page and "as before" in page


@pytest.mark.parametrize("by", ["pillar", "commitment", "assistance_type"])
def test_the_table_behind_the_matrix_adds_up(cora: Visitor, work: Works, by: str):
    recorded(work(), contributions=money("100.00"), countries=[{"country": "TJ", "share": "60.00"}])

    table = rows(cora.get(f"/coverage/matrix.csv?when=all&by={by}").text)

    *cells, total = [Decimal(row["counted_usd"]) for row in table]
    assert sum(cells) == total == 100


@pytest.mark.parametrize("name", ["matrix.svg", "map.svg", "timeline.svg", "donors.svg"])
def test_every_picture_is_a_file_that_stands_alone(cora: Visitor, work: Works, name: str):
    recorded(work())

    answer = cora.get(f"/coverage/{name}?when=all&cell=TJ.I")

    assert answer.status_code == 200 and answer.content_type.startswith("image/svg+xml")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert ElementTree.fromstring(answer.data).get("width")


@pytest.mark.parametrize(
    "path",
    [
        "/coverage/frogs.svg",
        "/coverage/timeline.svg",
        "/coverage/map.svg?region=all",
        "/totals/records?part=x",
    ],
)
def test_a_picture_that_there_is_not_is_not_found(cora: Visitor, path: str):
    assert cora.get(path).status_code == 404


def test_nobody_who_is_not_signed_in_reads_an_amount(client, work: Works):
    recorded(work(), contributions=money("7654321.00"))

    for path in ("/coverage", "/coverage/matrix.csv", "/coverage/matrix.svg", "/coverage/timeline.csv"):
        answer = client.get(f"{path}?when=all&cell=TJ.I")
        assert answer.status_code == 200
        assert not any(
            figure in answer.text
            for figure in ("7654321", "7.7\N{NO-BREAK SPACE}m", "7\N{NO-BREAK SPACE}654")
        ), path
    assert client.get("/coverage/donors.csv?when=all&cell=TJ.I").status_code == 404
    for path in ("/totals", "/totals.csv", "/totals/records", "/gaps", "/needs"):
        assert client.get(path).status_code == 303


def test_a_total_and_its_file_say_the_same(cora: Visitor, work: Works):
    whole = recorded(work(), contributions=money("100.00"))
    recorded(work(), contributions=money("40.00"), relations=[{"kind": "component", "project": whole.id}])
    work()

    page, file = cora.get("/totals?by=donor"), rows(cora.get("/totals.csv?by=donor").text)

    assert page.status_code == 200 and "part=component" in page.text
    found = {row["by"]: row for row in file if row["by"] != "ledger"}
    assert (found["total"]["counted_usd"], found["total"]["left_out_usd"]) == ("100.00", "40.00")
    assert cora.get("/totals.svg?by=donor").status_code == 200


def test_a_line_of_a_total_opens_to_its_records(cora: Visitor, work: Works):
    record = recorded(work())

    page = cora.get("/totals/records?part=line&by=country&line=TJ")

    assert record.reference in page.text and "Tajikistan" in page.text


def test_a_need_is_entered_changed_and_closed_by_forms(cora: Visitor):
    form = {name: value for name, value in NEED.items() if value} | {"recorded_on": "2025-06-01"}

    refused = cora.submit("/needs/new", form | {"country": "XX", "source": ""})
    entered = cora.submit("/needs/new", form)

    assert refused.status_code == 422 and "Radios for the posts" in refused.text
    place = entered.headers["Location"]
    assert entered.status_code == 303 and "a gap" in cora.get(place).text
    assert cora.submit(f"{place}/edit", form | {"statement": "Radios", "version": "1"}).status_code == 303
    assert cora.submit(f"{place}/close", {"version": "2"}).status_code == 422
    assert cora.submit(f"{place}/close", {"version": "2", "closed_reason": "Met."}).status_code == 303
    assert "Closed on" in cora.get(place).text
    assert cora.submit(f"{place}/close", {"version": "3", "action": "reopen"}).status_code == 303
    assert "Radios" in cora.get("/needs").text


def test_others_read_needs_and_change_none(visit: Visit, work: Works):
    number = needs.record(work(coordinator()), NEED).id
    norway = visit("focal_point", "NO")

    assert norway.get(f"/needs/{number}").status_code == norway.get("/gaps").status_code == 200
    assert norway.submit(f"/needs/{number}/close", {"closed_reason": "No."}).status_code == 403
    assert norway.get("/needs/99999999999999999999").status_code == 404
