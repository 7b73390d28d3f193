"""Documents: a draft can be stored and comes back the same; the fingerprint follows the deciding fields alone."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.domain import documents
from adam.domain.findings import DECIDING_FIELDS
from adam.schemas.faults import load
from tests.builders.documents import SCHEMA, document, everything

text = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
days = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str)
share = st.none() | st.integers(1, 2500).map(lambda part: f"{part / 100:.2f}")
rows = {
    "countries": st.fixed_dictionaries({"country": st.sampled_from(["AF", "TJ", "PK"]), "share": share}),
    "pillars": st.fixed_dictionaries({"pillar": st.sampled_from(["I", "II", "III"]), "share": share}),
    "contributions": st.fixed_dictionaries(
        {
            "kind": st.just("pledge"),
            "amount": st.decimals("0.01", 10**13, places=2).map(str),
            "currency": st.just("EUR"),
            "value_date": days,
            "name": st.none() | text,
        }
    ),
    "locations": st.fixed_dictionaries(
        {
            "name": text,
            "latitude": st.none() | st.integers(-90, 90).map(str),
            "longitude": st.just("-0.1234567"),
        }
    ),
    "sectors": st.fixed_dictionaries({"code": text, "share": share}),
    "beneficiaries": st.fixed_dictionaries({"name": text}),
    "identifiers": st.fixed_dictionaries({"scheme": st.just("iati"), "value": text}),
}


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """Documents that pass the schema."""
    lists = {
        name: draw(
            st.lists(
                row, max_size=3, unique_by=lambda item: item.get("country") or item.get("pillar") or id(item)
            )
        )
        for name, row in rows.items()
    }
    return (
        document(title=draw(text), start_planned=draw(days), end_planned=None, last_confirmed_on=draw(days))
        | lists
    )


@given(contents())
@settings(max_examples=60, deadline=None)
def test_a_draft_that_was_stored_comes_back_the_same(content: dict[str, Any]):
    draft = load(SCHEMA, content)

    stored = json.loads(json.dumps(documents.plain(draft)))

    assert documents.draft_of(stored) == draft
    assert load(SCHEMA, stored) == draft


def test_a_draft_with_every_field_comes_back_the_same():
    draft = load(SCHEMA, everything())

    assert documents.draft_of(documents.plain(draft)) == draft


def test_reading_a_draft_leaves_the_stored_document_as_it_was():
    stored = documents.plain(load(SCHEMA, everything()))
    before = json.dumps(stored)

    documents.draft_of(stored)["relations"][0]["project"] = "changed"

    assert json.dumps(stored) == before


@pytest.mark.parametrize("field", sorted(SCHEMA.fields))
def test_the_fingerprint_changes_with_a_deciding_field_and_no_other(field: str):
    before = documents.plain(load(SCHEMA, everything()))

    after = before | {field: "something else"}

    changed = documents.fingerprint(before) != documents.fingerprint(after)
    assert changed is (field in DECIDING_FIELDS)


def test_every_deciding_field_is_a_field_of_the_document():
    assert set(DECIDING_FIELDS) <= set(SCHEMA.fields)


def test_the_digest_does_not_depend_on_the_order_of_keys():
    one = documents.digest({"a": 1, "b": {"c": "é", "d": [1, 2]}})

    other = documents.digest({"b": {"d": [1, 2], "c": "é"}, "a": 1})

    assert one == other != documents.digest({"b": {"d": [2, 1], "c": "é"}, "a": 1})


def test_the_fields_that_differ_are_named():
    assert documents.differences({"a": 1, "b": 2}, {"b": 3, "c": None, "d": 4}) == ["a", "b", "d"]
