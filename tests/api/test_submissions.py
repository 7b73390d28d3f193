"""A submission through the API: sent, checked, changed, moved; nothing twice and nothing lost."""

from sqlalchemy import func, select

from adam.models.history import HistoryEntry
from adam.models.submissions import Submission, SubmissionComment
from tests.api.builders import accepted, codes, key, moved, project, sent, submission
from tests.conftest import NOW

COMMENT = {"comment": "Name the institution."}


def stored(session) -> int:
    return session.scalar(select(func.count()).select_from(Submission))


def test_a_submission_becomes_a_project(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")

    draft = norway.api("POST", "/submissions", key(), json=submission() | {"source_ref": "A-1"})
    submitted = moved(norway, draft.get_json()["id"], "submit", 1)
    validated = moved(coordinator, submitted["id"], "validate", 2)

    assert draft.status_code == 201
    assert draft.headers["Location"] == f"/api/v1/submissions/{submitted['id']}"
    assert draft.headers["ETag"].startswith('"1-')
    assert [draft.get_json()["state"], submitted["state"], validated["state"]] == [
        "draft",
        "submitted",
        "validated",
    ]
    found = norway.api("GET", f"/projects/{validated['project_id']}").get_json()
    assert found["title"] == project()["title"] and found["owner"] == "NO"
    assert found["contributions"][0]["amount"] == "1200000.00"


def test_a_returned_submission_is_mended_and_submitted_again(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    draft = sent(norway)
    moved(norway, draft["id"], "submit", 1)

    returned = moved(coordinator, draft["id"], "return", 2, json=COMMENT)
    headers = {"If-Match": '"3"'}
    mended = norway.api(
        "PATCH", f"/submissions/{draft['id']}", headers, json={"project": {"title": "Mended"}}
    ).get_json()
    again = moved(norway, draft["id"], "submit", mended["version"])

    assert returned["comments"][0]["text"] == COMMENT["comment"]
    assert mended["project"]["title"] == "Mended"
    assert mended["project"]["countries"] == draft["project"]["countries"]
    assert again["state"] == "submitted"


def test_a_draft_can_be_deleted_and_what_was_submitted_only_withdrawn(visit):
    norway = visit("focal_point", "NO")
    kept, gone = sent(norway), sent(norway)
    moved(norway, kept["id"], "submit", 1)

    deleted = norway.api("DELETE", f"/submissions/{gone['id']}", {"If-Match": '"1"'})
    refused = norway.api("DELETE", f"/submissions/{kept['id']}", {"If-Match": '"2"'})
    withdrawn = moved(norway, kept["id"], "withdraw", 2)

    assert deleted.status_code == 204 and deleted.data == b""
    assert norway.api("GET", f"/submissions/{gone['id']}").status_code == 404
    assert refused.status_code == 409
    assert withdrawn["state"] == "withdrawn"


def test_an_update_changes_the_record_it_names(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    project_id = accepted(norway, coordinator)

    update = sent(norway, submission(title="A better title") | {"project_id": project_id})
    moved(norway, update["id"], "submit", 1)
    moved(coordinator, update["id"], "validate", 2)

    found = norway.api("GET", f"/projects/{project_id}").get_json()
    assert found["title"] == "A better title" and found["version"] == 2
    listed = norway.api("GET", "/projects?total=true").get_json()
    assert listed["total"] == 1


def test_changes_and_moves_need_the_version_that_was_read(visit, session):
    norway = visit("focal_point", "NO")
    address = f"/submissions/{sent(norway)['id']}"
    asked = [
        ("PATCH", address),
        ("DELETE", address),
        ("POST", f"{address}/submit"),
        ("POST", f"{address}/withdraw"),
    ]

    without = [norway.api(method, path, json={}) for method, path in asked]
    stale = [norway.api(method, path, {"If-Match": '"7"'}, json={}) for method, path in asked]
    weak = norway.api("DELETE", address, {"If-Match": 'W/"1"'})

    assert {response.status_code for response in without} == {428}
    assert {response.status_code for response in [*stale, weak]} == {412}
    assert session.scalar(select(Submission.version)) == 1


def test_an_etag_says_whether_there_is_something_new(visit):
    norway = visit("focal_point", "NO")
    address = f"/submissions/{sent(norway)['id']}"
    first = norway.api("GET", address)

    same = norway.api("GET", address, {"If-None-Match": first.headers["ETag"]})
    norway.api("PATCH", address, {"If-Match": first.headers["ETag"]}, json={"project": {"title": "New"}})
    other = norway.api("GET", address, {"If-None-Match": first.headers["ETag"]})

    assert same.status_code == 304 and same.data == b""
    assert other.status_code == 200 and other.headers["ETag"].startswith('"2-')


def test_all_problems_of_shape_and_fact_come_at_once_and_nothing_is_stored(visit, session):
    norway = visit("focal_point", "NO")
    wrong = submission(
        title="",
        countries=[{"country": "XX", "share": "60.00"}],
        pillars=[{"pillar": "I", "commitment": "I.5", "share": 100}],
        assistance_types=["magic"],
        start_planned="2025-06-01",
        end_planned="2024-06-01",
        colour="red",
    )

    response = norway.api("POST", "/submissions", key(), json=wrong)

    assert response.status_code == 422
    assert response.content_type == "application/problem+json"
    assert codes(response) == {
        ("#/project/title", "required"),
        ("#/project/countries/0/country", "unknown_code"),
        ("#/project/pillars/0/share", "decimal"),
        ("#/project/assistance_types/0", "unknown_code"),
        ("#/project/end_planned", "end_before_start"),
        ("#/project/colour", "unknown_field"),
    }
    assert stored(session) == 0


def test_a_patch_with_problems_changes_nothing(visit, session):
    norway = visit("focal_point", "NO")
    draft = sent(norway)
    patch = {"project": {"countries": [{"country": "XX"}], "title": "x" * 501}, "project_id": draft["id"]}

    response = norway.api("PATCH", f"/submissions/{draft['id']}", {"If-Match": '"1"'}, json=patch)

    assert response.status_code == 422
    assert {pointer for pointer, _ in codes(response)} >= {"#/project/countries/0/country", "#/project/title"}
    assert norway.api("GET", f"/submissions/{draft['id']}").get_json() == draft
    assert session.scalar(select(func.count()).where(HistoryEntry.action == "submission.changed")) == 0


def test_a_key_of_the_partner_stands_once(visit):
    norway, unodc = visit("focal_point", "NO"), visit("focal_point", "UNODC")
    body = submission() | {"source_ref": "A-1"}
    first = sent(norway, body)

    twin = norway.api("POST", "/submissions", key(), json=body)
    others = unodc.api("POST", "/submissions", key(), json=body)
    listed = norway.api("GET", "/submissions?source_ref=A-1").get_json()["items"]

    assert codes(twin) == {("#/source_ref", "source_ref_taken")}
    assert others.status_code == 201
    assert [item["id"] for item in listed] == [first["id"]]


def test_a_check_says_what_would_happen_and_stores_nothing(visit, session):
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    project_id = accepted(norway, coordinator)
    before = session.scalar(select(func.count()).select_from(HistoryEntry))

    found = unodc.api("POST", "/submissions/check", json=submission(pillars=[])).get_json()
    wrong = unodc.api("POST", "/submissions/check", json=submission(title=None, currency="X"))

    assert found["problems"] == []
    assert found["lookalikes"][0]["project"]["id"] == project_id
    assert found["lookalikes"][0]["kind"] in ("record_duplicate", "same_money")
    assert all(sentence for sentence in found["lookalikes"][0]["evidence"])
    assert wrong.status_code == 200
    assert {item["pointer"] for item in wrong.get_json()["problems"]} == {
        "#/project/title",
        "#/project/currency",
    }
    assert stored(session) == 1
    assert session.scalar(select(func.count()).select_from(HistoryEntry)) == before


def test_each_role_does_its_own_part(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    own, viewer, administrator = visit("coordinator", "NO"), visit("viewer"), visit("administrator")
    draft = sent(norway)
    moved(norway, draft["id"], "submit", 1)
    address, headers = f"/submissions/{draft['id']}", {"If-Match": '"2"'}

    refused = [
        norway.api("POST", f"{address}/validate", headers),
        own.api("POST", f"{address}/validate", headers),
        administrator.api("POST", f"{address}/validate", headers),
        coordinator.api("PATCH", address, headers, json={"project": {"title": "No"}}),
        coordinator.api("POST", f"{address}/withdraw", headers),
        coordinator.api("POST", "/submissions", key(), json=submission()),
        viewer.api("POST", "/submissions", key(), json=submission()),
    ]

    assert {response.status_code for response in refused} == {403}
    assert moved(coordinator, draft["id"], "reject", 2, json=COMMENT)["state"] == "rejected"


def test_a_decided_submission_is_not_moved_again(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    draft = sent(norway)
    moved(norway, draft["id"], "submit", 1)
    moved(coordinator, draft["id"], "validate", 2)
    headers = {"If-Match": '"3"'}

    again = coordinator.api("POST", f"/submissions/{draft['id']}/validate", headers)
    changed = norway.api("PATCH", f"/submissions/{draft['id']}", headers, json={"project": {"title": "Late"}})

    assert [again.status_code, changed.status_code] == [409, 409]


def test_a_remark_changes_the_etag_though_not_the_version(visit, session):
    norway = visit("focal_point", "NO")
    draft = sent(norway)
    address = f"/submissions/{draft['id']}"
    before = norway.api("GET", address).headers["ETag"]
    remark = SubmissionComment(submission_id=draft["id"], author="Nils", at=NOW, text="They are two phases.")
    session.add(remark)
    session.commit()

    changed = norway.api("GET", address, {"If-None-Match": before})
    moved_on = norway.api("POST", f"{address}/submit", {"If-Match": before})

    assert changed.status_code == 200 and changed.headers["ETag"] != before
    assert moved_on.status_code == 200


def test_a_check_says_in_a_sentence_that_lookalikes_are_not_there_yet(visit, monkeypatch):
    monkeypatch.setattr("adam.services.register.ready", lambda w: None)

    found = visit("focal_point", "NO").api("POST", "/submissions/check", json=submission()).get_json()

    assert found["lookalikes"] == [] and "being prepared" in found["notes"][0]


def test_several_comments_at_fields_come_back_and_are_answered(visit):
    norway, cora = visit("focal_point", "NO"), visit("coordinator")
    draft = sent(norway)
    moved(norway, draft["id"], "submit", 1)
    said = [{"comment": "Which one?", "pointer": "#/project/beneficiaries"}, {"comment": "Thanks."}]

    back = moved(cora, draft["id"], "return", 2, json={"comments": said})
    asked = back["comments"][0]
    told = norway.api(
        "POST",
        f"/submissions/{draft['id']}/replies",
        json={"answers": asked["id"], "comment": "The customs service."},
    )
    wrong = norway.api("POST", f"/submissions/{draft['id']}/replies", json={"answers": 0, "comment": " "})
    huge = norway.api(
        "POST", f"/submissions/{draft['id']}/replies", json={"answers": -(2**44), "comment": "?"}
    )

    assert [(row["pointer"], row["text"]) for row in back["comments"]] == [
        ("#/project/beneficiaries", "Which one?"),
        (None, "Thanks."),
    ]
    reply = told.get_json()["comments"][-1]
    assert (reply["move"], reply["answers"], reply["text"]) == ("reply", asked["id"], "The customs service.")
    assert wrong.status_code == 422
    assert [(one["pointer"], one["code"]) for one in huge.get_json()["errors"]] == [("#/answers", "value")]
