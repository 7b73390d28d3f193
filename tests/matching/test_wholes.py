"""Wholes and their parts: numbered by one owner, split by title, country or year; told from twins and successors."""

import pytest

from adam.matching import compare_all, load_policy
from adam.matching.numbering import owner, stem, years
from tests.matching.builders import border

TERM = {"start": "2017-03-06", "end": "2020-08-16"}


def claim(one, other):
    """What the engine claims about two records, or None."""
    return next(iter(compare_all([one, other], load_policy(), threshold=0)), None)


def test_purchases_numbered_apart_for_two_hospitals_are_no_duplicate():
    told = {"start": "2020-07-27", "end": "2020-12-01", "funders": "Germany", "reporter": "Germany"}
    one = border(
        "a",
        title="Procurement of an ambulance for the General Hospital Prilep",
        identifiers="iati:XM-DAC-5-7-6614844",
        amount="38269",
        **told,
    )
    other = border(
        "b",
        title="Procurement of an ambulance for the Clinical Hospital Stip",
        identifiers="iati:XM-DAC-5-7-6614845",
        amount="38331",
        **told,
    )

    found = claim(one, other)

    assert found is None or found.kind != "record_duplicate" or found.score < 0.5


def test_names_that_differ_are_told_as_a_reason_against():
    one = border("a", title="Border post for vehicles at Nizhny Pyanj")
    other = border("b", title="Border post for vehicles at Ishkashim")

    found = claim(one, other)

    said = next(reason for reason in found.evidence if reason.feature == "names")
    assert said.score < 0
    assert "“Ishkashim”" in said.sentence


def test_a_spelling_of_one_name_is_no_other_name():
    one = border("a", title="Border post for vehicles at Ishkashim")
    other = border("b", title="Border post for vehicles at Eshkashim")

    found = claim(one, other)

    assert "names" not in {reason.feature for reason in found.evidence}


def test_one_amount_to_the_cent_outweighs_numbers_apart():
    told = {"title": "Protective equipment for the police inspectorate", "implementers": "", "end": ""}
    order = border("a", identifiers="iati:US-GOV-11-XK-19KV0338", amount="514.87", **told)
    request = border(
        "b", identifiers="iati:US-GOV-11-XK-PR9304", amount="514.87", **told | {"start": "2013-06-13"}
    )

    same, near = claim(order, request), claim(order, border("c", **row(request, amount="498.10")))

    assert (same.kind, same.score > 0.5) == ("record_duplicate", True)
    assert near.kind != "record_duplicate" or near.score < same.score


def row(record, **otherwise):
    """The fields of a record for another one."""
    names = ("title", "implementers", "start", "end", "identifiers", "amount")
    told = {name: getattr(record, name) for name in names}
    return told | otherwise | {"identifiers": "iati:US-GOV-11-XK-PR9305"}


def test_one_commitment_split_by_sector_under_one_number_is_parts_though_amounts_are_equal():
    one = border("a", identifiers="iati:SE-0-SE-6-10485A0101-AFG-16020", sectors="16020")
    other = border("b", identifiers="iati:SE-0-SE-6-10485A0101-AFG-23210", sectors="23210")

    found = claim(one, other)

    assert found.kind == "component"
    assert found.score > 0.5
    assert found.evidence[0].sentence.startswith("Both look like parts of one programme: ")


def test_a_number_that_stands_under_the_other_is_a_part_of_it():
    one = border("a", identifiers="iati:GB-1-107196", amount="", start="", end="")
    other = border("b", identifiers="iati:GB-1-107196-101", title="Border posts: design")

    found = claim(one, other)

    assert found.kind == "component"
    assert found.evidence[0].sentence.startswith("One looks like a part of the other: ")


def test_a_country_part_says_that_one_is_a_part_of_the_other():
    one = border("a", title="Central Asia border programme", countries="TJ;UZ;KG", amount="9000000")
    other = border("b", title="Central Asia border programme: Tajikistan", amount="2100000")

    found = claim(one, other)

    assert found.evidence[0].sentence.startswith("One looks like a part of the other: ")


def test_only_claims_of_parts_speak_of_wholes():
    one, other = border("a"), border("b")

    found = claim(one, other)

    assert found.kind == "record_duplicate"
    assert "whole" not in {reason.feature for reason in found.evidence}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Component 1", "Component 2"),
        ("MA Part 1", "MA Part 2"),
        ("Objective 1", "Objective No. 2"),
        ("Priority axis I", "Priority axis II"),
        ("composante 1", "composante 2"),
        ("objetivo 1", "objetivo 2"),
        ("Arbeitspaket 1", "Arbeitspaket 2"),
    ],
)
def test_numbered_parts_of_a_title_are_components_and_no_phases(left, right):
    title = "Accountable governance of the customs service in Tajikistan"
    one = border("a", title=f"{title} {left}", amount="21152947", **TERM)
    other = border("b", title=f"{title} {right}", amount="43846252", **TERM)

    found = claim(one, other)

    assert found.kind == "component"
    assert found.score > 0.5
    assert "the titles number them as parts" in found.evidence[0].sentence


def test_what_begins_and_ends_together_is_no_continuation():
    one = border("a", title="Border liaison aid 1", amount="50000", **TERM)
    other = border("b", title="Border liaison aid 2", amount="61000", **TERM)

    found = claim(one, other)

    assert found.kind == "component"


def test_a_year_in_the_title_with_dates_that_follow_on_is_a_continuation():
    one = border("a", title="Technical Cooperation Facility 2019", start="2020-01-20", end="2022-07-08")
    other = border(
        "b",
        title="Technical Cooperation Facility 2020",
        start="2021-01-18",
        end="2023-07-13",
        amount="1900000",
    )

    found = claim(one, other)

    assert found.kind == "continuation"
    assert found.score > 0.5


def test_a_second_phase_that_begins_first_is_no_continuation():
    one = border("a", title="Border liaison offices, phase I", start="2017-02-10", end="2019-05-31")
    other = border("b", title="Border liaison offices, phase II", start="2012-02-10", end="2014-05-31")

    found = claim(one, other)

    assert found is None or found.kind != "continuation"


def test_another_undertaking_with_a_phase_follows_nothing():
    told = {"start": "2018-11-20", "end": "2020-11-19", "amount": "4250000"}
    one = border("a", title="Access to health services for migrants in Tajikistan", **told)
    other = border("b", title="Reception of migrants in Tajikistan II", start="2020-12-30", end="2022-11-29")

    found = claim(one, other)

    assert found is None or found.kind != "continuation"


def test_one_title_under_programme_years_a_year_apart_is_a_continuation():
    one = border("a", identifiers="iati:EC-ELARG-2012/22940/1", start="2012-12-09", end="2015-06-25")
    other = border(
        "b",
        identifiers="iati:EC-ELARG-2013/24216/1",
        start="2013-12-17",
        end="2016-06-02",
        amount="888000",
    )

    found = claim(one, other)

    assert found.kind == "continuation"
    assert found.score > 0.5


def test_the_same_dates_raise_what_roles_say_of_the_same_money():
    one = border("a", reporter="EU", funders="EU", title="Civil protection strengthened", amount="11351583")
    near = {"reporter": "UNODC", "funders": "EU", "title": "Disaster resilience", "amount": "12347792"}

    same = claim(one, border("b", **near))
    other = claim(one, border("c", **near, start="2013-09-20", end="2016-11-30"))

    assert same.kind == "same_money"
    assert same.score > (other.score if other else 0) + 0.2


@pytest.mark.parametrize(
    ("identifier", "who", "what"),
    [
        ("iati:XM-DAC-5-7-6614844", "iati:xm-dac-5", "iati:xm-dac-5-7-6614844"),
        ("iati:XI-IATI-EC_NEAR-2018/41502/9", "iati:xi-iati-ec_near", "iati:xi-iati-ec_near-2018/41502"),
        ("iati:XI-IATI-EC_NEAR-2020/415-529", "iati:xi-iati-ec_near", None),
        ("iati:46004-54188-001-LN3940", "iati:46004", "iati:46004-54188"),
        ("iati:GB-1-107196-101", "iati:gb-1", "iati:gb-1-107196"),
        ("other:a2:2015000086", "other:a2:2015000086", None),
        ("", ":", None),
    ],
)
def test_owners_and_numbers_are_read_from_the_form_of_an_identifier(identifier, who, what):
    found = owner(identifier), stem(identifier)

    assert found == (who, what)


def test_programme_years_stand_as_parts_of_their_own():
    found = years(["iati:EC-ELARG-2012/23778/1", "iati:XM-DAC-61-2-2020000007"])

    assert found == {2012}
