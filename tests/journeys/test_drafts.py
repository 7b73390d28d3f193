"""A form that keeps itself, in a real browser: leaving loses nothing, a bad line is told, two people meet on a page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.barriers import barriers
from tests.browsers import Live

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
SOON = 20_000
PAUSE = 16_000
"""Milliseconds, longer than the form waits before it keeps what was written, and before it tries again."""


def title(page: Page, text: str) -> None:
    """Write another title, as somebody types it."""
    page.get_by_label("Title", exact=True).fill(text)


@pytest.fixture(autouse=True)
def clock(page: Page) -> None:
    """The form waits by a clock that the tests put forward."""
    page.clock.install()


def kept(page: Page) -> None:
    """Let the seconds pass after which a form keeps itself, or tries again, and wait until its foot says so."""
    page.clock.fast_forward(PAUSE)
    expect(page.locator("[data-kept]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d\.$"), timeout=SOON)


def test_what_was_written_is_there_after_leaving_and_a_bad_line_is_told(page: Page, live: Live):
    live.sign_in(page.context, live.visitor("focal_point", "NO"))
    page.goto("/submissions/new")

    title(page, "Border posts on the Panj")
    kept(page)
    assert re.search("/submissions/[0-9a-f-]{36}/edit$", page.url)
    page.context.set_offline(True)
    title(page, "Border posts on the Panj, phase II")
    page.clock.fast_forward(PAUSE)
    expect(page.locator("[data-kept]")).to_contain_text("no connection", timeout=SOON)
    page.context.set_offline(False)
    kept(page)
    page.reload()

    expect(page.get_by_label("Title", exact=True)).to_have_value("Border posts on the Panj, phase II")


def test_two_people_who_write_at_once_meet_on_a_page_and_lose_nothing(page: Page, live: Live):
    live.sign_in(page.context, live.visitor("focal_point", "NO"))
    page.goto("/submissions/new")
    title(page, "Border posts on the Panj")
    kept(page)
    colleague = page.context.new_page()
    colleague.goto(page.url)
    colleague.get_by_label("Description", exact=True).fill("A colleague knows more.")
    kept(colleague)

    title(page, "Border posts on the Panj, phase II")
    page.clock.fast_forward(PAUSE)
    expect(page.locator("[data-kept]")).to_contain_text("somebody stored another version", timeout=SOON)
    page.get_by_role("button", name="Compare the two").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Two versions of")
    assert barriers(page) == []
    page.get_by_role("button", name="Keep what is chosen").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Border posts on the Panj, phase II")
    expect(page.get_by_label("Description", exact=True)).to_have_value("A colleague knows more.")
