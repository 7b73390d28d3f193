"""What is worth a second look: each rule speaks for what it is about, says the values, and is silent otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from adam.domain.proposals import Proposal
from adam.domain.rules import ERROR, PUBLISHED, WARNING
from adam.domain.warnings import ERRORS, WARNINGS, Known, Usual, errors, warnings
from adam.services import rules
from tests.builders.documents import draft, money

TABLE = rules.load().table
USUAL = Usual("“Training”", 34, Decimal(400_000), Decimal(1_200_000), Decimal(3_100_000))
PRECURSORS = Proposal("III", "III.1", None, "The title says “precursors”, which names precursors.", 3)
KNOWN = Known(
    today=date(2026, 1, 15),
    reporter="NO",
    priority=frozenset({"AF", "TJ"}),
    sectors=frozenset({"16063"}),
    usd=Decimal(1_200_000),
    usual=(USUAL,),
)
WHOLE = {"description": "Courses for two hundred officers of the border guard, with radios and patrol cars."}
PLACE = {"country": "TJ", "name": "Ishkashim"}
DISBURSED = {"kind": "disbursement"}
SEVERAL = [{"country": "TJ"}, {"country": "AF", "share": "40.00"}]


def warned(known: Known = KNOWN, origin: str = "form", **different: Any) -> dict[str, str]:
    """Code → place of every warning on such a draft."""
    content = WHOLE | different
    found = warnings(draft(**content), known, TABLE, origin)
    return {item.code: item.pointer.removeprefix("#/project/") for item in found}


def test_a_complete_project_needs_no_second_look():
    assert warned() == {}


SPEAKING: dict[str, tuple[dict[str, Any], str]] = {
    "thin_description": ({"description": "Training."}, "description"),
    "title_in_capitals": ({"title": "BORDER POSTS ON THE PANJ"}, "title"),
    "title_is_description": ({"description": "Border posts on the Panj."}, "description"),
    "title_is_code": ({"title": "GLOY09"}, "title"),
    "title_in_other_script": ({"title": "Пограничные посты", "language": "en"}, "title"),
    "confidential_with_documents": (
        {"visibility": "confidential", "documents": [{"title": "Agreement", "url": "https://example.org"}]},
        "documents",
    ),
    "confidential_but_published": (
        {"visibility": "confidential", "identifiers": [{"scheme": "iati", "value": "NO-1-2"}]},
        "identifiers/0/value",
    ),
    "no_funder": ({"organizations": [{"role": "implementing", "organization": "UNODC"}]}, "organizations"),
    "no_implementer": ({"organizations": [{"role": "funding", "organization": "NO"}]}, "organizations"),
    "one_body_only": (
        {"organizations": [{"role": role, "organization": "NO"} for role in ("funding", "implementing")]},
        "organizations",
    ),
    "reporter_without_part": (
        {
            "organizations": [
                {"role": "funding", "organization": "FR"},
                {"role": "implementing", "organization": "UNODC"},
            ],
            "contributions": money("5000.50", organization="FR"),
        },
        "organizations",
    ),
    "no_beneficiary": ({"beneficiaries": []}, "beneficiaries"),
    "no_institution_kind": ({"beneficiaries": [{"name": "Agency"}]}, "beneficiaries/0/kind"),
    "no_country": ({"countries": []}, "countries"),
    "outside_priority": ({"countries": [{"country": "PE"}]}, "countries"),
    "countries_not_allocated": ({"countries": SEVERAL}, "countries"),
    "place_elsewhere": ({"locations": [PLACE | {"country": "PK"}]}, "locations/0/country"),
    "place_half_located": ({"locations": [PLACE | {"latitude": "36.72"}]}, "locations/0/longitude"),
    "place_at_zero": ({"locations": [PLACE | {"latitude": "0", "longitude": "0"}]}, "locations/0/latitude"),
    "no_start": ({"start_planned": None}, "start_planned"),
    "no_end": ({"end_planned": None}, "end_planned"),
    "longer_than_ten_years": ({"start_planned": "2015-01-01"}, "end_planned"),
    "ended_but_running": ({"start_planned": "2018-01-01", "end_planned": "2019-12-31"}, "end_planned"),
    "begun_but_pipeline": ({"status": "pipeline"}, "status"),
    "active_before_start": ({"start_planned": "2026-06-01"}, "status"),
    "completed_too_early": ({"status": "completed"}, "end_actual"),
    "completed_without_end": ({"status": "completed", "end_planned": "2025-06-01"}, "end_actual"),
    "actual_start_ahead": ({"start_actual": "2026-02-01"}, "start_actual"),
    "actual_end_ahead": ({"start_actual": "2024-01-01", "end_actual": "2026-05-01"}, "end_actual"),
    "actual_far_from_planned": (
        {"start_planned": "2020-01-01", "start_actual": "2024-01-01"},
        "start_actual",
    ),
    "confirmed_ahead": ({"last_confirmed_on": "2026-02-01"}, "last_confirmed_on"),
    "no_pillar": ({"pillars": []}, "pillars"),
    "pillar_without_commitment": ({"pillars": [{"pillar": "I", "share": "100.00"}]}, "pillars/0/commitment"),
    "pillars_not_allocated": (
        {"pillars": [{"pillar": "I", "commitment": "I.5"}, {"pillar": "IV", "commitment": "IV.1"}]},
        "pillars",
    ),
    "pillar_only_proposed": (
        {"pillars": [{"pillar": "I", "commitment": "I.5", "proposed": True}]},
        "pillars/0/pillar",
    ),
    "no_assistance_type": ({"assistance_types": []}, "assistance_types"),
    "many_assistance_types": ({"assistance_types": list("abcdef")}, "assistance_types"),
    "sector_shares_off": (
        {"sectors": [{"code": "16063", "share": "60.00"}, {"code": "16063", "share": "30.00"}]},
        "sectors",
    ),
    "unknown_sector": ({"sectors": [{"code": "99999"}]}, "sectors/0/code"),
    "no_amount": ({"contributions": []}, "contributions"),
    "placeholder_amount": ({"contributions": money("999999999.00")}, "contributions/0/amount"),
    "no_value_date": (
        {"contributions": money("500.00", "EUR", value_date=None)},
        "contributions/0/value_date",
    ),
    "value_date_ahead": (
        {"contributions": money("500.00", value_date="2026-03-01")},
        "contributions/0/value_date",
    ),
    "spent_before_start": (
        {"contributions": [*money("500.00"), *money("100.00", **DISBURSED, value_date="2022-03-01")]},
        "contributions/1/value_date",
    ),
    "spent_long_after_end": (
        {
            "start_planned": "2015-01-01",
            "end_planned": "2016-01-01",
            "contributions": [*money("500.00"), *money("100.00", **DISBURSED, value_date="2022-03-01")],
        },
        "contributions/1/value_date",
    ),
    "cancelled_but_paid": (
        {
            "status": "cancelled",
            "start_actual": "2024-01-01",
            "end_actual": "2025-01-01",
            "contributions": [*money("500.00"), *money("100.00", **DISBURSED, value_date="2025-06-01")],
        },
        "contributions/1/value_date",
    ),
    "completed_without_payment": ({"status": "completed"}, "contributions"),
    "paid_without_commitment": ({"contributions": money("500.00", **DISBURSED)}, "contributions"),
    "payer_not_named": (
        {"contributions": money("500.00", organization=None)},
        "contributions/0/organization",
    ),
    "twin_contribution": (
        {"contributions": [*money("500.00"), *money("500.00")]},
        "contributions/1/amount",
    ),
}
KNOWING: dict[str, tuple[Known, dict[str, Any], str]] = {
    "sector_and_pillar_disagree": (replace(KNOWN, by_sector=(PRECURSORS,)), {}, "sectors"),
    "text_and_pillar_disagree": (replace(KNOWN, by_text=(PRECURSORS,)), {}, "pillars"),
    "budget_unusual": (replace(KNOWN, usd=Decimal(2_000_000_000)), {}, "contributions"),
}


@pytest.mark.parametrize("code", SPEAKING)
def test_each_rule_speaks_at_its_place(code: str):
    different, place = SPEAKING[code]

    assert warned(**different).get(code) == place


@pytest.mark.parametrize("code", KNOWING)
def test_a_rule_that_knows_more_speaks_too(code: str):
    known, different, place = KNOWING[code]

    assert warned(known, **different).get(code) == place
    assert code not in warned(**different)


def test_every_warning_has_a_case_and_its_sentence_in_the_table():
    for check in WARNINGS:
        rule = TABLE[check.__name__]

        assert rule.level == WARNING
        assert check.__doc__ == rule.sentence, f"{rule.code}: mend the docstring or config/rules.csv."
    assert {check.__name__ for check in WARNINGS} == SPEAKING.keys() | KNOWING.keys()
    assert {check.__name__ for check in (*ERRORS, *WARNINGS)} >= {
        rule.code for rule in TABLE.values() if WARNING in (rule.level, rule.published)
    }


@pytest.mark.parametrize("origin", ["form", "api", "spreadsheet", *PUBLISHED])
def test_more_paid_than_committed_stops_where_it_can_be_mended_and_is_remarked_where_not(origin: str):
    overpaid = draft(contributions=[*money("100.00"), *money("100.01", **DISBURSED)], **WHOLE)

    stopped = [item.code for item in errors(overpaid, KNOWN, TABLE, origin)]
    remarked = [item.code for item in warnings(overpaid, KNOWN, TABLE, origin)]

    published = origin in PUBLISHED
    assert stopped == ([] if published else ["disbursed_over_committed"])
    assert ("disbursed_over_committed" in remarked) == published
    assert TABLE["disbursed_over_committed"].level_for(origin) == (WARNING if published else ERROR)


@pytest.mark.parametrize(("paid", "currency"), [("100.00", "USD"), ("500.00", "EUR")])
def test_currencies_are_not_held_against_each_other(paid: str, currency: str):
    contributions = [*money("100.00"), *money(paid, currency, kind="disbursement")]

    assert errors(draft(contributions=contributions), KNOWN, TABLE, "form") == []


def test_an_unusual_budget_is_said_with_both_numbers():
    [found] = warnings(draft(**WHOLE), replace(KNOWN, usd=Decimal(2_000_000_000)), TABLE, "form")

    assert "2.0 billion US dollars" in found.detail and "median of 1.2 million" in found.detail
    assert "34 records" in found.detail and "between 400.0 thousand and 3.1 million" in found.detail


def test_few_records_say_nothing_of_what_is_usual():
    few = replace(KNOWN, usd=Decimal(2_000_000_000), usual=(replace(USUAL, records=19),))

    assert warned(few) == {}


@pytest.mark.parametrize("script", ["Пограничные посты", "مراكز الحدود", "边境哨所"])
def test_a_title_may_be_in_the_script_of_its_language(script: str):
    language = {"П": "ru", "م": "ar", "边": "zh"}[script[0]]

    assert "title_in_other_script" not in warned(title=script, language=language)


def test_what_a_warning_is_about_changes_with_the_answer_and_with_nothing_else():
    def about(**different: Any) -> str:
        found = warnings(draft(**(WHOLE | different)), KNOWN, TABLE, "form")
        return next(item.about for item in found if item.code == "thin_description")

    thin = {"description": "Training."}

    assert about(**thin) == about(**thin, title="Another title")
    assert about(**thin) != about(description="Courses.")
