"""How figures, days and names read on a page."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from flask import Flask, g
from flask_babel import Babel

from adam.web import filters


class Names:
    """A vocabulary of a few names."""

    def country(self, code):
        return {"AF": "Afghanistan", "PK": "Pakistan"}.get(code)

    def pillar(self, code):
        return {"I": "Regional initiatives"}.get(code)

    def commitment(self, code):
        return {"I.5": "coordinated border management"}.get(code)


@pytest.fixture
def page():
    chosen = SimpleNamespace(language="en")
    app = Flask(__name__)
    Babel(app, locale_selector=lambda: chosen.language)
    filters.register(app)
    with app.test_request_context("/"):
        g.vocabulary = Names()
        yield chosen


def test_thousands_are_set_apart_by_no_break_spaces(page):
    assert filters.money("18000000", "EUR") == '<bdi class="nb">18\xa0000\xa0000.00\xa0EUR</bdi>'
    assert filters.number(1824) == "1\xa0824"


def test_the_decimal_sign_is_that_of_the_language(page):
    page.language = "fr"

    assert filters.percent(Decimal("33.33")) == "33,33\xa0%"


def test_nothing_is_called_not_given_and_never_nought(page):
    assert (filters.money(None), filters.millions(None), filters.day(None)) == ("not given",) * 3
    assert filters.percent(None) == "not allocated"


def test_small_sums_in_millions_never_read_nought(page):
    assert filters.millions(Decimal("84000000"), "USD") == '<bdi class="nb">84.0\xa0m\xa0USD</bdi>'
    assert "0.03" in filters.millions(26_000)
    assert "0.003\xa0m" in filters.millions(3_200)


def test_what_is_taken_away_has_a_minus_sign(page):
    assert filters.millions(-14_000_000) == '<bdi class="nb">−\xa014.0\xa0m</bdi>'
    assert [filters.signed(weight) for weight in (2.3, -0.3, 0.01)] == ["+\xa02.3", "−\xa00.3", "0"]


def test_days_read_as_in_the_source_documents(page):
    assert filters.day("2007-06-01") == "1 June 2007"
    assert filters.month(date(2007, 6, 1)) == "June 2007"
    assert filters.moment(datetime(2026, 11, 20, 9, 14)) == "20 November 2026, 09:14"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2007-06-01", "2010-05-31", "1 June 2007 to 31 May 2010"),
        ("2007-06-01", None, "from 1 June 2007"),
        (None, "2010-05-31", "to 31 May 2010"),
        (None, None, "dates not given"),
    ],
)
def test_a_period_says_which_end_is_known(page, start, end, words):
    assert filters.period(start, end) == words


def test_names_come_from_the_vocabulary_and_fall_back_to_the_code(page):
    assert filters.country_names(["AF", "PK"]) == "Afghanistan, Pakistan"
    assert filters.country_name("XX") == "XX"
    assert filters.country_names([]) == "Global"
    assert filters.country_names(["AF"] * 11) == "11 countries"


def test_a_commitment_is_named_under_its_pillar(page):
    assert filters.pillar_name("I.5") == "I. Regional initiatives: coordinated border management"
    assert filters.pillar_name(None) == "Not assigned"


def test_an_organization_shows_the_name_it_was_given(page):
    assert filters.org_name({"organization": None, "name": "Customs service"}) == "Customs service"
    assert filters.org_name({"organization": "EU", "name": None}) == "EU"


def test_currencies_can_not_become_markup(page):
    assert "<b>" not in filters.money(1, "<b>")
