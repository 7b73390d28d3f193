"""A focal point enters a project, mends what is asked, and a coordinator validates it: in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import databases
from tests.browsers import Live

DESCRIPTION = (
    "Officers at the border posts on the Panj are trained in searching vehicles. The posts get radios."
)


# What scripts change and what a database changes have nothing to do with each other: each pair once.
two_ways = pytest.mark.parametrize(
    ("kind", "screen"),
    [
        pytest.param(kind, script, id=f"{kind}-{name}")
        for kind, script, name in (("sqlite", False, "no script"), ("postgresql", True, "script"))
        if kind in databases.KINDS
    ],
    indirect=True,
)


@pytest.fixture
def screen(request: pytest.FixtureRequest, browser: Browser, live: Live) -> Iterator[Page]:
    """A page of a browser that runs scripts, and of one that doesn't."""
    context = browser.new_context(
        base_url=live.url, viewport={"width": 1280, "height": 900}, java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


def fill(page: Page) -> None:
    """The answers that a project needs most, as somebody would type them."""
    page.get_by_label("Title", exact=True).fill("Border posts on the Panj")
    page.get_by_label("Description", exact=True).fill(DESCRIPTION)
    page.get_by_label("Status", exact=True).select_option("active")
    page.get_by_label("Funding organization").fill("Norway")
    page.get_by_label("Implementing organization").fill("UNODC")
    page.get_by_label("Institution that benefits").fill("Border Guards of Tajikistan")
    page.get_by_label("Its kind").select_option("border_guard")
    page.get_by_label("Country 1", exact=True).fill("Tajikistan")
    page.get_by_label("Planned start").fill("2024-01-01")
    page.get_by_label("Planned end").fill("2026-12-31")
    page.get_by_label("Pillar and commitment 1").select_option("I.5")
    page.get_by_label("Training", exact=True).check()
    page.get_by_label("Given by").fill("Norway")
    page.get_by_label("Amount", exact=True).fill("1 200 000.00")
    page.get_by_label("Currency", exact=True).fill("USD")
    page.get_by_label("Value date").fill("2024-01-01")


@two_ways
def test_a_project_is_entered_and_submitted(screen: Page, live: Live):
    live.sign_in(screen.context, live.visitor("focal_point", "NO"))
    screen.goto("/desk")
    screen.get_by_role("link", name="Enter a project").click()

    fill(screen)
    screen.get_by_role("button", name="Add a country").click()
    screen.get_by_label("Country 2", exact=True).fill("AF")
    screen.get_by_role("button", name="Divide evenly among the countries").click()
    expect(screen.get_by_label("Share of country 1, percent")).to_have_value("50.00")
    screen.get_by_role("button", name="Check and submit").click()

    expect(screen.get_by_role("heading", level=1)).to_have_text("Border posts on the Panj")
    expect(screen.get_by_role("status").first).to_contain_text("Submitted")
    expect(screen.get_by_text("Afghanistan, 50.00").first).to_be_visible()


@two_ways
def test_errors_are_mended_from_the_summary_and_nothing_is_lost(screen: Page, live: Live):
    live.sign_in(screen.context, live.visitor("focal_point", "NO"))
    screen.goto("/submissions/new")
    fill(screen)
    screen.get_by_label("Planned end").fill("2020-12-31")
    screen.get_by_label("Currency", exact=True).fill("")
    screen.get_by_role("button", name="Check and submit").click()

    alert = screen.get_by_role("alert")
    expect(alert).to_contain_text("2 answers need mending")
    expect(screen).to_have_title("Mend 2 answers: Enter a project · ADAM")
    expect(screen.get_by_label("Amount", exact=True)).to_have_value("1 200 000.00")
    expect(screen.get_by_label("Planned end")).to_have_attribute("aria-invalid", "true")
    alert.get_by_role("link", name="The end, 31 December 2020").click()
    expect(screen.get_by_label("Planned end")).to_be_focused()
    screen.get_by_label("Planned end").fill("2026-12-31")
    screen.get_by_label("Currency", exact=True).fill("USD")
    screen.get_by_role("button", name="Check and submit").click()

    expect(screen.get_by_role("status").first).to_contain_text("Submitted")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
def test_a_record_that_looks_the_same_appears_while_somebody_types(page: Page, live: Live):
    paris = live.visitor("focal_point", "FR")
    accepted(page, live, paris)
    live.sign_in(page.context, live.visitor("focal_point", "NO"))
    page.goto("/submissions/new")

    fill(page)

    panel = page.locator("[data-lookalikes]")
    expect(panel.get_by_role("link", name="Border posts on the Panj")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Check and submit").click()
    expect(page.get_by_role("alert")).to_contain_text("may be the same as yours")
    page.locator("[data-lookalikes]").get_by_text("different", exact=True).click()
    page.get_by_label("Why, in a few words").fill("Another valley.")
    page.get_by_role("button", name="Check and submit").click()
    expect(page.get_by_role("status").first).to_contain_text("Submitted")


def accepted(page: Page, live: Live, author) -> None:  # type: ignore[no-untyped-def]
    """A record of that author's partner, entered and validated in this browser."""
    live.sign_in(page.context, author)
    page.goto("/submissions/new")
    fill(page)
    page.get_by_role("button", name="Check and submit").click()
    # Their partner has no part in it: that is asked once.
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Check and submit").click()
    expect(page.get_by_role("status").first).to_contain_text("Submitted")
    live.sign_in(page.context, live.visitor("coordinator"))
    page.goto("/validate")
    page.get_by_role("link", name="Border posts on the Panj").first.click()
    page.get_by_role("button", name="Validate").click()
    expect(page.get_by_role("status").first).to_contain_text("Accepted")


@two_ways
def test_a_submission_is_returned_mended_and_validated(screen: Page, live: Live):
    norway, cora = live.visitor("focal_point", "NO"), live.visitor("coordinator")
    live.sign_in(screen.context, norway)
    screen.goto("/submissions/new")
    fill(screen)
    screen.get_by_role("button", name="Check and submit").click()
    expect(screen.get_by_role("status").first).to_contain_text("Submitted")

    live.sign_in(screen.context, cora)
    screen.goto("/validate")
    screen.get_by_role("link", name="Border posts on the Panj").click()
    screen.get_by_label("What is to be mended?").fill("Say how many officers.")
    screen.get_by_role("button", name="Return with this comment").click()
    expect(screen.get_by_role("status").first).to_contain_text("Returned with your comment")

    live.sign_in(screen.context, norway)
    screen.goto("/desk")
    expect(screen.get_by_text("Say how many officers.").first).to_be_visible()
    screen.get_by_role("link", name="Mend it").click()
    screen.get_by_label("Description", exact=True).fill(f"{DESCRIPTION} 200 of them.")
    screen.get_by_role("button", name="Check and submit").click()

    live.sign_in(screen.context, cora)
    screen.goto("/validate")
    screen.get_by_role("link", name="Border posts on the Panj").click()
    expect(screen.get_by_text("200 of them").first).to_be_visible()
    screen.get_by_role("button", name="Validate").click()
    screen.get_by_role("link", name="ADAM-0").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Border posts on the Panj")
