"""Scopes, verdicts, submissions and the rows of files: shape first, in our words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from marshmallow import Schema

from adam.errors import Invalid
from adam.schemas.faults import load
from adam.schemas.rates import RateRow
from adam.schemas.scopes import ReportSchema, ScopeSchema
from adam.schemas.submissions import CommentSchema, SubmissionSchema
from adam.schemas.vocabulary import CountryRow, OrganizationRow, PartnerRow
from tests.builders.documents import document


def faults(schema: Schema, content: Any) -> set[tuple[str, str]]:
    """Pointer and code of everything that is wrong."""
    with pytest.raises(Invalid) as refused:
        load(schema, content)
    return {(problem.pointer, problem.code) for problem in refused.value.problems}


def test_an_empty_scope_means_everything():
    scope = load(ScopeSchema(), {})

    lists = {"countries": [], "pillars": [], "organizations": []}
    assert scope == lists | dict.fromkeys(("date_from", "date_to", "year", "baseline"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"countries": "AF"}, ("#/countries", "type")),
        ({"pillars": "I"}, ("#/pillars", "type")),
        ({"pillars": ["I", "V"]}, ("#/pillars/1", "choice")),
        ({"organizations": ["UNODC"] * 301}, ("#/organizations", "too_many")),
        ({"from": "2026-01-01", "to": "2025-01-01"}, ("#/to", "end_before_start")),
        ({"from": "yesterday"}, ("#/from", "date")),
        ({"date_from": "2026-01-01"}, ("#/date_from", "unknown_field")),
        ([], ("#", "type")),
    ],
)
def test_a_scope_that_cannot_be_read_is_named(content: Any, expected: tuple[str, str]):
    assert faults(ScopeSchema(), content) == {expected}


@pytest.mark.parametrize("content", [{"kind": "gossip"}, {"kind": None}, {"kind": "overlap", "scope": 3}])
def test_a_report_is_of_a_kind_and_a_scope(content: dict[str, Any]):
    assert faults(ReportSchema(), content)


def test_a_submission_carries_a_project_and_names_its_faults_below_it():
    found = faults(SubmissionSchema(), {"project": document(title=""), "source_ref": 3, "state": "validated"})

    assert found == {("#/project/title", "required"), ("#/source_ref", "type"), ("#/state", "unknown_field")}


@pytest.mark.parametrize("name", ["partner", "author", "version", "reference", "id"])
def test_a_caller_sets_nothing_of_a_submission_that_the_server_owns(name: str):
    found = faults(SubmissionSchema(), {"project": document(), name: "mine"})

    assert found == {(f"#/{name}", "unknown_field")}


@pytest.mark.parametrize("content", [None, [], {"project": None}, {"project": []}, {}])
def test_what_carries_no_project_is_no_submission(content: Any):
    assert faults(SubmissionSchema(), content)


def test_a_comment_says_something():
    found = faults(CommentSchema(), {"comment": "\n"})

    assert found == {("#/comment", "required")}


def test_an_empty_cell_of_a_file_means_not_given():
    partner = load(PartnerRow(), {"code": "NO", "name": "Norway", "kind": "country", "member_from": ""})

    assert partner["member_from"] is None and partner["country"] is None


@pytest.mark.parametrize(
    ("schema", "content", "expected"),
    [
        (
            CountryRow(),
            {"code": "", "iso3": "NOR", "region": "x", "priority": "no", "name_en": "N"},
            "#/code",
        ),
        (
            CountryRow(),
            {"code": "NO", "iso3": "NOR", "region": "x", "priority": "si", "name_en": "N"},
            "#/priority",
        ),
        (OrganizationRow(), {"code": "NO", "name": ""}, "#/name"),
        (
            PartnerRow(),
            {"code": "NO", "name": "N", "kind": "country", "member_from": "1990"},
            "#/member_from",
        ),
    ],
)
def test_a_row_of_a_file_that_cannot_be_read_is_named(schema: Schema, content: Any, expected: str):
    assert {pointer for pointer, _ in faults(schema, content)} == {expected}


def test_a_rate_is_dollars_for_one_unit_with_the_places_that_are_kept():
    row = load(RateRow(), {"currency": "IRR", "day": "2024-01-01", "usd": "0.0000238095", "source": "bank"})

    assert row["usd"] == Decimal("0.0000238095")


@pytest.mark.parametrize("rate", ["0", "-1", "1e-5", "0,01", "0.00000000001", 0.01, None, "999999999"])
def test_a_rate_that_would_be_cut_off_or_is_none_is_refused(rate: Any):
    found = faults(RateRow(), {"currency": "IRR", "day": "2024-01-01", "usd": rate, "source": "bank"})

    assert {pointer for pointer, _ in found} == {"#/usd"}
