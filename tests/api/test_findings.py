"""Findings, what is decided on them, reports and coverage, as programs read them."""

import csv
import io

import pytest

from adam.api.examples import JUDGEMENT, REPORT
from tests.api.builders import accepted, codes


@pytest.fixture
def parties(visit):
    """Norway's and UNODC's focal points and a coordinator, with one project written down by both partners."""
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    accepted(norway, coordinator)
    accepted(unodc, coordinator)
    return norway, unodc, coordinator


def test_a_finding_shows_both_records_and_its_reasons(parties):
    norway, _, coordinator = parties

    listed = norway.api("GET", "/findings?total=true").get_json()
    found = coordinator.api("GET", f"/findings/{listed['items'][0]['id']}").get_json()

    assert listed["total"] == 1
    assert {found["a"]["owner"], found["b"]["owner"]} == {"NO", "UNODC"}
    assert found["state"] == "open" and found["judgements"] == []
    assert all(reason["sentence"] for reason in found["evidence"])


def test_a_verdict_takes_a_finding_out_of_the_queue(parties):
    norway, _, coordinator = parties
    finding = norway.api("GET", "/findings").get_json()["items"][0]

    judged = coordinator.api("POST", f"/findings/{finding['id']}/judgements", json=JUDGEMENT)
    queue = coordinator.api("GET", "/findings?total=true").get_json()
    decided = coordinator.api("GET", "/findings?state=decided&total=true").get_json()

    assert judged.status_code == 201
    assert judged.get_json()["judgements"][0]["verdict"] == JUDGEMENT["verdict"]
    assert [queue["total"], decided["total"]] == [0, 1]


def test_findings_are_asked_for_by_their_newest_verdict(parties):
    *_, coordinator = parties
    finding = coordinator.api("GET", "/findings").get_json()["items"][0]
    for verdict in ("overlap", "complementary"):
        coordinator.api(
            "POST", f"/findings/{finding['id']}/judgements", json=JUDGEMENT | {"verdict": verdict}
        )

    older, newer = (
        coordinator.api("GET", f"/findings?state=any&total=true&verdict={verdict}").get_json()["total"]
        for verdict in ("overlap", "complementary")
    )

    assert [older, newer] == [0, 1]


def test_only_a_coordinator_of_neither_partner_decides(parties, visit):
    norway, *_ = parties
    address = f"/findings/{norway.api('GET', '/findings').get_json()['items'][0]['id']}/judgements"

    refused = [
        norway.api("POST", address, json=JUDGEMENT),
        visit("coordinator", "NO").api("POST", address, json=JUDGEMENT),
        visit("administrator").api("POST", address, json=JUDGEMENT),
    ]

    assert [response.status_code for response in refused] == [403, 403, 403]


def test_a_verdict_on_an_older_version_is_refused(parties):
    *_, coordinator = parties
    finding = coordinator.api("GET", "/findings").get_json()["items"][0]
    address = f"/findings/{finding['id']}"
    etag = coordinator.api("GET", address).headers["ETag"]

    first = coordinator.api("POST", f"{address}/judgements", {"If-Match": etag}, json=JUDGEMENT)
    second = coordinator.api("POST", f"{address}/judgements", {"If-Match": etag}, json=JUDGEMENT)

    assert [first.status_code, second.status_code] == [201, 412]


def test_a_verdict_needs_a_reason_and_a_later_day(parties):
    *_, coordinator = parties
    address = f"/findings/{coordinator.api('GET', '/findings').get_json()['items'][0]['id']}/judgements"

    nothing = coordinator.api("POST", address, json={})
    past = coordinator.api("POST", address, json=JUDGEMENT | {"review_on": "2020-01-01"})

    assert codes(nothing) == {("#/verdict", "required"), ("#/reason", "required")}
    assert codes(past) == {("#/review_on", "past")}


@pytest.mark.parametrize("name", ["overlap", "coverage"])
def test_a_report_is_stored_and_read_again_as_it_was(parties, name):
    norway, unodc, _ = parties

    made = norway.api("POST", "/reports", json=REPORT | {"kind": name})
    again = norway.api("GET", made.headers["Location"].removeprefix("/api/v1"))
    listed = norway.api("GET", "/reports?total=true").get_json()

    assert made.status_code == 201
    assert again.get_json() == made.get_json() and again.headers["ETag"] == made.headers["ETag"]
    assert (
        made.get_json()["scope"]["countries"] == ["AF"] and made.get_json()["scope"]["from"] == "2020-01-01"
    )
    assert listed["total"] == 1 and "figures" not in listed["items"][0]
    assert unodc.api("GET", f"/reports/{made.get_json()['id']}").status_code == 404


@pytest.mark.parametrize("name", ["overlap", "coverage"])
def test_a_report_is_a_file_too(parties, name):
    *_, coordinator = parties
    report = coordinator.api("POST", "/reports", json={"kind": name}).get_json()

    sheet = coordinator.api("GET", f"/reports/{report['id']}/file?format=csv")
    whole = coordinator.api("GET", f"/reports/{report['id']}/file?format=json")
    other = coordinator.api("GET", f"/reports/{report['id']}/file?format=docx")

    assert sheet.content_type.startswith("text/csv")
    assert sheet.headers["Content-Disposition"] == f'attachment; filename="{report["reference"]}.csv"'
    assert len(list(csv.DictReader(io.StringIO(sheet.text)))) >= 1
    assert whole.get_json() == report
    assert codes(other) == {("?format", "choice")}


def test_a_scope_with_problems_makes_no_report(visit):
    coordinator = visit("coordinator")
    scope = {"countries": ["XX"], "from": "2025-01-01", "to": "2024-01-01", "colour": "red"}

    wrong = coordinator.api("POST", "/reports", json={"kind": "everything", "scope": scope})
    unknown = coordinator.api("POST", "/reports", json={"kind": "overlap", "scope": {"countries": ["XX"]}})

    assert {pointer for pointer, _ in codes(wrong)} >= {"#/kind", "#/scope/colour"}
    assert codes(unknown) == {("#/scope/countries/0", "unknown_code")}
    assert coordinator.api("GET", "/reports?total=true").get_json()["total"] == 0


@pytest.mark.parametrize("by", ["pillar", "commitment", "assistance_type"])
def test_the_money_of_all_cells_is_the_total(parties, by):
    norway, *_ = parties

    found = norway.api("GET", f"/coverage?by={by}").get_json()

    cents = sum(round(float(cell["usd"]) * 100) for cell in found["items"])
    assert cents + round(float(found["elsewhere"]) * 100) == round(float(found["total"]) * 100) > 0
    assert {cell["state"] for cell in found["items"]} >= {"empty", "single"}


def test_coverage_is_asked_for_a_place(parties):
    norway, *_ = parties

    found = norway.api("GET", "/coverage?country=AF&pillar=I").get_json()["items"]

    cell = next(item for item in found if (item["country"], item["pillar"]) == ("AF", "I"))
    assert cell["projects"] == 2 and cell["donor_names"] == ["Norway"] and cell["state"] == "single"


@pytest.mark.parametrize(
    "query, found",
    [
        ("country=AF&pillar=I&sort=certainty", 1),
        ("country=AL", 0),
        ("organization=UNODC&role=implementing&sort=money", 1),
        ("status=cancelled", 0),
        ("active_from=2020-01-01&active_to=2030-01-01&sort=newest", 1),
        ("verdict=unrelated&state=any", 0),
    ],
)
def test_findings_are_asked_for_by_what_their_records_are(parties, query, found):
    *_, coordinator = parties
    item = coordinator.api("GET", "/findings").get_json()["items"][0]

    of_all = coordinator.api("GET", f"/findings?{query}&total=true").get_json()
    of_one = coordinator.api("GET", f"/projects/{item['a']['id']}/findings?{query}&total=true").get_json()

    assert of_all["total"] == of_one["total"] == found == len(of_all["items"])
    assert "total" not in coordinator.api("GET", f"/findings?{query}").get_json()
