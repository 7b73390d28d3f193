"""Spellings of one organization are recognised, and strangers kept apart."""

import pytest

from adam.matching.names import Names

ALIASES = {"US": ["United States", "USAID"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("World Food Programme", "WFP"),
        ("United Nations High Commissioner for Refugees (UNHCR)", "UNHCR"),
        ("International Medical Corps", "International Medical Corps UK"),
        ("SAVE THE CHILDREN (NLD)", "Save the Children"),
        ("United States of America, Government of", "USAID Kabul"),
        ("Управление ООН", "УПРАВЛЕНИЕ ООН"),
    ],
)
def test_two_spellings_mean_one_body(one, other):
    names = Names([one, other, "Norway", "Caritas", "Red Crescent Society of Tajikistan"], ALIASES)

    reached = names.reach(names.number(one))

    assert names.number(other) in reached


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Interior", "Ministry of Health"),
        ("Norway", "Norwegian Refugee Council"),
        ("Other", "Others"),
        ("International Organization for Migration", "International Committee of the Red Cross"),
    ],
)
def test_words_that_many_names_share_join_nobody(one, other):
    names = Names([one, other, "Ministry of Justice", "International Labour Organization"], ALIASES)

    reached = names.reach(names.number(one))

    assert names.number(other) not in reached
