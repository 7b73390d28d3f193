"""What a coordinator says of a finding: the contract's verdict alone, and how a remedy may be meant beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adam.domain.findings import VERDICTS
from adam.schemas.faults import load
from adam.schemas.findings import JudgementSchema, JudgementsSchema
from tests.schemas.test_scopes import faults

GIVEN = {"verdict": "same_money", "reason": "Two phases."}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_of_the_contract_can_be_given(verdict: str):
    judgement = load(JudgementSchema(), {"verdict": verdict, "reason": "Two.", "review_on": "2026-06-01"})

    assert (judgement["verdict"], judgement["review_on"]) == (verdict, date(2026, 6, 1))


def test_a_verdict_and_its_reason_are_enough():
    judgement = load(JudgementSchema(), GIVEN)

    assert {name for name, value in judgement.items() if value} == {"verdict", "reason"}


def test_a_verdict_has_a_reason():
    found = faults(JudgementSchema(), {"verdict": "maybe", "reason": " "})

    assert found == {("#/verdict", "choice"), ("#/reason", "required")}


def test_a_merge_says_which_side_each_part_comes_from():
    judgement = load(JudgementSchema(), GIVEN | {"stays": "ADAM-000002", "fields": {"title": "other"}})

    assert (judgement["stays"], judgement["parts"]) == ("ADAM-000002", {"title": "other"})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "both"}, ("#/fields/title", "choice")),
        ({"identifiers": "stays"}, ("#/fields/identifiers", "choice")),
        ({"visibility": "other"}, ("#/fields/visibility", "unknown_field")),
        ([], ("#/fields", "type")),
    ],
)
def test_what_can_not_be_chosen_is_refused_at_its_place(fields: Any, expected: tuple[str, str]):
    assert faults(JudgementSchema(), GIVEN | {"fields": fields}) == {expected}


def test_several_verdicts_have_their_problems_at_their_places():
    listed = [GIVEN | {"finding": "x"}, {"verdict": "overlap", "finding": "y", "version": "1"}]

    found = faults(JudgementsSchema(), {"judgements": listed})

    assert found == {("#/judgements/1/reason", "required"), ("#/judgements/1/version", "type")}
