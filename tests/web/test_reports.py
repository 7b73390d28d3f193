"""Reports on pages: run, listed, read again, taken as files; and the coverage page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from adam.services import screening
from tests.builders.answers import faults
from tests.builders.recording import Works, recorded
from tests.visitors import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def cora(visit: Visit) -> Visitor:
    """A coordinator."""
    return visit("coordinator")


@pytest.fixture
def report(cora: Visitor, work: Works) -> str:
    """The place of an overlap report about one activity that Norway and France recorded."""
    recorded(work(), "NO")
    recorded(work(), "FR")
    screening.run(work(), full=True)
    form = {"kind": "overlap", "country": ["TJ"], "pillar": ["I"], "from": "2024-01-01", "to": ""}
    return str(cora.submit("/reports/new", form).headers["Location"])


def test_a_report_shows_both_records_the_evidence_the_money_and_the_matrix(cora: Visitor, report: str):
    page = cora.get(report).text

    assert "What was found" in page and page.count("Border posts on the Panj") >= 2
    assert "Counted once" in page and "2.4\u00a0m" in page
    assert "Tajikistan" in page and "Method and limits" in page
    assert "In time: Tajikistan, pillar I" in page


def test_a_report_is_listed_and_reads_the_same_later(cora: Visitor, work: Works, report: str):
    cora.get(report)
    before = cora.get(report).text.split("<main")[1]
    recorded(work(), "DE")

    assert report in cora.get("/reports").text
    assert cora.get(report).text.split("<main")[1] == before


def test_a_report_is_taken_as_csv_and_json(cora: Visitor, report: str):
    sheet, whole = cora.get(f"{report}/file.csv"), cora.get(f"{report}/file.json")

    rows = list(csv.DictReader(io.StringIO(sheet.text)))
    assert rows[0]["a_title"] == rows[0]["b_title"] == "Border posts on the Panj"
    assert json.loads(whole.text)["kind"] == "overlap"
    assert "attachment" in sheet.headers["Content-Disposition"]
    assert cora.get(f"{report}/file.exe").status_code == 404


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF-"), ("xlsx", b"PK\x03\x04"), ("html", b"<!doctype html>")]
)
def test_a_report_is_taken_as_a_paper(cora: Visitor, report: str, form: str, begins: bytes):
    file = cora.get(f"{report}/file.{form}")

    assert file.data.startswith(begins) and len(file.data) > 5000
    assert f'href="{report}/file.{form}"' in cora.get(report).text
    assert file.headers["Content-Disposition"].endswith(f'-overlap.{form}"')


@pytest.mark.parametrize(
    "form, field",
    [
        ({"from": "2024-01-01", "to": "2020-01-01"}, "to"),
        ({"from": "soon"}, "from"),
        ({"country": ["Narnia", "XX"]}, "countries"),
        ({"pillar": ["V"]}, "pillars"),
    ],
)
def test_a_scope_that_cannot_be_read_is_told_at_its_field(cora: Visitor, form: dict[str, str], field: str):
    page = cora.submit("/reports/new", {"kind": "overlap"} | form)

    assert page.status_code == 422
    assert field in faults(page)


def test_reports_of_coordinators_are_not_for_partners(visit: Visit, report: str):
    norway = visit("focal_point", "NO")

    assert norway.get(report).status_code == norway.get(f"{report}/file.json").status_code == 404
    assert report not in norway.get("/reports").text


def test_a_partner_runs_a_report_over_what_it_may_see(visit: Visit, work: Works):
    recorded(work(), "FR", title="Secret", visibility="confidential")
    norway = visit("focal_point", "NO")

    page = norway.submit("/reports/new", {"kind": "overlap"}, follow_redirects=True)

    assert page.status_code == 200
    assert "Secret" not in page.text and "0 records" in page.text


def test_a_coverage_report_has_a_page_too(cora: Visitor, work: Works):
    recorded(work(), "NO")

    page = cora.submit("/reports/new", {"kind": "coverage"}, follow_redirects=True)

    assert page.status_code == 200
    assert "Coverage report" in page.text and "What was found" not in page.text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"kind": "gaps"}, "Gaps: needs without assistance"),
        ({"kind": "annual", "year": "2025", "baseline": "2020"}, "Annual report on the Vienna Declaration"),
    ],
)
def test_gaps_and_annual_reports_have_pages_and_files(
    cora: Visitor, work: Works, form: dict[str, str], said: str
):
    recorded(work(), "NO")

    place = str(cora.submit("/reports/new", form).headers["Location"])

    page = cora.get(place).text
    assert said in page and "How fresh the data is" in page and "Method and limits" in page
    assert cora.get(f"{place}/file.pdf").data.startswith(b"%PDF-")


def test_the_years_of_a_report_are_judged_at_their_fields(cora: Visitor):
    page = cora.submit("/reports/new", {"kind": "annual", "year": "2020", "baseline": "2021"})

    assert page.status_code == 422 and "baseline" in faults(page)


def test_two_reports_are_read_beside_each_other(cora: Visitor, work: Works, report: str):
    recorded(work(), "DE", title="Radios")
    other = str(cora.submit("/reports/new", {"kind": "overlap"}).headers["Location"])
    key = other.rsplit("/", 1)[-1]

    page = cora.get(f"{report}/comparison?with={key}").text

    assert "what changed" in page and "Figures side by side" in page
    assert key in cora.get(report).text
    assert cora.get(f"{report}/comparison/file.xlsx?with={key}").data.startswith(b"PK")
    assert cora.get(f"{report}/comparison?with=nobody").status_code == 404


def test_a_scope_is_saved_scheduled_paused_run_and_forgotten(cora: Visitor, visit: Visit, report: str):
    form = {"report": report.rsplit("/", 1)[-1], "name": "Tajikistan", "rhythm": "monthly"}
    assert "day" in faults(cora.submit("/reports/saved/new", form))

    cora.submit("/reports/saved/new", form | {"day": "3", "form": ["pdf"]})
    page = cora.get("/reports/saved").text
    key = page.split("/reports/saved/")[1].split("/")[0]
    cora.submit(f"/reports/saved/{key}/pause", {"paused": "yes", "version": "1"})
    again = cora.submit(f"/reports/saved/{key}/run", {}).headers["Location"]

    assert "Every month, day 3" in page and "paused" in cora.get("/reports/saved").text
    assert cora.get(again).status_code == 200
    assert visit("coordinator").submit(f"/reports/saved/{key}/run", {}).status_code == 404
    cora.submit(f"/reports/saved/{key}/forget", {"version": "2"})
    assert "Nothing is saved yet" in cora.get("/reports/saved").text


def test_all_records_of_a_report_are_taken(cora: Visitor, report: str):
    whole = json.loads(cora.get(f"{report}/records.json").text)

    assert {row["title"] for row in whole} == {"Border posts on the Panj"}
    assert cora.get(f"{report}/records.pdf").status_code == 404


def test_the_public_has_no_reports(client: FlaskClient):
    assert client.get("/reports").headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize(
    "query",
    ["", "region=all", "region=Black+Sea", "region=%00", "year=2025", "year=1", "organization=NO&year=2024"],
)
def test_coverage_answers_every_question(client: FlaskClient, work: Works, query: str):
    recorded(work(), "NO")

    page = client.get(f"/coverage?{query}")

    assert page.status_code == 200
    assert "The figures as a table" in page.text


def test_a_cell_of_the_coverage_leads_to_its_records(cora: Visitor, work: Works):
    record = recorded(work(), "NO")
    page = cora.get("/coverage").text
    assert 'href="/coverage?cell=TJ.I#cell"' in page

    opened = cora.get("/coverage?cell=TJ.I").text

    link = opened.split('href="/projects?country=TJ&amp;pillar=I&amp;')[1].split('"')[0].replace("&amp;", "&")

    assert record.id in cora.get(f"/projects?country=TJ&pillar=I&{link}").text


def test_coverage_counts_each_dollar_once(cora: Visitor, work: Works):
    shares = [{"country": "TJ", "share": "60.00"}, {"country": "AF", "share": "30.00"}]
    recorded(work(), "NO", countries=shares)

    page = cora.get("/coverage").text

    assert "0.72\u00a0m" in page and "0.36\u00a0m" in page
    assert "Counted once: 1.2\u00a0m US dollars." in page


def test_the_public_sees_no_money_in_the_coverage(client: FlaskClient, work: Works):
    recorded(work(), "NO")

    page = client.get("/coverage").text

    assert "1.2\u00a0m" not in page and "Amounts are for partners who are signed in." in page
