"""Each kind of finding has its own test (DOMAIN: duplicate, overlap, complement, gap); look-alikes are told apart."""

import pytest

from adam.matching import compare_all, load_policy
from tests.matching.builders import border, job


def claims(*records, **options):
    """What the engine claims about some records: {(id, id): pair}."""
    return {
        (pair.id_a, pair.id_b): pair for pair in compare_all(records, load_policy(), threshold=0, **options)
    }


def claim(one, other):
    """What the engine claims about two records, or None."""
    return next(iter(claims(one, other).values()), None)


def test_one_identifier_on_both_is_a_record_duplicate():
    one = border("a", identifiers="iati:XM-DAC-41128-X1", title="Пограничный проект")
    other = border("b", identifiers="iati:XM-DAC-41128-X1", title="Border project", amount="", countries="")

    found = claim(one, other)

    assert found.kind == "record_duplicate"
    assert found.score > 0.9


def test_the_same_fields_twice_are_a_record_duplicate():
    one, other = border("a"), border("b", title="Border liaison offices at the Tajik-Afghan border")

    found = claim(one, other)

    assert found.kind == "record_duplicate"
    assert found.score > 0.9


def test_funder_and_implementer_who_both_report_mean_the_same_money():
    one = border("a")
    other = border("b", reporter="UNODC", title="Tajik-Afghan border liaison offices (BLO)")

    found = claim(one, other)

    assert found.kind == "same_money"
    assert found.score > 0.9


def test_money_date_and_roles_find_the_same_money_under_unrelated_titles():
    one = border("a", title="720FDA20IO00050", implementers="IOM", reporter="USAID", funders="USAID")
    other = border("b", title="Rapid response", reporter="IOM", funders="USAID", implementers="")

    found = claim(one, other)

    assert found.kind == "same_money"
    assert found.score > 0.5


def test_a_second_phase_is_a_continuation_and_no_duplicate():
    one = border("a", title="Border liaison offices, phase I", end="2015-06-10")
    other = border(
        "b", title="Border liaison offices, phase II", start="2015-06-11", end="2018-05-31", amount="2000000"
    )

    found = claim(one, other)

    assert found.kind == "continuation"
    assert found.score > 0.5


def test_a_first_phase_beside_a_title_without_one_is_no_successor():
    one = border("a", title="Border liaison offices at the Tajik-Afghan border", start="2013-06-01")
    other = border(
        "b", title="Border liaison offices at the Tajik-Afghan border, phase I", start="2013-09-01"
    )

    found = claim(one, other)

    assert found.kind != "continuation"


def test_a_yearly_instalment_is_no_duplicate():
    one = border("a", start="2013-02-01", end="2014-01-31", value_date="2013-02-01")
    other = border("b", start="2014-02-01", end="2015-01-31", value_date="2014-02-01", amount="1300000")

    found = claim(one, other)

    assert found.kind == "continuation"


def test_a_title_that_every_record_carries_makes_no_successor():
    years = [(2005, 2006), (2007, 2008), (2009, 2010)]
    told = [
        border(
            f"f{n:02}",
            title="Frame agreement",
            description=f"word{n} deed{n} place{n}",
            start=f"{years[n % 3][0]}-01-01",
            end=f"{years[n % 3][1]}-12-31",
            amount=str(5000 + 731 * n),
            value_date="",
        )
        for n in range(18)
    ]

    found = claims(*told, kinds=["continuation"])

    assert found == {}


def test_the_same_title_for_another_country_is_no_duplicate():
    one = border("a", amount="700000")
    other = border("b", countries="UZ", amount="450000", start="2013-08-20", value_date="2013-08-20")

    found = claim(one, other)

    assert found is None or found.kind not in ("record_duplicate", "same_money") or found.score < 0.2


def test_one_project_recorded_under_two_countries_is_found():
    one = border("a", description="Liaison offices let officers of both sides meet and share what they know.")
    other = border("b", countries="AF", description=one.description)

    found = claim(one, other)

    assert found.kind == "record_duplicate"
    assert found.score > 0.25


def test_records_that_their_owner_numbered_apart_under_one_title_are_parts():
    one = border("a", identifiers="iati:US-GOV-11-1", amount="12841")
    other = border("b", identifiers="iati:US-GOV-11-2", amount="5183", implementers="ALKALOID")

    found = claim(one, other)

    assert found.kind == "component"


def test_two_shares_of_one_donors_programme_are_parts_and_not_the_same_money():
    one = border("a", reporter="Oxfam", implementers="Oxfam", amount="450000")
    other = border("b", reporter="Caritas", implementers="Caritas", amount="310000")

    found = claim(one, other)

    assert found.kind == "component"


def test_a_country_part_of_a_regional_programme_is_a_component():
    one = border("a", title="Central Asia border programme", countries="TJ;UZ;KG", amount="9000000")
    other = border("b", title="Central Asia border programme: Tajikistan", amount="2100000")

    found = claim(one, other)

    assert found.kind == "component"


@pytest.mark.parametrize(
    ("stated", "kind"),
    [("component", "component"), ("continuation", "continuation"), ("same_money", "same_money")],
)
def test_what_reporters_state_is_strong_evidence(stated, kind):
    one = border("a", relations=f"{stated}>XM-DAC-41128-P1")
    other = border("b", identifiers="iati:XM-DAC-41128-P1", title="Programme", amount="", start="", end="")

    found = claim(one, other)

    assert found.kind == kind
    assert found.score > 0.5
    told = [reason.feature for reason in found.evidence if reason.feature != "whole"]
    assert told[0] == "relations"


def test_two_projects_that_do_one_job_are_duplicate_assistance():
    one, other = job("a"), job("b")

    found = claim(one, other)

    assert found.kind == "duplicate_assistance"
    assert found.score > 0.5


def test_another_institution_makes_it_an_overlap():
    one, other = job("a"), job("b", beneficiaries="Customs department")

    found = claim(one, other)

    assert found.kind == "overlap"


def test_an_institution_that_is_not_given_makes_it_an_overlap_and_says_so():
    one, other = job("a"), job("b", beneficiaries="")

    found = claim(one, other)

    said = next(reason for reason in found.evidence if reason.feature == "beneficiaries")
    assert found.kind == "overlap"
    assert said.level == "missing"
    assert "one record only" in said.sentence


def test_a_pillar_without_commitment_is_a_weaker_overlap():
    full = claim(job("a"), job("b", beneficiaries=""))

    weak = claim(job("a"), job("b", beneficiaries="", commitments="", pillars="I"))

    assert weak.kind == "overlap"
    assert weak.score < full.score


@pytest.mark.parametrize(
    "otherwise",
    [
        {"commitments": "IV.1"},
        {"commitments": ""},
        {"countries": "PK"},
        {"countries": ""},
        {"start": "2017-01-15", "end": "2018-12-31"},
        {"start": "", "end": ""},
    ],
)
def test_without_shared_country_pillar_and_period_nothing_overlaps(otherwise):
    one, other = job("a"), job("b", **otherwise)

    found = claim(one, other)

    assert found is None or found.kind not in ("duplicate_assistance", "overlap")


def test_projects_of_different_pillars_do_not_overlap():
    one, other = job("a", commitments="I.4"), job("b", commitments="IV.1")

    found = claims(one, other, kinds=["overlap", "duplicate_assistance"])

    assert found == {}


def test_a_stated_division_of_labour_is_no_overlap():
    one, other = job("a", relations="complementary>b"), job("b")

    found = claims(one, other, kinds=["overlap", "duplicate_assistance"])

    assert found == {}


def test_record_questions_come_before_coordination_questions():
    told = {"commitments": "I.4", "assistance_types": "training", "beneficiaries": "Border guard"}

    found = claim(border("a", **told), border("b", **told))

    assert found.kind == "record_duplicate"
