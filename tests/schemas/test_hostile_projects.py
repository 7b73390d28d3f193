"""Project documents of anything at all: they pass, or are refused with a reason, and nothing else is raised."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.errors import Invalid
from adam.schemas.faults import load
from adam.schemas.projects import ProjectSchema
from tests.builders.documents import document, everything

SCHEMA = ProjectSchema()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


FIELDS = sorted(SCHEMA.fields)


ROWS = [name for name in FIELDS if isinstance(document().get(name, everything().get(name)), list)]


@given(st.dictionaries(st.sampled_from(FIELDS), anything, max_size=6))
@settings(max_examples=150, deadline=None)
def test_hostile_fields_raise_nothing_but_invalid(given_fields: dict[str, Any]):
    content = document(**given_fields)

    try:
        draft = load(SCHEMA, content)
    except Invalid as error:
        assert error.problems and all(problem.code and problem.detail for problem in error.problems)
    else:
        assert draft.keys() == set(SCHEMA.fields)


@given(st.sampled_from(ROWS), st.data())
@settings(max_examples=150, deadline=None)
def test_hostile_rows_raise_nothing_but_invalid(field: str, data: st.DataObject):
    known = [key for item in everything()[field] if isinstance(item, dict) for key in item]
    keys = st.sampled_from(known) if known else st.text(max_size=5)
    rows = data.draw(st.lists(st.dictionaries(keys, anything, max_size=5) | anything, max_size=4))

    try:
        load(SCHEMA, document(**{field: rows}))
    except Invalid as error:
        assert all(problem.pointer.startswith("#/") for problem in error.problems)


@given(st.text(st.characters(), max_size=60))
@settings(max_examples=150, deadline=None)
def test_a_title_is_refused_or_can_be_stored_anywhere(title: str):
    try:
        draft = load(SCHEMA, document(title=title))
    except Invalid:
        return

    draft["title"].encode()
    assert "\x00" not in draft["title"] and draft["title"].strip() == draft["title"] != ""


def test_a_title_that_nobody_can_see_is_no_title():
    with pytest.raises(Invalid) as refused:
        load(ProjectSchema(), document(title="\u200b" * 20), "#/project")

    assert [(item.pointer, item.code) for item in refused.value.problems] == [("#/project/title", "required")]
