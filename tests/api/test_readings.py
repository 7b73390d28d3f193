"""Whoever reads what is confidential stands in the history, by whatever way they came to it."""

import pytest

from adam.models.findings import Finding
from adam.models.history import HistoryEntry
from tests.api.builders import accepted


def test_opening_a_confidential_record_is_recorded(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    address = f"/projects/{accepted(norway, coordinator, visibility='confidential')}"

    coordinator.api("GET", address)

    items = norway.api("GET", f"{address}/history").get_json()["items"]
    assert [item["action"] for item in items] == ["project.read", "project.recorded"]


def test_whoever_reads_a_confidential_record_by_another_way_is_recorded_too(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    project_id = accepted(norway, coordinator, visibility="confidential")
    [submission_id] = [row["id"] for row in norway.api("GET", "/submissions").get_json()["items"]]
    history = f"/projects/{project_id}/history"

    coordinator.api("GET", history)
    coordinator.api("GET", f"/submissions/{submission_id}")
    coordinator.api("GET", f"/submissions/{submission_id}/history")
    coordinator.get(f"/submissions/{submission_id}")
    norway.api("GET", f"/submissions/{submission_id}")

    actions = [item["action"] for item in norway.api("GET", history).get_json()["items"]]
    assert actions == ["project.read"] * 4 + ["project.recorded"]


def test_a_case_about_a_confidential_record_is_recorded_as_read(visit, work):
    norway, unodc = visit("focal_point", "NO"), visit("focal_point", "UNODC")
    coordinator = visit("coordinator")
    secret = accepted(norway, coordinator, visibility="confidential")
    accepted(unodc, coordinator)
    finding = coordinator.api("GET", "/findings").get_json()["items"][0]["id"]
    said = {"verdict": "overlap", "reason": "In one place.", "review_on": None}
    coordinator.api("POST", f"/findings/{finding}/judgements", {"If-Match": "*"}, json=said)
    case = coordinator.api("GET", "/cases").get_json()["items"][0]["id"]
    read = work().session.query(HistoryEntry).filter_by(action="projects.read")
    before = read.count()

    for who in (coordinator, norway):
        assert who.get(f"/cases/{case}").status_code == who.api("GET", f"/cases/{case}").status_code == 200

    found = read.order_by(HistoryEntry.id).all()[before:]
    assert [(one.actor_id, one.after) for one in found] == [
        (coordinator.account.id, {"projects": [secret]})
    ] * 2


def test_reading_confidential_records_in_a_list_is_one_entry_a_page(visit, work):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    accepted(norway, coordinator, title="Qalat 0")
    secret = [accepted(norway, coordinator, visibility="confidential", title=f"Qalat {n}") for n in (1, 2, 3)]

    own = norway.api("GET", "/projects?q=Qalat").get_json()["items"]
    norway.get("/projects?q=Qalat")
    coordinator.api("GET", "/projects?q=Qalat&sort=title&limit=1")
    first = coordinator.api("GET", "/projects?q=Qalat&sort=title&limit=3").get_json()["items"]
    pages = [coordinator.get(path).text for path in ("/projects?q=Qalat", "/search?q=Qalat")]

    entries = work().session.query(HistoryEntry).filter_by(action="projects.read").order_by("id").all()
    assert len(own) == 4
    assert [item["title"] for item in first] == ["Qalat 0", "Qalat 1", "Qalat 2"]
    assert all(key in page for key in secret for page in pages)
    assert {one.actor_id for one in entries} == {coordinator.account.id}
    assert [sorted(one.after["projects"]) for one in entries] == [
        sorted(secret[:2]),
        sorted(secret),
        sorted(secret),
    ]


@pytest.mark.parametrize("face", ["api", "page"])
def test_findings_that_show_confidential_records_leave_one_entry_a_page(visit, work, face):
    norway, unodc = visit("focal_point", "NO"), visit("focal_point", "UNODC")
    coordinator = visit("coordinator")
    secret = accepted(norway, coordinator, visibility="confidential")
    accepted(unodc, coordinator)
    [(found,)] = work().session.query(Finding.id).all()

    for path in ("/findings", f"/findings/{found}"):
        for who in (coordinator, norway):
            answer = who.api("GET", path) if face == "api" else who.get(path)
            assert answer.status_code == 200

    entries = work().session.query(HistoryEntry).filter_by(action="projects.read").all()
    assert [(one.actor_id, one.after) for one in entries] == [
        (coordinator.account.id, {"projects": [secret]})
    ] * 2
