"""A coordinator runs the overlap report, reads it, opens a finding and decides: in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from adam.domain.actors import system
from adam.services import projects, rules, screening
from adam.services.projects import Entry
from adam.services.work import working
from tests.browsers import Live
from tests.builders.documents import draft


@pytest.fixture
def records(live: Live) -> None:
    """One activity that Norway and France recorded, and another one; compared."""
    other = draft(
        title="Clinics in Herat",
        countries=[{"country": "AF", "share": None}],
        organizations=[{"role": "funding", "organization": "DE", "name": None}],
        beneficiaries=[],
        contributions=[],
    )
    with working(live.sessions, system("tests"), rules.load()) as w:
        projects.record(w, [Entry(draft(), "NO"), Entry(draft(), "FR"), Entry(other, "DE")])
    with working(live.sessions, system("tests"), rules.load()) as w:
        screening.run(w, full=True)


def test_a_report_is_run_read_and_a_finding_of_it_decided(page: Page, live: Live, records: None):
    live.sign_in(page.context, live.visitor("coordinator"))
    page.goto("/reports")
    page.get_by_role("link", name="Run a report").first.click()
    page.get_by_role("group", name="Priority countries").get_by_label("Tajikistan").check()
    page.get_by_role("button", name="Run the report").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Overlap report: Tajikistan")
    expect(page.get_by_role("heading", name="What the money is")).to_be_visible()
    expect(page.get_by_role("heading", name="By country and pillar")).to_be_visible()
    finding = page.get_by_role("article").first
    expect(finding.get_by_role("link", name="Border posts on the Panj").first).to_be_visible()

    finding.get_by_role("link", name="F-0").click()
    expect(page.get_by_role("heading", name="Field by field")).to_be_visible()
    page.get_by_text("The figures as a table").click()
    expect(page.get_by_role("columnheader", name="Adds")).to_be_visible()
    page.get_by_label("Reason", exact=True).fill("One activity, reported by payer and doer.")
    page.get_by_role("button", name="Record duplicate").click()
    page.get_by_role("button", name="Merge the two").click()
    expect(page.get_by_role("status")).to_contain_text("Decided: Record duplicate.")
    page.goto("/findings?tab=decided")
    expect(page.get_by_role("link", name="Border posts on the Panj").first).to_be_visible()


def test_the_public_finds_records_and_the_coverage(page: Page, live: Live, records: None):
    page.goto("/")

    expect(page.get_by_role("link", name="Clinics in Herat")).to_be_visible()
    page.get_by_label("Words, place or identifier").fill("panj")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Clinics in Herat")).to_have_count(0)
    page.get_by_role("link", name="Coverage").click()
    page.get_by_role("cell", name="2 projects").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Tajikistan, I. Regional initiatives")).to_be_visible()
    page.get_by_role("link", name="Its projects in a list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Projects")
