"""The pages of the vocabulary: what the API lists, found by code and by name, and linked to."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from adam.api.vocabulary import LISTS
from adam.domain import findings, lifecycle
from adam.models.history import HistoryEntry
from adam.models.partners import Organization
from adam.schemas.projects import STATUSES
from tests.builders.recording import recorded


@pytest.fixture
def said(client):
    """The text of a page, as it is read."""
    return lambda address: unescape(client.get(address).text)


@pytest.mark.parametrize("name", LISTS)
def test_every_code_that_the_api_lists_stands_on_a_page_with_its_name(client, said, name):
    items = client.get(f"/api/v1/vocabulary/{name}").get_json()["items"]

    page = said(f"/vocabulary/{name}" if name in ("countries", "sectors", "currencies") else "/vocabulary")

    assert items
    for item in items:
        assert f'id="{name}-{item["code"]}"' in page and f">{item['name']}<" in page, item


def test_what_the_software_itself_names_stands_there_too(said):
    page = said("/vocabulary")

    for name, codes in (
        ("statuses", STATUSES),
        ("submission-states", lifecycle.STATES),
        ("finding-kinds", findings.KINDS),
        ("verdicts", findings.VERDICTS),
    ):
        assert all(f'id="{name}-{code}"' in page for code in codes), name


@pytest.mark.parametrize(
    ("typed", "found"),
    [("16063", "sectors-16063"), ("norvege", "countries-NO"), ("Норвегия", "countries-NO"),
     ("krone norw", "currencies-NOK"), ("europol", "organizations-EUROPOL"), ("I.5", "commitments-I.5")],
)  # fmt: skip
def test_a_code_is_found_by_code_or_name_in_any_list(said, typed, found):
    page = said(f"/vocabulary?q={typed}")

    assert f'id="{found}"' in page
    assert len(re.findall('<tr role="row" id=', page)) < 100


def test_what_nobody_knows_is_said(client, said):
    assert "Nothing has this code or name" in said("/vocabulary?q=zzzz")
    assert client.get("/vocabulary/frogs").status_code == 404


def test_a_body_that_only_a_hidden_record_names_stands_in_no_list(visit, client, work):
    name = "Directorate of Quiet Works"
    secret = [{"role": "implementing", "name": name}]
    recorded(work(), visibility="confidential", organizations=secret)

    pages = [who.get(f"/vocabulary{place}?q=quiet").text for who in (client, visit("viewer").client)
             for place in ("", "/organizations")]  # fmt: skip

    assert all(name not in page for page in pages)
    assert name in visit("coordinator").client.get("/vocabulary/organizations?q=quiet").text


def test_the_form_leads_to_the_lists(visit, said):
    form = visit("focal_point", "NO").client.get("/submissions/new").text
    links = set(re.findall(r'href="(/vocabulary[^"]+)"', form))

    assert len(links) == 4
    for link in links:
        place, _, anchor = link.partition("#")
        assert f'id="{anchor or place.split("/")[-1]}"' in said(place)


@pytest.fixture
def unlisted(session, work):
    """The id of a body that only a record names."""
    name = "Border Guard Committee of Belarus"
    recorded(work(), organizations=[{"role": "implementing", "name": name}])
    return session.scalar(select(Organization.id).where(Organization.name == name))


def test_an_administrator_enters_a_body_that_only_records_name(visit, unlisted, session, said):
    office = visit("administrator")
    address = f"/vocabulary/organizations/{unlisted}"
    listed = office.get("/vocabulary/organizations?listed=no").text
    row = {"code": "BY-GPK", "name": "State Border Committee of Belarus", "kind": "government"}

    done = office.submit(address, row | {"country": "BY", "partner": "BY", "aliases": "ГПК Беларуси\nGPK"})

    assert f'href="{address}"' in listed and done.status_code == 303
    assert 'id="organizations-BY-GPK"' in said("/vocabulary?q=border guard committee")
    assert 'id="organizations-BY-GPK"' in said("/vocabulary/organizations?q=ГПК")
    [found] = visit("viewer").api("GET", "/organizations?q=BY-GPK").get_json()["items"]
    assert (found["id"], found["partner"], len(found["aliases"])) == (unlisted, "BY", 3)
    entry = session.scalar(select(HistoryEntry).where(HistoryEntry.action == "organization.completed"))
    assert (entry.entity_id, entry.after["code"]) == (unlisted, "BY-GPK")
    assert office.submit(address, row | {"code": "BY-2"}).status_code == 409


def test_a_body_is_entered_whole_or_not_at_all_and_by_administrators_alone(visit, unlisted, session):
    address = f"/vocabulary/organizations/{unlisted}"
    wrong = {"code": "NO", "name": "Committee", "country": "QQ", "partner": "XX"}

    refused = visit("administrator").submit(address, wrong)
    stranger = visit("coordinator").submit(address, {"code": "X-1", "name": "Committee"})

    assert (refused.status_code, stranger.status_code) == (422, 403)
    assert all(word in refused.text for word in ("has the code NO", "QQ is no country", "XX is no partner"))
    assert session.get(Organization, unlisted).listed is False
