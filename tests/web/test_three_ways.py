"""The form, JSON and spreadsheets: one project is one document whichever way it comes, and one mistake one message."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adam.exchange import spreadsheets
from adam.queries import partners
from adam.schemas.claims import SCHEMA, judge
from adam.web import forms
from adam.web.lexicon import Lexicon, lexicon
from tests.builders.documents import document, money
from tests.builders.made import documents
from tests.builders.recording import Works
from tests.builders.sheets import choices, filled, whole

MISTAKES: dict[str, dict[str, Any]] = {
    "no title": {"title": ""},
    "end before start": {"start_planned": "2030-01-01"},
    "no such day": {"start_planned": "2024-02-30"},
    "unknown status": {"status": "sleeping"},
    "shares": {"countries": [{"country": "AF", "share": "80.00"}, {"country": "TJ", "share": "40.00"}]},
    "twice": {"countries": [{"country": "AF"}, {"country": "AF"}]},
    "nothing paid": {"contributions": money("0.00")},
    "no currency": {"contributions": [{"name": "Somebody", "kind": "pledge", "amount": "5.00"}]},
    "no figure": {"contributions": money("about five")},
    "other pillar": {
        "pillars": [{"pillar": "II", "commitment": "II.1"}, {"pillar": "II", "commitment": "II.1"}]
    },
    "no address": {"documents": [{"title": "Agreement", "url": "example.org"}]},
    "several at once": {"title": "", "start_planned": "2030-01-01", "contributions": money("-5.00")},
}


@pytest.fixture
def words(work: Works) -> Lexicon:
    """What the form's texts mean."""
    w = work()
    return lexicon(w.vocabulary, partners.bodies(w.session))


def by_form(content: dict[str, Any], words: Lexicon) -> dict[str, Any]:
    """The document as the form makes it of the same answers; what it doesn't show stays as it was."""
    with_keys = whole_keys(content)
    made, _ = forms.document_of(forms.values_of(with_keys, words), words, with_keys)
    return made


def whole_keys(content: dict[str, Any]) -> dict[str, Any]:
    """The document with every key that there is, as it is kept."""
    whole_document: dict[str, Any] = {}
    for name, field in SCHEMA.fields.items():
        inner = getattr(field, "inner", None)
        keys = inner.schema.fields if hasattr(inner, "schema") else None
        value = content.get(name)
        if inner is not None:
            value = [row if keys is None else dict.fromkeys(keys) | row for row in value or []]
        whole_document[name] = value
    return whole_document


def by_file(content: dict[str, Any], form: str) -> spreadsheets.Record:
    """The record as a file brings it."""
    [record] = spreadsheets.read(filled(form, {"A": content}), form, choices()).records
    return record


@given(content=documents())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_project_is_one_document_whichever_way_it_comes(words: Lexicon, content: dict[str, Any]):
    as_json = whole(content)

    assert whole(by_file(as_json, "xlsx").document) == as_json
    assert whole(by_file(as_json, "csv").document) == as_json
    assert whole(by_form(as_json, words)) == as_json


@pytest.mark.parametrize("case", MISTAKES)
def test_one_mistake_gets_one_message_whichever_way_it_comes(words: Lexicon, case: str):
    content = document(**MISTAKES[case])

    said = {way: judge(made).problems for way, made in ways(content, words).items()}

    assert said["json"]
    for way, problems in said.items():
        assert told(problems) == told(said["json"]), way


@given(content=documents(), cases=st.sets(st.sampled_from(sorted(MISTAKES)), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_wrong_with_a_project_is_said_alike_whichever_way_it_comes(
    words: Lexicon, content: dict[str, Any], cases: set[str]
):
    for case in sorted(cases):
        content = content | MISTAKES[case]

    said = {way: told(judge(made).problems) for way, made in ways(content, words).items()}

    assert all(problems == said["json"] for problems in said.values()), said


def ways(content: dict[str, Any], words: Lexicon) -> dict[str, dict[str, Any]]:
    """The document each way; a file leaves nothing unclear here."""
    records = {form: by_file(content, form) for form in ("xlsx", "csv")}
    assert not any(record.problems for record in records.values())
    return {"json": content, "form": by_form(content, words)} | {
        form: record.document for form, record in records.items()
    }


def told(problems: Any) -> set[tuple[str, str, str]]:
    """Where, what, and in which words."""
    return {(item.pointer, item.code, item.detail) for item in problems}
