"""Focal points by the API: administrators enter and change them, everybody with a token reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.visitors import Visitor

Visit = Callable[..., Visitor]


def body(**differences: Any) -> dict[str, Any]:
    """A new focal point of Afghanistan."""
    usual = {"partner": "AF", "name": "Najib", "email": "najib@test.example", "pillars": ["I"]}
    return usual | {"countries": ["TJ"]} | differences


def test_an_administrator_enters_reads_and_ends(visit: Visit):
    admin = visit("administrator")

    made = admin.api("POST", "/focal-points", json=body())
    path = made.headers["Location"].removeprefix("/api/v1")
    read = visit("viewer").api("GET", path)
    ended = admin.api("PATCH", path, headers={"If-Match": read.headers["ETag"]}, json={"until": "2100-01-01"})

    assert made.status_code == 201 and made.get_json()["kind"] == "national"
    assert read.get_json() == made.get_json() and read.headers["ETag"] == made.headers["ETag"]
    assert read.get_json()["since"] == date.today().isoformat()
    assert ended.status_code == 200 and ended.get_json()["until"] == "2100-01-01"
    assert ended.get_json()["pillars"] == ["I"]


def test_a_change_needs_the_version_that_was_read(visit: Visit):
    admin = visit("administrator")
    made = admin.api("POST", "/focal-points", json=body())
    path, etag = made.headers["Location"].removeprefix("/api/v1"), made.headers["ETag"]

    without = admin.api("PATCH", path, json={"name": "Najibullah"})
    first = admin.api("PATCH", path, headers={"If-Match": etag}, json={"name": "Najibullah", "countries": []})
    stale = admin.api("PATCH", path, headers={"If-Match": etag}, json={"name": "Somebody"})

    assert (without.status_code, first.status_code, stale.status_code) == (428, 200, 412)
    assert first.get_json()["name"] == "Najibullah" and first.get_json()["countries"] == []


def test_every_problem_is_named_and_nothing_changes(visit: Visit):
    admin = visit("administrator")
    made = admin.api("POST", "/focal-points", json=body())
    path = made.headers["Location"].removeprefix("/api/v1")

    refused = admin.api("POST", "/focal-points", json=body(partner="ATLANTIS", pillars=["V"], since="soon"))
    unknown = admin.api("POST", "/focal-points", json=body(partner="ATLANTIS", pillars=["V"]))
    twice = admin.api("POST", "/focal-points", json=body())
    wrong = {"until": "2001-01-01", "countries": ["ZZ"]}
    reversed_ = admin.api("PATCH", path, headers={"If-Match": made.headers["ETag"]}, json=wrong)

    codes = [[one["code"] for one in answer.get_json()["errors"]] for answer in (unknown, twice, reversed_)]
    assert refused.status_code == 422 and refused.get_json()["errors"][0]["pointer"] == "#/since"
    assert codes == [
        ["unknown_partner", "unknown_pillar"],
        ["designated_already"],
        ["unknown_country", "end_before_start"],
    ]
    assert admin.api("GET", path).get_json() == made.get_json()


@pytest.mark.parametrize(
    ("role", "partner"), [("viewer", None), ("focal_point", "AF"), ("coordinator", None)]
)
def test_only_administrators_write(visit: Visit, role: str, partner: str | None):
    path = visit("administrator").api("POST", "/focal-points", json=body()).headers["Location"]
    somebody = visit(role, partner)

    entered = somebody.api("POST", "/focal-points", json=body(name="Eve", email="eve@test.example"))
    changed = somebody.api(
        "PATCH", path.removeprefix("/api/v1"), headers={"If-Match": "*"}, json={"name": "Eve"}
    )

    assert entered.status_code == changed.status_code == 403


def test_the_list_is_asked_by_pillar_and_country(visit: Visit):
    admin = visit("administrator")
    for name, pillars, countries in (("One", ["I"], ["TJ"]), ("Two", ["II"], []), ("Three", [], ["AF"])):
        admin.api(
            "POST",
            "/focal-points",
            json=body(name=name, email=None, pillars=pillars, countries=countries),
        )

    def names(query: str) -> set[str]:
        found = admin.api("GET", f"/focal-points?{query}").get_json()["items"]
        return {one["name"] for one in found}

    assert names("pillar=I") == {"One", "Three"} and names("country=TJ") == {"One", "Two"}
    assert names("pillar=II&country=AF") == {"Two", "Three"}
    assert admin.api("GET", "/focal-points?pillar=V").status_code == 422


def test_nobody_without_a_token_reads_one(visit: Visit):
    path = visit("administrator").api("POST", "/focal-points", json=body()).headers["Location"]

    assert visit("viewer").client.application.test_client().get(path).status_code == 401
