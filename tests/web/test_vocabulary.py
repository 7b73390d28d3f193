"""The pages of the vocabulary: what the API lists, found by code and by name, and linked to."""

from __future__ import annotations

import re
from html import unescape

import pytest

from adam.api.vocabulary import LISTS
from adam.domain import findings, lifecycle
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
