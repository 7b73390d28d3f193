"""The compendium and the meetings on pages and in the API: entered, changed, linked, filtered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.builders.answers import faults
from tests.builders.recording import Works, recorded
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
FORM = {
    "title": "Train liaison officers",
    "pillar": "I",
    "country": ["TJ"],
    "partner": ["NO"],
    "due": "2020-01-31",
}


@pytest.fixture
def cora(visit: Visit) -> Visitor:
    """A coordinator."""
    return visit("coordinator")


@pytest.fixture
def place(cora: Visitor) -> str:
    """The place of a recommendation whose day has passed."""
    return str(cora.submit("/recommendations/new", FORM).headers["Location"])


def test_a_recommendation_is_entered_under_its_pillar_and_shows_as_overdue(cora: Visitor, place: str):
    page, desk = cora.get("/recommendations?status=overdue").text, cora.get("/desk").text

    assert place in page and "Pillar I" in page and "Overdue" in page and "Tajikistan" in page
    assert "Follow-up overdue" in desk and place in desk


def test_what_is_missing_is_told_at_its_field_and_everything_is_kept(cora: Visitor):
    page = cora.submit("/recommendations/new", {"text": "Only words", "status": "done"})

    assert page.status_code == 422
    assert {"title", "pillar"} <= set(faults(page))
    assert "Only words" in page.text


def test_a_change_from_an_older_page_is_refused(cora: Visitor, place: str):
    changed = FORM | {"status": "done", "outcome": "Forty were trained.", "version": "1"}
    cora.submit(f"{place}/edit", changed)
    again = cora.submit(f"{place}/edit", changed | {"title": "Late"}, follow_redirects=True)

    assert "Somebody else changed it" in again.text
    assert "Late" not in cora.get(place).text and "Forty were trained." in cora.get(place).text


def test_a_project_is_linked_from_both_sides(cora: Visitor, visit: Visit, work: Works, place: str):
    project, other = recorded(work(), "NO"), recorded(work(), "NO", title="Second")
    norway = visit("focal_point", "NO")

    norway.submit(f"{place}/projects", {"project": project.reference})
    key = place.rsplit("/", 1)[-1]
    norway.submit(f"/recommendations/of-project/{other.id}", {"recommendation": key})

    page = cora.get(place).text
    assert project.reference in page and other.reference in page
    assert place in norway.get(f"/projects/{project.id}").text
    assert visit("focal_point", "FR").submit(f"{place}/projects", {"project": other.id}).status_code == 403


def test_an_unknown_project_is_told_beside_the_field(cora: Visitor, place: str):
    page = cora.submit(f"{place}/projects", {"project": "ADAM-999999"})

    assert page.status_code == 422 and "There is no project ADAM-999999" in page.text


def test_a_meeting_is_entered_with_its_recommendations(cora: Visitor, visit: Visit):
    form = {"title": "Round table", "kind": "round_table", "starts_on": "2020-02-03", "ends_on": "2020-02-01"}
    assert "ends_on" in faults(cora.submit("/meetings/new", form))

    meeting = str(cora.submit("/meetings/new", form | {"ends_on": "2020-02-04"}).headers["Location"])
    cora.submit("/recommendations/new", FORM | {"meeting_id": meeting.rsplit("/", 1)[-1]})

    page = visit("viewer").get(meeting).text
    assert "Train liaison officers" in page and "/edit" not in page
    assert visit("focal_point", "NO").get("/meetings/new").status_code == 403


def test_the_public_reads_neither(client: FlaskClient, place: str):
    for path in ("/recommendations", "/meetings", place):
        assert client.get(path).headers["Location"].startswith("/sign-in")
    assert client.get("/api/v1/recommendations").status_code == 401


def test_the_api_lists_changes_with_if_match_and_links(cora: Visitor, work: Works):
    project = recorded(work(), "NO")
    body: dict[str, Any] = {"title": "Share laboratories", "pillar": "III", "countries": ["TJ"]}
    made = cora.api("POST", "/recommendations", json=body)
    place, etag = made.headers["Location"].removeprefix("/api/v1"), {"If-Match": made.headers["ETag"]}

    without = cora.api("PATCH", place, json={"status": "under_way"})
    moved = cora.api("PATCH", place, etag, json={"status": "under_way"})
    stale = cora.api("PATCH", place, etag, json={"status": "open"})
    linked = cora.api("POST", f"{place}/projects", json={"project": project.reference}).get_json()
    found = cora.api("GET", "/recommendations?pillar=III&status=under_way&total=true").get_json()

    answers = (made.status_code, without.status_code, moved.status_code, stale.status_code)
    assert answers == (201, 428, 200, 412)
    assert [one["reference"] for one in linked["projects"]] == [project.reference]
    assert (found["total"], found["items"][0]["title"]) == (1, "Share laboratories")
    assert cora.api("DELETE", f"{place}/projects/{project.id}").status_code == 204
