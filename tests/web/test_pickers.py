"""Pickers: lists behind fields where one types a name, and what becomes of a name that is on none."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.builders.answers import answers
from tests.visitors import Visitor

Visit = Callable[..., Visitor]
NEW = "/submissions/new"


@pytest.fixture
def norway(visit: Visit) -> Visitor:
    """A focal point of Norway."""
    return visit("focal_point", "NO")


def entry(norway: Visitor, kind: str, value: str) -> list[str]:
    """The entry of a list with this value."""
    found: list[str] = next(row for row in norway.get(f"/choices/{kind}").get_json() if row[0] == value)
    return found


def test_a_list_knows_names_in_all_languages_codes_and_aliases(norway: Visitor):
    country = entry(norway, "countries", "Tajikistan")[2].split("|")
    body = entry(norway, "organizations", "Norway")[2].split("|")

    assert {"tj", "tjk", "tadjikistan", "таджикистан", "tayikistan"} <= set(country)
    assert {"no", "norway", "noruega"} <= set(body)
    assert entry(norway, "currencies", "NOK")[1]


@pytest.mark.parametrize("typed", ["Iran", "iran", "Russia", "Turkey", "Turkiye", "Venezuela"])
def test_a_country_is_known_by_its_everyday_name(norway: Visitor, typed: str):
    page = norway.submit(NEW, answers(country=[typed], country_share=["100"], action="count:countries"))

    assert "Did you mean" not in page.text


def test_a_name_that_two_countries_share_is_asked_about(norway: Visitor):
    page = norway.submit(NEW, answers(country=["Virgin Islands"], action="count:countries"))

    assert page.text.count('value="pick:countries:0:country:') > 1


def test_a_list_is_asked_for_once_a_day(norway: Visitor):
    first = norway.get("/choices/countries")

    again = norway.get("/choices/countries", headers={"If-None-Match": first.headers["ETag"]})

    assert "max-age=86400" in first.headers["Cache-Control"]
    assert again.status_code == 304 and not again.data


def test_there_are_no_other_lists(norway: Visitor):
    assert norway.get("/choices/accounts").status_code == 404


def test_a_name_on_no_list_is_asked_about_and_one_button_mends_it(norway: Visitor):
    typed = answers(
        country=["Tadschikistan"],
        country_share=["100"],
        org_name=["Norwy", "UNODC"],
        action="count:countries",
    )

    page = norway.submit(NEW, typed)

    assert 'value="pick:countries:0:country:Tajikistan"' in page.text
    assert 'value="pick:organizations:0:name:Norway"' in page.text
    assert "A new name: it is taken as it is." in page.text
    mended = norway.submit(NEW, typed | {"action": "pick:countries:0:country:Tajikistan"})
    assert re.search('name="country" value="Tajikistan"[^>]* autofocus', mended.text)


@pytest.mark.parametrize(
    "asked, said",
    [
        ({"amount": "1 000 000", "currency": "norwegian krone", "date": "2007-06-01"}, "USD at 0.16"),
        ({"amount": "1000", "currency": "EUR"}, "With a value date"),
        ({"amount": "1000", "currency": "EUR", "start": "2007-06-01"}, "the rate of 1 June 2007"),
        (
            {"amount": "1000", "currency": "TJS", "date": "2007-06-01"},
            "No rate of TJS is known for 1 June 2007",
        ),
        ({"amount": "1000", "currency": "USD", "date": "2007-06-01"}, ""),
        ({"amount": "much", "currency": "EUR", "date": "2007-06-01"}, ""),
        ({"amount": "1e400", "currency": "EUR", "date": "2007-06-01"}, ""),
        ({"amount": "9" * 40, "currency": "EUR", "date": "2007-06-01"}, ""),
        ({"amount": "NaN", "currency": "EUR", "date": "x"}, ""),
    ],
)
def test_an_amount_says_what_it_is_in_dollars_or_why_not(norway: Visitor, asked: dict[str, Any], said: str):
    answer = norway.get("/submissions/converted", query_string=asked)

    text = answer.text.replace("\N{NO-BREAK SPACE}", " ")
    assert answer.mimetype == "text/plain"
    assert said in text and bool(said) == bool(text)


def test_without_a_script_the_page_says_it_when_it_is_drawn(norway: Visitor):
    page = norway.submit(NEW, answers(contribution_currency=["nok"], action="count:contributions"))

    assert "USD at 0.0" in page.text and "for 1 NOK" in page.text
