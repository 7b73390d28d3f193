"""Names and identifiers of organizations: what is one body, and whose agency it is."""

from __future__ import annotations

import pytest

from adam.domain import organizations


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The World Bank", "WORLD BANK"),
        ("Ministère de l’Intérieur", "Ministere de l'Interieur"),
        ("U.S. Agency for International Development", "US Agency for International Development"),
        ("Gesellschaft für Zusammenarbeit (GZ) GmbH", "Gesellschaft fur Zusammenarbeit GZ"),
        ("Children's Fund", "Children’s Fund"),
        ("МВД России", "мвд россии"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert organizations.normalized(one) == organizations.normalized(other)


def test_the_order_of_words_keeps_bodies_apart():
    first, second = (
        organizations.normalized(name) for name in ("Bank of the Netherlands", "Netherlands Bank")
    )

    assert first != second


@pytest.mark.parametrize("name", ["Inc.", "The", "NV", "中国"])
def test_a_name_of_one_word_keeps_it(name):
    assert organizations.normalized(name)


@pytest.mark.parametrize(
    ("identifier", "code"),
    [
        ("US-GOV-1", "US"), ("US-USAGOV", "US"), ("GB-GOV-1", "GB"), ("GB-1", "GB"), ("DE-1", "DE"), ("SE-0", "SE"),
        ("SE-6", "SE"), ("FI-3", "FI"), ("FR-3", "FR"), ("CH-4", "CH"), ("CA-3", "CA"), ("AU-5", "AU"), ("NO", "NO"),
        ("XM-DAC-5-7", "DE"), ("XM-DAC-301-2", "CA"), ("XM-DAC-7", "NL"), ("XM-DAC-41128", "UNODC"),
        ("41128", "UNODC"), ("XM-DAC-41110", "UNAIDS"), ("XM-DAC-928", "WHO"), ("XI-IATI-EC_NEAR", "EU"),
        ("XM-DAC-918-3", "EU"), ("XM-DAC-42001", "EU"), ("xm-dac-42001", "EU"),
    ],
)  # fmt: skip
def test_an_agency_belongs_to_its_country_or_organization(identifier, code):
    assert organizations.agency_of(identifier) == code


@pytest.mark.parametrize(
    "identifier",
    [
        "GB-CHC-202918",
        "NL-KVK-27108436",
        "US-EIN-042103594",
        "XM-DAC-46015",
        "XI-IATI-EBRD",
        "11000",
        "",
        None,
        "-",
    ],
)
def test_registered_charities_companies_and_outsiders_are_no_partners_agency(identifier):
    assert organizations.agency_of(identifier) is None


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("41114", "XM-DAC-41114"), (" GB-CHC-1 ", "GB-CHC-1"), ("22000", None), ("12711", None),
        ("70-Private Sector", None),
        ("n/a", None), ("--", None), (None, None), ("a(b)", None),
    ],
)  # fmt: skip
def test_only_what_identifies_one_body_is_an_identifier(stated, kept):
    assert organizations.canonical(stated) == kept


@pytest.mark.parametrize(
    "name", ["Other.", "Recipient Government", "Developing country-based NGO", "To be determined"]
)
def test_a_class_of_bodies_is_no_organization(name):
    assert organizations.is_category(name)
    assert not organizations.is_category("Ministry of Interior")
