"""Every page of the main job passes axe, fits a phone, and asks nobody else for anything."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sqlalchemy import select

from adam.domain.actors import system
from adam.models.findings import Finding
from adam.models.projects import Project
from adam.services import projects, reports, rules, screening, submissions
from adam.services.projects import Entry
from adam.services.work import Work, working
from tests.browsers import Live
from tests.builders.documents import claim, draft, everything, focal

PHONE = {"width": 360, "height": 800}
SCOPE = {"countries": [], "pillars": [], "organizations": [], "date_from": None, "date_to": None}


@pytest.fixture
def places(live: Live) -> dict[str, list[str]]:
    """Role to the pages it reads, of a database in which there is something of everything."""
    with working(live.sessions, system("tests"), rules.load()) as w:
        projects.record(
            w, [Entry(draft(), "NO"), Entry(draft(), "FR"), Entry(draft(title="Posts, phase II"), "NO")]
        )
    with working(live.sessions, system("tests"), rules.load()) as w:
        screening.run(w, full=True)
    with working(live.sessions, system("tests"), rules.load()) as w:
        report = reports.run(w, "overlap", SCOPE).id
    with working(live.sessions, focal("NO"), rules.load()) as w:
        mine = _submissions(w)
    with live.sessions() as session:
        finding = session.scalars(select(Finding.id).where(Finding.a_id.is_not(None))).first()
        record = session.scalars(select(Project.id).where(Project.owner == "NO")).first()
    return {
        "": ["/sign-in", "/projects", f"/projects/{record}", "/coverage", "/partners", "/nowhere"],
        "focal_point": ["/desk", "/submissions/new", f"{mine[0]}/edit", mine[1], "/submissions", "/findings"],
        "coordinator": [
            *("/desk", "/validate", mine[1], "/findings", f"/findings/{finding}", "/coverage"),
            *("/reports", "/reports/new", f"/reports/{report}", f"/projects/{record}"),
        ],
    }


def _submissions(w: Work) -> list[str]:
    """A draft with problems, and a whole submission that waits."""
    broken = submissions.save(
        w, claim({"title": "Half a project", "countries": [{"country": "TJ", "share": "140"}]})
    )
    whole = submissions.submit(w, submissions.save(w, claim(everything())).id)
    return [f"/submissions/{broken.id}", f"/submissions/{whole.id}"]


@pytest.mark.parametrize("role", ["", "focal_point", "coordinator"])
def test_pages_have_no_barriers_and_fit_a_phone(
    page: Page, live: Live, places: dict[str, list[str]], role: str
):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    if role:
        live.sign_in(page.context, live.visitor(role, "NO" if role == "focal_point" else None))

    found = [fault for path in places[role] for fault in faults(page, path)]

    assert not found
    assert {url for url in asked if not url.startswith((live.url, "data:"))} == set()


def test_a_refused_form_has_no_barriers(page: Page, live: Live):
    live.sign_in(page.context, live.visitor("focal_point", "NO"))
    page.goto("/submissions/new")
    page.get_by_role("button", name="Check and submit").click()

    assert "need mending" in page.get_by_role("alert").inner_text()
    assert barriers(page) == []


def faults(page: Page, path: str) -> list[str]:
    """What axe and a narrow screen find on one page."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(path)
    found = [f"{path}: {one}" for one in barriers(page)]
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"{path}: {wide} pixels too wide for a phone"] if wide else [])


def barriers(page: Page) -> list[str]:
    """Axe's violations: the rule and where."""
    response = Axe().run(page).response
    return [f"{one['id']} at {one['nodes'][0]['target']}" for one in response["violations"]]
