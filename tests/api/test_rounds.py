"""Validation rounds by the API: opened, answered, paged, closed, each with its preconditions."""

from __future__ import annotations

from tests.api.builders import accepted

ROUND = {"title": "Records of spring", "deadline": "2099-01-31", "scope": {"countries": ["AF"]}}


def test_a_round_is_opened_answered_and_closed(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    project = accepted(norway, coordinator)

    created = coordinator.api("POST", "/validation-rounds", json=ROUND)
    place = created.headers["Location"].removeprefix("/api/v1")
    said = norway.api("POST", f"{place}/records/{project}", json={"answer": "confirmed"})
    unsaid = coordinator.api("POST", f"{place}/close")
    closed = coordinator.api("POST", f"{place}/close", {"If-Match": created.headers["ETag"]})

    assert created.status_code == 201 and created.get_json()["progress"]["all"]["waiting"] == 1
    assert said.get_json()["answer"] == "confirmed" and said.get_json()["project"]["id"] == project
    assert (unsaid.status_code, closed.status_code) == (428, 200)
    assert closed.get_json()["progress"]["all"]["share_confirmed"] == "100.0"
    text = coordinator.api("GET", f"{place}/file").text
    assert text.splitlines()[0].startswith("group,code,name,records") and ",100.0,100.0" in text


def test_others_see_no_round_that_does_not_ask_them(visit):
    norway, france, coordinator = visit("focal_point", "NO"), visit("focal_point", "FR"), visit("coordinator")
    accepted(norway, coordinator, visibility="confidential")
    place = coordinator.api("POST", "/validation-rounds", json=ROUND).headers["Location"]

    address = place.removeprefix("/api/v1")

    assert france.api("GET", "/validation-rounds?total=true").get_json()["total"] == 0
    assert [france.api("GET", f"{address}{end}").status_code for end in ("", "/records", "/file")] == [
        404
    ] * 3
    assert norway.api("GET", f"{address}/records?total=true").get_json()["total"] == 1
    assert norway.api("POST", "/validation-rounds", json=ROUND).status_code == 403
    assert norway.api("POST", f"{address}/close", {"If-Match": "*"}).status_code == 403


def test_what_is_wrong_with_a_round_is_told_at_once(visit):
    coordinator = visit("coordinator")

    refused = coordinator.api(
        "POST", "/validation-rounds", json={"deadline": "soon", "scope": {"statuses": ["x"]}}
    )

    assert refused.status_code == 422
    assert {item["pointer"] for item in refused.get_json()["errors"]} == {
        "#/title",
        "#/deadline",
        "#/scope/statuses/0",
    }
