"""A coordinator goes through the queue: by keys to ten decided questions, several at once, a merge made and undone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import func, select

from adam.domain.actors import system
from adam.models.findings import Finding
from adam.models.projects import Project
from adam.services import rules
from adam.services.work import working
from tests.browsers import Live
from tests.builders.claims import claimed, group, records
from tests.builders.recording import recorded

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
REASON = "Read side by side."


@pytest.fixture
def twins(live: Live, page: Page) -> str:
    """Seven pairs, a group of three, and a pair that is one activity, which stands last; a coordinator is signed in."""
    with working(live.sessions, system("tests"), rules.load()) as w:
        ids = records(w, 8)
        for number, (a, b) in enumerate(zip(ids, ids[1:], strict=False)):
            claimed(w.session, a, b, stake=Decimal(10**6 - number))
        group(w.session, records(w, 3), kind="continuation")
        one, other = recorded(w, "NO", title="Posts on the Panj").id, recorded(w, "FR", title="Panj posts").id
        claimed(w.session, one, other, kind="record_duplicate", score=Decimal("0.10000"))
    live.sign_in(page.context, live.visitor("coordinator"))
    return one


def decided(live: Live) -> int:
    """How many findings are decided."""
    with live.sessions() as session:
        query = select(func.count()).select_from(Finding).where(Finding.state == "decided")
        return session.scalar(query) or 0


def merged_into(live: Live, project_id: str) -> str | None:
    """The record that this one went into."""
    with live.sessions() as session:
        return session.get_one(Project, project_id).merged_into


def going(page: Page) -> Callable[[str], None]:
    """Presses a key that leads to another page, and waits for it."""

    def press(key: str) -> None:
        with page.expect_navigation():
            page.keyboard.press(key)

    return press


def test_a_coordinator_goes_from_the_queue_to_decided_questions_and_back(live: Live, page: Page, twins: str):
    press, keys = going(page), page.keyboard
    page.goto("/findings?kind=component")
    keys.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    keys.press("Escape")
    keys.press("j")
    press("Enter")
    for letter in "cumtcoc":
        keys.press(letter)
        keys.type(REASON)
        press("Control+Enter")
        expect(page.get_by_role("status").first).to_contain_text("Decided")
    assert decided(live) == 7
    expect(page.get_by_text("Nothing waits here")).to_be_visible()

    page.goto("/findings")
    keys.press("j")
    keys.press("x")
    page.get_by_label("Verdict for the chosen").select_option("continuation")
    page.get_by_label("Reason").fill(REASON)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide 3 questions at once")
    page.get_by_role("button", name="Decide those that are ticked").click()
    expect(page.get_by_role("status").first).to_contain_text("3 findings are decided")
    assert decided(live) == 10

    page.get_by_role("link", name="Is it one activity?").click()
    page.get_by_label("Reason").fill(REASON)
    page.get_by_role("button", name="Record duplicate").click()
    assert merged_into(live, twins) is None
    page.get_by_role("button", name="Merge the two").click()
    page.get_by_role("link", name="Take it back").click()
    assert decided(live) == 11
    page.get_by_label("Why?").fill("They are two.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status").first).to_contain_text("is taken back")
    assert decided(live) == 10 and merged_into(live, twins) is None


def test_the_same_is_done_without_scripts(live: Live, page: Page, twins: str):
    plain = page.context.browser.new_context(base_url=live.url, java_script_enabled=False)
    _carry(page.context, plain)
    still = plain.new_page()

    still.goto("/findings")
    still.locator("a.pair").first.click()
    still.get_by_label("Reason").fill(REASON)
    still.get_by_role("button", name="Unrelated").click()

    expect(still.get_by_role("status").first).to_contain_text("Decided: Unrelated")
    expect(still.get_by_role("button", name="Keys")).to_have_count(0)
    assert decided(live) == 1
    plain.close()


def _carry(signed_in: BrowserContext, other: BrowserContext) -> None:
    other.add_cookies(signed_in.cookies())
