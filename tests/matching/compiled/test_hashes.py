"""Hashes: many texts at once are hashed as each alone, whatever their script."""

from hypothesis import given, settings
from hypothesis import strategies as st

from adam.matching.compiled.vocabulary import hashed, hashes, in_lower_case

TEXTS = st.lists(st.text(st.characters(codec=None), max_size=12), max_size=6)


@settings(deadline=None)
@given(TEXTS)
def test_many_texts_are_hashed_as_each_alone(texts):
    told = hashes(texts)

    assert told.tolist() == [hashed(text) for text in texts]


@settings(deadline=None)
@given(TEXTS | st.lists(st.sampled_from(("NO-1", "a\nB", "İzmir", "", "GB-GOV-1")), max_size=4))
def test_many_texts_are_casefolded_as_each_alone(texts):
    assert in_lower_case(texts) == [text.casefold() for text in texts]
