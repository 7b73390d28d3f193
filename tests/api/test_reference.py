"""The shared words, partners and organizations: names beside codes, in pages that fit together."""

import pytest

from adam.api.examples import PROJECT
from tests.api.builders import accepted

WORDS = {
    "countries": 200,
    "pillars": 4,
    "commitments": 10,
    "result-areas": 14,
    "assistance-types": 10,
    "action-plans": 7,
    "sectors": 50,
    "currencies": 100,
    "beneficiary-kinds": 5,
}


@pytest.mark.parametrize(("name", "least"), WORDS.items())
def test_every_code_has_its_name(client, name, least):
    found = client.get(f"/api/v1/vocabulary/{name}?total=true").get_json()

    assert found["total"] == len(found["items"]) >= least
    assert all(item["code"] and item["name"] for item in found["items"])
    assert found["next_cursor"] is None


def test_countries_have_names_in_six_languages(client):
    items = client.get("/api/v1/vocabulary/countries").get_json()["items"]

    afghanistan = next(item for item in items if item["code"] == "AF")

    assert set(afghanistan["names"]) == {"en", "fr", "es", "ru", "ar", "zh"}
    assert afghanistan["names"]["ru"] == "Афганистан"
    assert afghanistan["priority"] is True


def test_a_list_of_words_that_is_not_known_is_a_404(client):
    assert client.get("/api/v1/vocabulary/secrets").status_code == 404


def test_partners_have_codes_names_and_membership(client):
    items = client.get("/api/v1/partners").get_json()["items"]

    codes = {item["code"]: item for item in items}

    assert {"NO", "AF", "UNODC"} <= set(codes)
    assert codes["NO"]["country"] == "NO" and isinstance(codes["NO"]["memberships"], list)


@pytest.mark.parametrize("address", ["/partners", "/organizations", "/vocabulary/currencies"])
def test_pages_fit_together(client, address):
    whole, url = [], f"/api/v1{address}?limit=7"

    while url and len(whole) < 500:
        response = client.get(url)
        assert response.status_code == 200
        whole += [item.get("id") or item["code"] for item in response.get_json()["items"]]
        link = response.headers.get("Link")
        assert bool(link) == bool(response.get_json()["next_cursor"])
        url = link.split(">")[0][1:] if link else None

    assert len(whole) == len(set(whole)) == client.get(f"/api/v1{address}?total=true").get_json()["total"]


@pytest.mark.parametrize("sort", ["newest", "updated", "title", "start", "money"])
def test_pages_of_projects_fit_together_in_every_order(visit, sort):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    made = set()
    for number, start in enumerate(["2020-01-01", None, "2021-01-01", "2020-01-01", None]):
        money = [] if number % 2 else [{"kind": "pledge", "amount": "5.00", "currency": "USD"}]
        changes = {"title": f"Project {'bca'[number % 3]}", "start_planned": start, "contributions": money}
        made.add(accepted(norway, coordinator, **changes, identifiers=[], end_planned=None))

    found, cursor = [], ""
    while cursor is not None:
        page = norway.api("GET", f"/projects?sort={sort}&limit=2&cursor={cursor}").get_json()
        found += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert len(found) == 5 and set(found) == made


def test_a_cursor_belongs_to_its_question(visit):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    for title in ("One", "Two"):
        accepted(norway, coordinator, title=title)
    cursor = norway.api("GET", "/projects?limit=1").get_json()["next_cursor"]

    other = norway.api("GET", f"/projects?limit=1&cursor={cursor}&country=AF")
    forged = norway.api("GET", f"/projects?limit=1&cursor={cursor[:-2]}xx")

    assert [other.status_code, forged.status_code] == [400, 400]


FILTERS = {
    "country=TJ": True,
    "country=IR": False,
    "country=IR,TJ": True,
    "country=IR&country=TJ": True,
    "pillar=I": True,
    "pillar=II": False,
    "commitment=I.5": True,
    "organization=NO": True,
    "organization=NO&role=funding": True,
    "organization=NO&role=implementing": False,
    "status=active": True,
    "status=completed": False,
    "assistance_type=training": True,
    "assistance_type=mentoring": False,
    "sector=16063": False,
    "owner=NO": True,
    "active_from=2028-01-01": False,
    "active_to=2025-01-01": False,
    "active_from=2026-01-01&active_to=2026-02-01": True,
    "q=liaison%20BADAKHSHAN": True,
    "q=NO-2025-017": True,
    "q=100%25": False,
}


@pytest.mark.parametrize("query", FILTERS)
def test_filters_find_what_they_say(visit, query):
    norway, coordinator = visit("focal_point", "NO"), visit("coordinator")
    accepted(norway, coordinator, identifiers=PROJECT["identifiers"])

    found = norway.api("GET", f"/projects?{query}&total=true").get_json()

    assert found["total"] == len(found["items"]) == int(FILTERS[query])
