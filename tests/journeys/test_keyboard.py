"""From the sign-in page to a submitted project without a mouse, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from adam.domain.actors import FOCAL_POINT, system
from adam.services import accounts, rules
from adam.services.work import working
from tests.browsers import Live

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True, scope="session")
EMAIL, PASSWORD = "inger@test.example", "twelve tall pines"
DESCRIPTION = (
    "Officers at the border posts on the Panj are trained in searching vehicles. The posts get radios."
)
FURTHEST = 60
NAME = """() => {
  const at = document.activeElement, label = at.labels && at.labels[0];
  return at.getAttribute("aria-label") || (label || at).textContent.trim();
}"""


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def screen(request: pytest.FixtureRequest, browser: Browser, live: Live) -> Iterator[Page]:
    """A page of a browser that runs scripts, and of one that doesn't; Norway's focal point has a password."""
    draft = {"email": EMAIL, "name": "Inger", "role": FOCAL_POINT, "partner": "NO", "password": PASSWORD}
    with working(live.sessions, system("tests"), rules.load()) as w:
        accounts.create(w, draft)
    context = browser.new_context(
        base_url=live.url, viewport={"width": 1280, "height": 900}, java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


def reach(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _press in range(FURTHEST):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            return
    pytest.fail(f"Tab doesn't lead to {name!r}; the focus is at {focused(page)!r}")


def focused(page: Page) -> str:
    """What the label of the focused element says."""
    return str(page.evaluate(NAME))


def write(page: Page, *answers: tuple[str, str]) -> None:
    """Go to each field in its turn and type: into a list, what one looks for."""
    for name, text in answers:
        reach(page, name)
        page.keyboard.type(text)


def pick(page: Page, name: str, begin: str, whole: str) -> None:
    """Choose from a list by a few letters where it opens by itself; write the name out where it doesn't."""
    reach(page, name)
    scripted = page.evaluate("document.activeElement.getAttribute('role')") == "combobox"
    page.keyboard.type(begin if scripted else whole)
    if scripted:
        expect(page.locator("#picks li").first).to_be_visible()
        page.keyboard.press("Enter")


def test_a_project_is_entered_and_submitted_by_keyboard_alone(screen: Page):
    screen.goto("/sign-in")
    write(screen, ("E-mail", EMAIL), ("Password", PASSWORD))
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("link", name="New project")).to_be_visible()
    reach(screen, "New project")
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Enter a project")

    write(screen, ("Title", "Border posts on the Panj"), ("Description", DESCRIPTION), ("Status", "Active"))
    pick(screen, "Funding organization", "noru", "Norway")
    pick(screen, "Implementing organization", "unod", "UNODC")
    write(screen, ("Institution that benefits", "Border Guards of Tajikistan"), ("Its kind", "Border"))
    pick(screen, "Country 1", "tadj", "Tadjikistan")
    write(screen, ("Planned start", "2024-01-01"), ("Planned end", "2026-12-31"))
    write(screen, ("Pillar and commitment 1", "I.5"), ("Training", " "), ("Given by", "Norway"))
    write(screen, ("Amount", "1200000"), ("Currency", "USD"), ("Value date", "2024-01-01"))
    reach(screen, "Check and submit")
    screen.keyboard.press("Enter")

    expect(screen.get_by_role("status").first).to_contain_text("Submitted")
    expect(screen.get_by_role("main")).to_contain_text("Tajikistan")
    expect(screen.get_by_role("main")).to_contain_text("United Nations Office on Drugs and Crime")
