"""The search page: records and whatever else goes by the words, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from adam.schemas.faults import load
from adam.schemas.focal_points import FocalPointSchema
from adam.services import focal_points
from tests.builders.recording import Works, recorded
from tests.visitors import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def opal(work: Works) -> Any:
    """An open record and a confidential one of Norway's."""
    recorded(work(), "NO", title="Opal <b>posts</b>", description="The opal & the border of Tajikistan")
    recorded(work(), "NO", title="Opal hidden", visibility="confidential")
    work()


def test_the_box_in_the_head_of_every_page_leads_to_the_search(client: FlaskClient):
    page = client.get("/partners").text

    assert '<form class="find" role="search" action="/search">' in page


def test_words_stand_out_and_what_a_record_says_stays_text(client: FlaskClient, opal: Any):
    page = client.get("/search?q=opal").text

    assert "<mark>Opal</mark> &lt;b&gt;posts&lt;/b&gt;" in page
    assert "The <mark>opal</mark> &amp; the border" in page


def test_what_a_reader_may_not_see_is_neither_listed_nor_counted(
    client: FlaskClient, visit: Visit, opal: Any
):
    assert "One record that you may see" in client.get("/search?q=opal").text
    assert "Opal hidden" not in unescape(client.get("/search?q=opal").text)
    assert "Opal hidden" not in unescape(visit("focal_point", "FR").get("/search?q=opal").text)
    assert "2 records" in visit("focal_point", "NO").get("/search?q=opal").text


def test_filters_stand_beside_the_words(client: FlaskClient, opal: Any):
    assert "Opal" in client.get("/search?q=opal&country=TJ").text.split("<table")[1]
    assert "No project holds all of these words" in client.get("/search?q=opal&country=AF").text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("塔吉克斯坦", "/countries/TJ"),
        ("TJ", "/countries/TJ"),
        ("norvège", "/partners/NO"),
        ("precursor", "/pillars/III"),
        ("II", "/pillars/II"),
    ],
)
def test_names_in_any_language_lead_to_their_pages(client: FlaskClient, text: str, address: str):
    assert f'href="{address}"' in client.get("/search", query_string={"q": text}).text


def test_people_are_found_by_those_who_are_signed_in_alone(client: FlaskClient, visit: Visit, work: Works):
    person = {"partner": "NO", "name": "Zebedee Finch", "email": "finch@example.org"}
    focal_points.designate(work(), load(FocalPointSchema(), person))
    work()

    assert "Zebedee Finch" in visit("viewer").get("/search?q=zebedee").text
    assert "Zebedee Finch" not in client.get("/search?q=zebedee").text


def test_what_meetings_recommend_and_conclude_is_found_by_those_who_are_signed_in_alone(
    client: FlaskClient, visit: Visit
):
    cora = visit("coordinator")
    said = {"title": "Train officers", "pillar": "I", "text": "Liaison posts at the Сарандж crossing"}
    one = cora.submit("/recommendations/new", said).headers["Location"]
    held = {
        "title": "Expert group",
        "kind": "expert_working_group",
        "summary": "Liaison posts are agreed on.",
    }
    other = cora.submit("/meetings/new", held).headers["Location"]

    found = visit("viewer").get("/search?q=LIAISON+post").text

    assert f'href="{one}"' in found and f'href="{other}"' in found
    assert "<mark>Liaison</mark> <mark>posts</mark> at the" in found
    assert f'href="{one}"' in visit("viewer").get("/search?q=сарандж").text
    assert f'href="{one}"' not in client.get("/search?q=liaison").text


@pytest.mark.parametrize("text", ["", "%", "\x00", "'\"*:()", "a" * 3000, "AND OR NOT NEAR", "{title}: x"])
def test_whatever_is_asked_gets_an_answer(client: FlaskClient, text: str):
    assert client.get("/search", query_string={"q": text}).status_code == 200
    assert client.get("/projects", query_string={"q": text}).status_code == 200
    assert (
        client.get("/api/v1/projects", query_string={"q": text[:400].replace("\x00", "")}).status_code == 200
    )
