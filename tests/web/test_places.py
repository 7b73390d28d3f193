"""Pages of countries, pillars and partners: who does what, where, with how much, as far as the reader may see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.builders.documents import funded_by, money
from tests.builders.recording import Works, recorded
from tests.visitors import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def recorded_here(work: Works) -> Any:
    """In Tajikistan an open record and a confidential one of Norway's, and one that France shares with Kyrgyzstan."""
    recorded(work(), "NO", title="Opal", contributions=money("4000000.00"))
    recorded(work(), "NO", title="Hidden", visibility="confidential", contributions=money("1000000.00"))
    recorded(
        work(),
        "FR",
        title="Beryl",
        organizations=funded_by("FR"),
        countries=[{"country": "TJ", "share": "25.00"}, {"country": "KG", "share": "75.00"}],
        contributions=money("2000000.00", organization="FR"),
    )
    work()


def figure(page: str, name: str) -> str:
    """A key figure of a page."""
    found = re.search(rf"<dt>{name}</dt><dd>(.*?)</dd>", page)
    assert found, f"{name} is not on the page"
    return re.sub(r"<[^>]*>", "|", found[1].replace("\N{NO-BREAK SPACE}", " ")).strip("|")


def test_a_country_counts_its_share_of_a_regional_project_and_says_so(visit: Visit, recorded_here: Any):
    page = visit("coordinator").get("/countries/TJ").text

    assert figure(page, "Projects") == "3"
    assert figure(page, "Donors") == "2"
    assert figure(page, "Money here, counted once") == "5.5 m USD|of 7.0 m of these records"
    assert 'href="/partners/NO"' in page


def test_what_a_reader_may_not_see_is_in_no_figure_of_a_page(
    client: FlaskClient, visit: Visit, recorded_here: Any
):
    partner = visit("focal_point", "FR")

    for path in ("/countries/TJ", "/pillars/I"):
        assert figure(client.get(path).text, "Projects") == figure(partner.get(path).text, "Projects") == "2"
    assert figure(partner.get("/countries/TJ").text, "Money here, counted once").startswith("4.5 m USD")
    assert figure(client.get("/partners/NO").text, "Reports") == "1"
    assert figure(visit("coordinator").get("/partners/NO").text, "Reports") == "2"
    assert "Hidden" not in client.get("/partners/NO").text


def test_money_is_for_those_who_are_signed_in(client: FlaskClient, recorded_here: Any):
    for path in ("/countries", "/countries/TJ", "/pillars", "/pillars/I", "/partners/NO"):
        page = client.get(path).text

        assert "\N{NO-BREAK SPACE}m" not in page
        assert "Money here" not in page


def test_a_partner_is_told_by_its_roles(visit: Visit, recorded_here: Any):
    page = visit("coordinator").get("/partners/UNODC").text

    assert figure(page, "Projects that name it") == "3"
    assert figure(page, "Pays for") == "0"
    assert figure(page, "Carries out") == "3"
    assert figure(page, "Reports") == "0"


def test_a_pillar_lays_its_commitments_out_over_countries(client: FlaskClient, recorded_here: Any):
    page = client.get("/pillars/I").text

    assert 'href="/countries/KG"' in page
    assert 'href="/projects?country=TJ&amp;commitment=I.5"' in page


def test_lists_lead_to_every_country_and_pillar_there_is(client: FlaskClient, recorded_here: Any):
    countries, pillars = client.get("/countries").text, client.get("/pillars").text

    assert countries.index('href="/countries/TJ"') < countries.index('href="/countries/AD"')
    assert all(f'href="/pillars/{code}"' in pillars for code in ("I", "II", "III", "IV"))


@pytest.mark.parametrize("path", ["/countries/XX", "/countries/tj", "/pillars/V", "/partners/NOBODY"])
def test_what_there_is_not_has_no_page(client: FlaskClient, path: str):
    assert client.get(path).status_code == 404


def test_empty_places_have_pages_that_say_so(client: FlaskClient, visit: Visit):
    for path in ("/countries/NO", "/pillars/IV", "/partners/WHO", "/countries", "/pillars"):
        assert client.get(path).status_code == 200
        assert visit("coordinator").get(path).status_code == 200
