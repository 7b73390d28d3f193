"""The submission form to a project document and back."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from adam.errors import Problem
from adam.queries.partners import Body
from adam.schemas.faults import load
from adam.schemas.projects import ProjectSchema
from adam.web import form_errors, forms, lexicon, rows
from adam.web.documents import readable
from tests.builders.answers import answers
from tests.builders.documents import everything


class Country:
    """A row of the vocabulary of countries."""

    iso3, name = "TJK", "Tajikistan"


class Currency:
    """A row of the vocabulary of currencies."""

    name = "Norwegian Krone"


class Words:
    """A vocabulary with one country."""

    countries = {"TJ": Country}
    country_names = {"ru": {"TJ": "Таджикистан"}, "fr": {"TJ": "Tadjikistan"}}
    currencies = {"NOK": Currency}
    sectors = {("DAC", "16063"): "Narcotics control"}


LEXICON = lexicon.lexicon(
    Words(),
    [Body("NO", "Norway"), Body("UNODC", "United Nations Office on Drugs and Crime")],
    [("UNODC", "Oficina de las Naciones Unidas contra la Droga y el Delito"), ("NO", "Norvège")],
)


def test_the_lexicon_is_made_anew_once_a_body_or_a_spelling_is_another():
    words, bodies = Words(), [Body("NO", "Norway")]
    first = lexicon.lexicon(words, list(bodies))

    assert lexicon.lexicon(words, list(bodies)) is first
    assert lexicon.lexicon(words, bodies, [("NO", "Norge")]).body("norge") == ("NO", None)
    assert lexicon.lexicon(words, [Body("NO", "Noreg")]).body("noreg") == ("NO", None)
    assert lexicon.lexicon(Words(), bodies) is not first


def read(**different: Any) -> dict[str, Any]:
    """The answers of a posted form."""
    posted = answers(**different)
    pairs = [
        (key, one) for key, value in posted.items() for one in (value if isinstance(value, list) else [value])
    ]
    return forms.read(MultiDict(pairs))


def document(**different: Any) -> dict[str, Any]:
    """The document of a posted form."""
    return forms.document_of(read(**different), LEXICON)[0]


def test_a_complete_form_becomes_a_document_that_the_schema_takes():
    draft = load(ProjectSchema(), document())

    assert draft["title"] == "Border posts on the Panj"
    assert [str(row["amount"]) for row in draft["contributions"]] == ["1200000.00"]


def test_a_document_comes_back_whole_from_the_form_that_shows_it():
    before = everything()

    after, _places = forms.document_of(forms.values_of(before, LEXICON), LEXICON, before)

    assert readable(after) == readable(before)


def test_what_the_form_does_not_show_goes_away_with_its_row():
    before = everything()
    values = forms.values_of(before, LEXICON)
    values["locations"][0]["name"] = "Khorog"

    after, _places = forms.document_of(values, LEXICON, before)

    assert after["locations"] == [{"country": "TJ", "name": "Khorog"}]


def test_blank_rows_are_left_out_and_the_others_know_where_they_stood():
    values = read(country=["", "TJ", "", "TJ"], country_share=["", "60", "", "40"])

    found, places = forms.document_of(values, LEXICON)

    assert [row["share"] for row in found["countries"]] == ["60", "40"]
    assert form_errors.key_of("#/project/countries/1/share", places) == "countries.3.share"


@pytest.mark.parametrize(
    "typed", ["TJ", "tj", "TJK", "Tajikistan", "таджикистан", " Tadjikistan ", "TÁJIKISTAN"]
)
def test_a_country_may_be_typed_by_code_or_by_name_in_any_language(typed: str):
    assert document(country=[typed])["countries"][0]["country"] == "TJ"


def test_an_unknown_country_stays_as_it_was_typed():
    assert document(country=["Narnia"])["countries"][0]["country"] == "Narnia"


@pytest.mark.parametrize(
    "typed",
    [
        *("UNODC", "unodc", "United Nations Office on Drugs and Crime"),
        "oficina de las naciones unidas contra la droga y el delito",
    ],
)
def test_an_organization_may_be_typed_by_code_or_by_name(typed: str):
    found = document(org_name=["", typed])["organizations"]

    assert found == [{"role": "implementing", "organization": "UNODC"}]


def test_an_unknown_organization_is_named():
    assert document(org_name=["Ministry of Sound", ""])["organizations"][0]["name"] == "Ministry of Sound"


@pytest.mark.parametrize(
    "typed", ["1200000.00", "1 200 000.00", "1\u00a0200\u00a0000.00", "1\u202f200\u202f000.00"]
)
def test_amounts_may_be_written_with_spaces(typed: str):
    assert document(contribution_amount=[typed])["contributions"][0]["amount"] == "1200000.00"


@pytest.mark.parametrize("typed", ["NOK", "nok", "Norwegian krone"])
def test_a_currency_may_be_typed_by_code_or_name(typed: str):
    assert document(contribution_currency=[typed])["contributions"][0]["currency"] == "NOK"


def test_a_sector_may_be_typed_by_its_title():
    assert document(sector_code=["narcotics control"])["sectors"] == [{"code": "16063"}]


def test_a_component_says_which_of_the_two_is_the_whole():
    found = document(relation_kind=["component:part"], relation_project=["ADAM-000009"])["relations"]

    assert found == [{"kind": "component", "role": "part", "project": "ADAM-000009"}]
    assert forms.row_of("relations", found[0], LEXICON)["kind"] == "component:part"


def test_a_chosen_kind_alone_makes_no_contribution():
    blank = {"contribution_by": [""], "contribution_amount": [""], "contribution_currency": [""]}

    assert "contributions" not in document(**blank, contribution_date=[""])


@pytest.mark.parametrize(
    "action, field",
    [
        ("add:countries", "countries.1.country"),
        ("add:pillars:II.1", "pillars.1.pillar"),
        ("remove:countries:0", "countries.0.country"),
        ("remove:countries:x", "countries.0.country"),
        ("pick:countries:0:country:Tajikistan", "countries.0.country"),
        ("pick:contributions:0:by:Norway", "contributions.0.organization"),
        ("count:pillars", "pillars.0.share"),
    ],
)
def test_a_button_of_the_rows_leads_back_to_where_one_was(action: str, field: str):
    values = read(country=["TJ"], country_share=[""])

    assert rows.act(values, action)
    assert rows.place(values, action) == field


def test_a_name_that_is_picked_takes_the_place_of_what_was_typed():
    values = read(country=["Tadschik"], country_share=["40"])

    rows.act(values, "pick:countries:0:country:Tajikistan")

    assert values["countries"] == [{"country": "Tajikistan", "share": "40"}]


@pytest.mark.parametrize(
    "pointer, key",
    [
        ("#/project/title", "title"),
        ("#/project/countries", "countries"),
        ("#/project/countries/0", "countries.0.country"),
        ("#/project/organizations/1/organization", "organizations.1.name"),
        ("#/project/pillars/0/commitment", "pillars.0.pillar"),
        ("#/project/contributions/2/name", "contributions.2.organization"),
        ("#/project/contributions/2", "contributions.2"),
        ("#/project/assistance_types/3", "assistance_types"),
        ("#/project/identifiers/0/owner", "identifiers.0.value"),
        ("#/source_ref", "form"),
    ],
)
def test_every_problem_stands_at_a_field_of_the_form(pointer: str, key: str):
    assert form_errors.key_of(pointer, {}) == key


def test_problems_are_listed_in_the_order_of_the_page():
    problems = [
        Problem(f"#/project/{name}", "x", "?") for name in ("visibility", "countries/10/share", "title")
    ]
    problems.insert(0, Problem("#/project/countries/2/share", "x", "?"))

    found = form_errors.located(problems, {})

    assert [key for key, _ in found] == ["title", "countries.2.share", "countries.10.share", "visibility"]


def test_adding_a_proposal_uses_a_blank_row_first():
    values = read(pillar=[""], pillar_share=[""])

    rows.act(values, "add:pillars:I.4")

    assert [row["pillar"] for row in values["pillars"]] == ["I.4"]


def test_shares_are_divided_to_the_cent():
    values = read(country=["TJ", "", "KG", "UZ"], country_share=["", "", "", ""])

    rows.act(values, "divide:countries")

    assert [row["share"] for row in values["countries"]] == ["33.34", "", "33.33", "33.33"]


@pytest.mark.parametrize(
    "action", ["add:nothing", "remove:countries:99", "remove:countries:-1", "remove:countries:x"]
)
def test_buttons_that_no_page_has_change_nothing(action: str):
    values = read()
    before = [dict(row) for row in values["countries"]]

    rows.act(values, action)

    assert values["countries"] == before


def test_what_is_wrong_is_left_out_for_comparing_and_the_rest_stays():
    found = document(country=["TJ", "AF"], country_share=["80", "40"], contribution_amount=["many"])

    part = forms.without(
        found, ["#/project/countries", "#/project/contributions/0/amount", "#/project/status"]
    )

    assert part["countries"] == [{"country": "TJ"}, {"country": "AF"}]
    assert part["contributions"] == [] and "status" not in part


def test_one_body_in_two_roles_keeps_what_each_row_said():
    before = document() | {
        "organizations": [
            {"role": "funding", "organization": "XM-DAC-44000", "name": "World Bank"},
            {"role": "implementing", "organization": None, "name": "World Bank"},
        ],
        "relations": [{"kind": "component", "project": None, "identifier": "44000-P1", "role": "whole"}],
    }

    after, _places = forms.document_of(forms.values_of(before, LEXICON), LEXICON, before)

    assert readable(after) == readable(before)
