"""Every claim says how its certainty came about: what was likely before, and what each field added."""

from __future__ import annotations

import csv
import io
from math import exp
from typing import Any

import pytest

from tests.api.builders import accepted, submission


def certainty(found: dict[str, Any]) -> float:
    """What the prior and all steps together come to."""
    total = found["prior"] + sum(step["score"] for step in found["waterfall"])
    return 1 / (1 + exp(-total))


@pytest.fixture
def parties(visit):
    """Norway's and UNODC's focal points and a coordinator, with one project written down by Norway."""
    norway, unodc, coordinator = (
        visit("focal_point", "NO"),
        visit("focal_point", "UNODC"),
        visit("coordinator"),
    )
    accepted(norway, coordinator)
    return norway, unodc, coordinator


def test_the_steps_of_a_lookalike_add_up_to_its_score(parties):
    _, unodc, _ = parties

    [found] = unodc.api("POST", "/submissions/check", json=submission()).get_json()["lookalikes"]

    assert certainty(found) == pytest.approx(found["score"], abs=0.005)
    assert {step["level"] for step in found["waterfall"]} <= {"exact", "close", "different", "missing"}


def test_the_steps_of_a_finding_add_up_to_its_score_what_weighs_most_first(parties):
    _, unodc, coordinator = parties
    accepted(unodc, coordinator)

    [found] = coordinator.api("GET", "/findings").get_json()["items"]

    weights = [abs(step["score"]) for step in found["waterfall"]]
    assert certainty(found) == pytest.approx(float(found["score"]), abs=0.01)
    assert weights and weights == sorted(weights, reverse=True) and min(weights) > 0


def test_the_file_of_a_report_says_what_each_field_added(parties):
    _, unodc, coordinator = parties
    accepted(unodc, coordinator)
    report = coordinator.api("POST", "/reports", json={"kind": "overlap"}).get_json()

    sheet = coordinator.api("GET", f"/reports/{report['id']}/file?format=csv").text

    [row] = [one for one in csv.DictReader(io.StringIO(sheet.lstrip("\ufeff"))) if one["b_title"]]
    added = [float(part.rsplit(" ", 1)[1]) for part in row["log_odds_added"].split("; ")]
    total = float(row["log_odds_before"]) + sum(added)
    assert 1 / (1 + exp(-total)) == pytest.approx(float(row["probability"]), abs=0.02)
