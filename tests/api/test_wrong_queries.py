"""Filters, pages and cursors that can't be read, or name what nobody knows, are refused in words."""

import pytest

from adam.models.partners import Organization
from tests.api.builders import accepted, codes

QUERIES = (
    "limit=0", "limit=201", "limit=x", "limit=", "limit=-1", "limit=1e2", "limit=9999999999999999999999", "total=maybe",
    "cursor=abc", "cursor=%00", "pillar=V", "status=gone", "role=thief", "sort=random", "active_from=yesterday",
    "active_from=2025-01-02&active_to=2025-01-01", "q=%00", "q=%ed%a0%80%00", "country=%00", "country=A%20B",
    "colour=red", "country=" + ",".join(["AF"] * 101),
)  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_a_wrong_query_is_refused(visit, query):
    response = visit("viewer").api("GET", f"/projects?{query}")

    assert response.status_code in (400, 422), response.text
    assert response.content_type == "application/problem+json"


UNKNOWN = {
    "/projects": ("country", "commitment", "organization", "assistance_type", "sector", "owner"),
    "/submissions": ("partner",),
    "/findings": ("country", "partner"),
    "/organizations": ("partner",),
    "/focal-points": ("partner", "country"),
    "/coverage": ("country", "commitment", "organization", "assistance_type", "sector", "owner"),
}


@pytest.mark.parametrize("address", UNKNOWN)
def test_a_filter_by_a_code_that_nobody_knows_is_refused_in_words(visit, address):
    names = UNKNOWN[address]

    response = visit("viewer").api("GET", address, query_string=dict.fromkeys(names, "QQQ"))

    assert codes(response) == {(f"?{name}", "unknown_code") for name in names}
    assert all("QQQ" in item["detail"] for item in response.get_json()["errors"])


def test_a_filter_without_a_value_is_refused(visit):
    response = visit("viewer").api("GET", "/projects?country=&status=active,")

    assert codes(response) == {("?country", "required"), ("?status", "required")}


def test_an_organization_that_only_a_hidden_record_names_is_no_filter_for_others(visit, session):
    norway, unodc, office = visit("focal_point", "NO"), visit("focal_point", "UNODC"), visit("coordinator")
    body = {"role": "implementing", "organization": None, "name": "Zanzibar Bureau"}
    accepted(norway, office, visibility="confidential", organizations=[body])
    hidden = session.query(Organization).filter_by(name="Zanzibar Bureau").one().id

    answers = [who.api("GET", f"/projects?organization={hidden}") for who in (norway, office, unodc)]
    nothing = unodc.api("GET", "/projects?organization=01980000-0000-7000-8000-000000000000")

    assert [answer.status_code for answer in answers] == [200, 200, 422]
    assert codes(answers[2]) == codes(nothing) == {("?organization", "unknown_code")}


def test_all_problems_of_a_query_come_at_once(visit):
    response = visit("viewer").api("GET", "/projects?limit=0&pillar=V,I&colour=red")

    assert codes(response) == {("?limit", "limit"), ("?pillar", "choice"), ("?colour", "unknown_field")}
