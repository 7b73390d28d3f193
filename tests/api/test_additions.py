"""Additions through the API: posted like any submission, read with who states what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.api.builders import accepted, codes, key, moved, sent
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
PLACE = {"locations": [{"country": "TJ", "name": "Khorog"}]}


def body(record: str, **lists: Any) -> dict[str, Any]:
    """An addition as it is posted."""
    return {"adds_to": record, "project": lists or PLACE}


def test_an_addition_goes_the_way_of_a_submission_and_is_read_with_its_author(visit: Visit):
    norway, unodc, cora = visit("focal_point", "NO"), visit("focal_point", "UNODC"), visit("coordinator")
    record = accepted(norway, cora)

    draft = sent(unodc, body(record))
    patched = unodc.api(
        "PATCH",
        f"/submissions/{draft['id']}",
        {"If-Match": '"1"'},
        json={"project": {"documents": [{"title": "Report", "url": "https://example.org/r.pdf"}]}},
    )
    moved(unodc, draft["id"], "submit", 2)
    done = moved(cora, draft["id"], "validate", 3)

    found = visit("viewer").api("GET", f"/projects/{record}").get_json()
    assert (draft["adds_to"], draft["project_id"], patched.status_code) == (record, None, 200)
    assert (done["state"], done["project"]["locations"][0]["name"]) == ("validated", "Khorog")
    assert [(row["name"], row.get("stated_by")) for row in found["locations"]] == [("Khorog", "UNODC")]
    assert found["documents"][0]["stated_by"] == "UNODC"
    history = norway.api("GET", f"/projects/{record}/history").get_json()["items"]
    assert history[0]["action"] == "project.added"
    assert history[0]["changes"]["locations"]["after"][0]["name"] == "Khorog"


def test_what_is_the_owners_alone_is_refused_with_everything_else_that_is_wrong(visit: Visit):
    norway, unodc, cora = visit("focal_point", "NO"), visit("focal_point", "UNODC"), visit("coordinator")
    record = accepted(norway, cora)

    owners = unodc.api("POST", "/submissions", key(), json=body(record, title="Mine", pillars=[]))
    both = unodc.api("POST", "/submissions", key(), json=body(record) | {"project_id": record})
    code = unodc.api(
        "POST", "/submissions", key(), json=body(record, locations=[{"country": "XX", "name": "Nowhere"}])
    )
    own = norway.api("POST", "/submissions", key(), json=body(record))
    fixed = unodc.api(
        "PATCH",
        f"/submissions/{sent(unodc, body(record))['id']}",
        {"If-Match": '"1"'},
        json={"adds_to": None},
    )

    assert codes(owners) == {("#/project/title", "owners_alone"), ("#/project/pillars", "owners_alone")}
    assert codes(both) == {("#/adds_to", "two_records")}
    assert codes(code) == {("#/project/locations/0/country", "unknown_code")}
    assert codes(own) == {("#/adds_to", "own_record")}
    assert codes(fixed) == {("#/adds_to", "fixed")}


def test_a_dry_run_says_what_the_money_means(visit: Visit):
    norway, unodc, cora = visit("focal_point", "NO"), visit("focal_point", "UNODC"), visit("coordinator")
    record = accepted(norway, cora)
    same = {"organization": "NO", "kind": "commitment", "amount": "1200000.00", "currency": "USD"}

    told = unodc.api("POST", "/submissions/check", json=body(record, contributions=[same])).get_json()

    assert told["problems"] == [] and told["lookalikes"] == []
    assert [(item["pointer"], item["code"]) for item in told["remarks"]] == [
        ("#/project/contributions/0", "same_money")
    ]


def test_a_hostile_addition_is_refused_in_words(visit: Visit):
    unodc = visit("focal_point", "UNODC")

    for wrong in ([], "x", None, {"locations": {"a": 1}}, {"contributions": [None, 3]}):
        answer = unodc.api("POST", "/submissions", key(), json={"adds_to": "0" * 8, "project": wrong})
        assert answer.status_code == 422, answer.text
    for record in (7, {"a": 1}, "'; drop", "x" * 300):
        answer = unodc.api("POST", "/submissions", key(), json={"adds_to": record, "project": PLACE})
        assert answer.status_code == 422, answer.text
