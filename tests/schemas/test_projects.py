"""The project document: every fault with its code and place, all at once; what passes comes back exact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from adam.errors import Invalid
from adam.schemas.faults import load
from adam.schemas.projects import SERVER_OWNED, ProjectSchema
from tests.builders.documents import document, everything

SCHEMA = ProjectSchema()


def faults(content: Any) -> set[tuple[str, str]]:
    """Pointer and code of everything that is wrong with a document."""
    with pytest.raises(Invalid) as refused:
        load(SCHEMA, content, "#/project")
    return {(problem.pointer, problem.code) for problem in refused.value.problems}


def row(field: str, **differences: Any) -> dict[str, Any]:
    """A document whose first row of a list differs."""
    usual: dict[str, dict[str, Any]] = {
        "translations": {"language": "fr", "title": "Postes"},
        "organizations": {"role": "funding", "organization": "NO"},
        "countries": {"country": "TJ"},
        "locations": {"name": "Khorog"},
        "pillars": {"pillar": "I"},
        "beneficiaries": {"name": "Customs"},
        "contributions": {"kind": "commitment", "amount": "1.00", "currency": "USD"},
        "identifiers": {"scheme": "iati", "value": "X-1"},
        "relations": {"kind": "component", "project": "ADAM-000001"},
        "sectors": {"code": "16063"},
        "documents": {"title": "Plan", "url": "https://example.org/"},
    }
    return document(**{field: [usual[field] | differences]})


BAD = [
    ("title", "", "required"), ("title", " \t ", "required"), ("title", None, "required"), ("title", 7, "type"),
    ("title", "x" * 501, "too_long"), ("title", "a\x00b", "characters"), ("title", "a\u202eb", "characters"),
    ("title", "a\ud800b", "characters"), ("title", "a\u2066b", "characters"), ("title", "a\x85b", "characters"),
    ("language", 7, "type"), ("language", "x" * 11, "too_long"),
    ("description", [], "type"), ("description", "x" * 10001, "too_long"), ("description", "a\x07b", "characters"),
    ("status", "finished", "choice"), ("status", "", "required"), ("status", None, "required"),
    ("visibility", "secret", "choice"), ("visibility", True, "type"),
    ("start_planned", "2024-1-1", "date"), ("end_planned", "2023-02-29", "date"), ("start_actual", 20240101, "date"),
    ("end_actual", "1899-12-31", "date"), ("last_confirmed_on", "2101-01-01", "date"),
    ("start_planned", "２０２４-01-01", "date"), ("start_planned", "", "date"),
    ("source", "000", "type"), ("assistance_types", "training", "type"),
    ("assistance_types", ["x"] * 101, "too_many"), ("countries", {"country": "AF"}, "type"),
    ("documents", [{"title": "a", "url": "https://a.b"}] * 501, "too_many"),
]  # fmt: skip
BAD_ROWS = [
    ("translations", "language", None, "required"), ("translations", "title", "", "required"),
    ("organizations", "role", "donor", "choice"), ("organizations", "organization", "a;b", "code"),
    ("organizations", "name", "x" * 501, "too_long"),
    ("countries", "country", "", "code"), ("countries", "country", "x" * 33, "code"),
    ("countries", "country", 4, "type"),
    ("countries", "share", "0.00", "share"), ("countries", "share", "100.01", "share"),
    ("countries", "share", 60, "decimal"), ("countries", "share", "60,5", "decimal"),
    ("countries", "share", "33.333", "decimal"), ("countries", "share", "-5", "decimal"),
    ("countries", "share", "1e1", "decimal"), ("countries", "share", "NaN", "decimal"),
    ("locations", "latitude", "90.1", "coordinate"), ("locations", "longitude", 71.6, "coordinate"),
    ("locations", "longitude", "180.5", "coordinate"), ("locations", "name", None, "required"),
    ("pillars", "pillar", "I;", "code"), ("pillars", "commitment", "II.1", "commitment_of_other_pillar"),
    ("pillars", "share", 100, "decimal"), ("pillars", "rationale", "x" * 2001, "too_long"),
    ("pillars", "proposed", "perhaps", "type"),
    ("beneficiaries", "name", "", "required"), ("beneficiaries", "kind", "a b", "code"),
    ("contributions", "kind", "gift", "choice"), ("contributions", "amount", 1200000, "decimal"),
    ("contributions", "amount", 1.5, "decimal"), ("contributions", "amount", "0.00", "amount"),
    ("contributions", "amount", "-1", "decimal"), ("contributions", "amount", "1.234", "decimal"),
    ("contributions", "amount", "1 000", "decimal"), ("contributions", "amount", "9" * 16, "decimal"),
    ("contributions", "amount", "١٢", "decimal"), ("contributions", "amount", "Infinity", "decimal"),
    ("contributions", "currency", "$", "code"), ("contributions", "value_date", "soon", "date"),
    ("contributions", "provider_activity", "x" * 201, "too_long"),
    ("identifiers", "scheme", "a b", "code"), ("identifiers", "value", "", "required"),
    ("identifiers", "owner", "x" * 101, "code"),
    ("relations", "kind", "twin", "choice"), ("relations", "project", "a\nb", "code"),
    ("sectors", "vocabulary", None, "required"), ("sectors", "code", "x" * 65, "too_long"),
    ("sectors", "share", "101", "share"),
    ("documents", "url", "javascript:alert(1)", "url"), ("documents", "url", "http://[", "url"),
    ("documents", "url", "example.org", "url"), ("documents", "title", "\u200f", "characters"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "code"), BAD)
def test_a_field_that_cannot_be_read_is_named_with_its_code(field: str, value: Any, code: str):
    found = faults(document(**{field: value}))

    assert found == {(f"#/project/{field}", code)}


@pytest.mark.parametrize(("field", "inner", "value", "code"), BAD_ROWS)
def test_a_row_that_cannot_be_read_is_named_with_its_place(field: str, inner: str, value: Any, code: str):
    found = faults(row(field, **{inner: value}))

    assert found == {(f"#/project/{field}/0/{inner}", code)}


@pytest.mark.parametrize("field", ["title", "status", "visibility"])
def test_what_every_project_needs_is_asked_for(field: str):
    content = document()
    del content[field]

    found = faults(content)

    assert found == {(f"#/project/{field}", "required")}


def test_all_that_is_wrong_is_said_at_once():
    content = document(
        title="",
        status="finished",
        end_planned="2023-12-31",
        countries=[{"country": "TJ", "share": 1}, {"share": "60.00"}],
        pillars=[{"pillar": "I", "commitment": "III.1", "share": "60"}, {"pillar": "IV", "share": "60"}],
        contributions=[{"amount": "x"}],
        surprise=1,
    )

    found = faults(content)

    assert found == {
        ("#/project/title", "required"),
        ("#/project/status", "choice"),
        ("#/project/end_planned", "end_before_start"),
        ("#/project/countries/0/share", "decimal"),
        ("#/project/countries/1/country", "required"),
        ("#/project/pillars", "shares_exceed_100"),
        ("#/project/pillars/0/commitment", "commitment_of_other_pillar"),
        ("#/project/contributions/0/amount", "decimal"),
        ("#/project/contributions/0/kind", "required"),
        ("#/project/contributions/0/currency", "required"),
        ("#/project/surprise", "unknown_field"),
    }


@pytest.mark.parametrize("content", [None, [], "text", 7, True, [{}]])
def test_what_is_no_object_is_no_project(content: Any):
    found = faults(content)

    assert found == {("#/project", "type")}


@pytest.mark.parametrize("field", ["countries", "pillars", "organizations", "relations", "contributions"])
def test_a_row_that_is_no_object_is_named_and_spoils_no_other(field: str):
    good = row(field)[field][0]

    found = faults(document(**{field: ["x", good, None, 7]}))

    assert found == {
        (f"#/project/{field}/0", "type"),
        (f"#/project/{field}/2", "required"),
        (f"#/project/{field}/3", "type"),
    }


@pytest.mark.parametrize("field", ["countries", "contributions", "documents", "source"])
def test_unknown_keys_are_refused_at_every_depth(field: str):
    inner = {"document": "000", "note": 1} if field == "source" else row(field, note=1)[field]

    found = faults(document(**{field: inner}))

    assert found == {
        (f"#/project/{field}/note" if field == "source" else f"#/project/{field}/0/note", "unknown_field")
    }


def test_shares_add_up_to_100_at_most():
    countries = [{"country": "TJ", "share": "60.00"}, {"country": "KG", "share": "40.01"}]

    with pytest.raises(Invalid) as refused:
        load(SCHEMA, document(countries=countries), "#/project")

    [problem] = refused.value.problems
    assert (problem.pointer, problem.code) == ("#/project/countries", "shares_exceed_100")
    assert problem.detail == "Country shares add up to 100.01 %: take away 0.01 %."


def test_shares_may_leave_a_rest_not_allocated():
    countries = [{"country": "TJ", "share": "60.00"}, {"country": "KG", "share": None}]

    draft = load(SCHEMA, document(countries=countries))

    assert [item["share"] for item in draft["countries"]] == [Decimal("60.00"), None]


@pytest.mark.parametrize(
    ("field", "rows"),
    [
        ("countries", [{"country": "TJ"}, {"country": "TJ", "share": "10.00"}]),
        ("pillars", [{"pillar": "I", "commitment": "I.1"}, {"pillar": "I", "commitment": "I.1"}]),
    ],
)
def test_a_place_stands_once_in_a_list(field: str, rows: list[dict[str, Any]]):
    found = faults(document(**{field: rows}))

    assert found == {(f"#/project/{field}/1", "repeated")}


def test_one_pillar_may_stand_with_several_commitments():
    pillars = [{"pillar": "I", "commitment": "I.1", "share": "50.00"}, {"pillar": "I", "commitment": "I.2"}]

    draft = load(SCHEMA, document(pillars=pillars))

    assert len(draft["pillars"]) == 2


def test_a_body_is_named_by_code_or_by_name():
    found = faults(document(organizations=[{"role": "funding"}]))

    assert found == {("#/project/organizations/0/name", "required")}


def test_a_relation_says_to_which_record():
    found = faults(document(relations=[{"kind": "component"}]))

    assert found == {("#/project/relations/0/project", "required")}


@pytest.mark.parametrize("name", SERVER_OWNED)
def test_what_the_server_owns_cannot_be_set(name: str):
    draft = load(SCHEMA, document(**{name: "mine"}))

    assert name not in draft


def test_text_comes_back_composed_and_trimmed():
    draft = load(SCHEMA, document(title="  Pre\u0301vention\tet soin \n", description="one\r\ntwo"))

    assert draft["title"] == "Prévention et soin"
    assert draft["description"] == "one\r\ntwo"


def test_every_field_comes_back_with_its_type():
    draft = load(SCHEMA, everything())

    assert draft["start_planned"] == date(2024, 1, 1)
    assert draft["contributions"][0]["amount"] == Decimal("1200000.00")
    assert draft["locations"][0]["latitude"] == Decimal("36.720000")
    assert draft.keys() == set(SCHEMA.fields)


def test_what_is_left_out_is_an_empty_list_or_none():
    draft = load(SCHEMA, {"title": "T", "status": "active", "visibility": "partners"})

    assert draft.keys() == set(SCHEMA.fields)
    assert draft["countries"] == [] and draft["documents"] == [] and draft["assistance_types"] == []
    assert draft["start_planned"] is None and draft["language"] == "en"
