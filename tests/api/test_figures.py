"""Totals and needs by the API."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from adam.services.totals import GROUPINGS
from tests.builders.documents import money
from tests.builders.recording import Works, recorded
from tests.services.test_gaps import NEED
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
BODY = NEED | {"recorded_on": "2025-06-01"}


def test_a_total_is_the_same_by_every_grouping(visit: Visit, work: Works):
    recorded(work(), contributions=money("100.01"), countries=[{"country": "TJ", "share": "33.33"}])
    reader = visit()

    for by in GROUPINGS:
        found = reader.api("GET", f"/totals?by={by}&country=TJ&status=active").get_json()
        assert found["total"] == found["ledger"]["counted"] == "100.01"
        assert sum(Decimal(line["usd"]) for line in found["items"]) == Decimal("100.01")


def test_an_unknown_grouping_is_refused(visit: Visit):
    answer = visit().api("GET", "/totals?by=frogs&limit=3")

    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.get_json()["errors"]} == {"?by", "?limit"}


def test_a_need_is_entered_read_changed_and_closed(visit: Visit):
    cora = visit("coordinator")

    made = cora.api("POST", "/needs", json=BODY)

    place = made.headers["Location"].removeprefix("/api/v1")
    assert (made.status_code, made.get_json()["closed_on"]) == (201, None)
    assert cora.api("PATCH", place, json={"closed": True}).status_code == 428
    match = {"If-Match": made.headers["ETag"]}
    assert cora.api("PATCH", place, headers=match, json={"closed": True}).status_code == 422
    closed = cora.api("PATCH", place, headers=match, json={"closed": True, "closed_reason": "Met."})
    assert closed.status_code == 200 and closed.get_json()["closed_reason"] == "Met."
    assert cora.api("PATCH", place, headers=match, json={"source": "Letter"}).status_code == 412
    assert cora.api("GET", "/needs").get_json()["items"] == []
    [need] = cora.api("GET", "/needs?state=closed&total=true").get_json()["items"]
    again = {"If-Match": cora.api("GET", place).headers["ETag"]}
    assert (
        cora.api("PATCH", place, headers=again, json={"closed": False, "pillar": "II"}).get_json()["pillar"]
        == "II"
    )
    assert need["id"] == made.get_json()["id"]


def test_only_coordinators_enter_needs(visit: Visit):
    norway = visit("focal_point", "NO")

    assert norway.api("POST", "/needs", json=BODY).status_code == 403
    assert norway.api("GET", "/needs").status_code == 200
    assert norway.api("GET", "/needs/4").status_code == 404


def test_coverage_takes_the_filters_of_the_list(visit: Visit, work: Works):
    recorded(work(), title="Radios", assistance_types=["equipment"], status="completed")
    recorded(work(), title="Courses", assistance_types=["training"], status="active")
    reader = visit()

    def held(query: str) -> int:
        items = reader.api("GET", f"/coverage?{query}").get_json()["items"]
        return sum(cell["projects"] for cell in items)

    both = held("")

    assert both > 1
    for query in ("status=active", "assistance_type=training", "q=courses"):
        assert held(query) == both / 2, query
    assert held("role=extending") == held("active_from=2099-01-01") == held("from=2099-01-01") == 0
    refused = reader.api("GET", "/coverage?active_from=2026-01-01&to=2025-01-01&sector=frogs")
    assert [error["pointer"] for error in refused.get_json()["errors"]] == ["?to"]
