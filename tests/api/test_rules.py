"""The rules as a resource, and warnings beside problems in what the API answers."""

from __future__ import annotations

from typing import Any

from tests.api.builders import codes, key, moved, sent, submission

THIN = {"code": "thin_description", "reason": "The agreement is confidential until May."}


def test_rules_are_listed_for_everybody_with_their_way_out(client):
    response = client.get("/api/v1/rules?total=true")

    listed = response.get_json()
    overpaid = next(item for item in listed["items"] if item["code"] == "disbursed_over_committed")
    assert listed["total"] == len(listed["items"]) >= 40
    assert (overpaid["level"], overpaid["published"], overpaid["fields"]) == (
        "error",
        "warning",
        ["contributions"],
    )
    assert client.get("/api/v1/rules", headers={"If-None-Match": client.get("/api/v1/rules").headers["ETag"]})


def warned(body: Any) -> dict[str, Any]:
    """Code → warning."""
    return {item["code"]: item for item in body["warnings"]}


def test_a_check_tells_warnings_beside_problems(visit):
    body = submission(description="Short.", title="")

    found = visit("focal_point", "NO").api("POST", "/submissions/check", json=body).get_json()

    assert [item["code"] for item in found["problems"]] == ["required"]
    assert warned(found)["thin_description"]["pointer"] == "#/project/description"
    assert warned(found)["thin_description"]["answer"] is None


def test_a_reason_is_sent_with_the_submission_and_read_by_the_coordinator(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    draft = sent(norway, submission(description="Short.") | {"answers": [THIN]})
    moved(norway, draft["id"], "submit", 1)

    read = coordinator.api("GET", f"/submissions/{draft['id']}").get_json()

    answer = warned(read)["thin_description"]["answer"]
    assert answer["reason"] == THIN["reason"] and answer["author"] == norway.account.name


def test_a_patch_brings_a_reason_and_a_change_of_the_value_takes_it_away(visit):
    norway = visit("focal_point", "NO")
    draft = sent(norway, submission(description="Short."))
    place = f"/submissions/{draft['id']}"

    answered = norway.api("PATCH", place, {"If-Match": '"1"'}, json={"answers": [THIN]}).get_json()
    changed = norway.api(
        "PATCH",
        place,
        {"If-Match": f'"{answered["version"]}"'},
        json={"project": {"description": "Shorter."}},
    ).get_json()

    assert warned(answered)["thin_description"]["answer"]["reason"] == THIN["reason"]
    assert warned(changed)["thin_description"]["answer"] is None


def test_a_reason_for_nothing_is_refused_and_nothing_is_kept(visit):
    norway = visit("focal_point", "NO")
    wrong = submission() | {"answers": [THIN | {"code": "no_pillar"}]}

    response = norway.api("POST", "/submissions", key(), json=wrong)

    assert response.status_code == 422
    assert codes(response) == {("#/answers/0", "no_such_warning")}
    assert norway.api("GET", "/submissions").get_json()["items"] == []
