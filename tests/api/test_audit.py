"""The whole history by the API: what coordinators see of it, filters, totals without what is hidden, and CSV."""

from __future__ import annotations

import csv
import io

from adam.models.projects import Project
from adam.services import projects
from adam.services.projects import Entry
from tests.api.builders import moved, sent
from tests.builders.documents import draft


def actions(visitor, query=""):
    answer = visitor.api("GET", f"/audit{query}")
    assert answer.status_code == 200, answer.text
    return [(item["entity"], item["action"]) for item in answer.get_json()["items"]]


def test_coordinators_see_submissions_from_handing_in_on_and_no_accounts(visit):
    norway, coordinator, chief = visit("focal_point", "NO"), visit("coordinator"), visit("administrator")
    handed, kept = sent(norway), sent(norway)
    moved(norway, handed["id"], "submit", 1)

    theirs, all_of_it = actions(coordinator), actions(chief)
    counted = coordinator.api("GET", f"/audit?total=true&entity_id={kept['id']}").get_json()

    assert ("submission", "submission.submitted") in theirs
    assert ("submission", "submission.saved") not in theirs and counted["total"] == 0
    assert not {"account", "token", "import", "history"} & {entity for entity, _ in theirs}
    assert {("submission", "submission.saved"), ("account", "account.created")} <= set(all_of_it)


def test_looking_is_an_entry_too_once_for_all_pages(visit):
    norway, chief = visit("focal_point", "NO"), visit("administrator")
    for _ in range(3):
        sent(norway)

    first = chief.api("GET", "/audit?entity=submission&limit=2").get_json()
    chief.api("GET", f"/audit?entity=submission&limit=2&cursor={first['next_cursor']}")
    looked = chief.api("GET", "/audit?entity=history").get_json()["items"]

    assert [item["after"].get("entity") for item in looked] == [["submission"]]


def test_filters_hold_together(visit):
    norway, chief = visit("focal_point", "NO"), visit("administrator")
    handed = sent(norway)
    moved(norway, handed["id"], "submit", 1)

    found = chief.api("GET", f"/audit?entity_id={handed['id']}&action=submission.submitted").get_json()[
        "items"
    ]
    mine = f"/audit?account={norway.account.id}&total=true&entity=submission"
    none = chief.api("GET", f"{mine}&to=2001-01-01").get_json()
    wrong = chief.api("GET", "/audit?from=2026-02-01&to=2026-01-01")

    assert [(item["before"]["state"], item["after"]["state"]) for item in found] == [("draft", "submitted")]
    assert chief.api("GET", mine).get_json()["total"] == 2 and none["total"] == 0
    assert (wrong.status_code, wrong.get_json()["errors"][0]["pointer"]) == (422, "?to")


def test_the_history_goes_out_as_csv(visit):
    norway, chief, viewer = visit("focal_point", "NO"), visit("administrator"), visit("viewer")
    kept = sent(norway)

    answer = chief.api("GET", f"/audit/file?entity_id={kept['id']}")
    rows = list(csv.DictReader(io.StringIO(answer.text)))

    assert [row["action"] for row in rows] == ["submission.saved"]
    assert kept["reference"] in rows[0]["after"] and len(rows[0]["hash"]) == 64
    assert viewer.api("GET", "/audit").status_code == 403
    assert norway.api("GET", "/audit/file").status_code == 403


def test_what_is_hidden_in_a_records_history_does_not_count(visit, work, session):
    norway = visit("focal_point", "NO")
    secret, own = projects.record(
        work(), [Entry(draft(), "FR"), Entry(draft(title="Posts on the Panj"), "NO")]
    )
    related = draft(title="Posts on the Panj", relations=[{"kind": "component", "project": secret}])
    projects.record(work(), [Entry(related, "NO", own)])
    session.get_one(Project, secret).visibility = "confidential"
    work().finish()

    page = norway.api("GET", f"/projects/{own}/history?total=true").get_json()
    all_of_it = visit("coordinator").api("GET", f"/projects/{own}/history?total=true").get_json()

    assert (page["total"], len(page["items"])) == (1, 1)
    assert (all_of_it["total"], len(all_of_it["items"])) == (2, 2)
