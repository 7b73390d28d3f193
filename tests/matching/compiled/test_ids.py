"""Ids: kept as bytes, they are the same texts in the same order, with the same hashes."""

import numpy as np
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.matching.compiled.columns import Ids, after, picked, texts
from adam.matching.compiled.reading_cells import identities
from adam.matching.compiled.scalars import identities as hashes_of_ids

NAMES = st.lists(st.text("aAbZz-é边İ𝒜", max_size=4), min_size=1, max_size=6, unique=True)


@settings(deadline=None)
@given(NAMES)
def test_ids_in_bytes_are_the_texts_they_were_made_of(names):
    ids = Ids(texts(names))

    assert (len(ids), list(ids), ids[:2], ids[-1]) == (len(names), names, names[:2], names[-1])
    assert hashes_of_ids(ids).tolist() == hashes_of_ids(names).tolist()


@settings(deadline=None)
@given(NAMES)
def test_ids_in_bytes_stand_in_the_order_of_texts(names):
    left, right = (each.ravel() for each in np.meshgrid(np.arange(len(names)), np.arange(len(names))))

    found = after(Ids(texts(names)), left, right)

    assert found.tolist() == after(names, left, right).tolist()


def test_some_ids_are_picked_in_the_order_asked_for():
    told = texts(["a", "bc", "", "d"])

    data, at = picked(*told, np.array([3, 1, 1, 2]))

    assert (bytes(data), at.tolist()) == (b"dbcbc", [0, 1, 3, 5, 5])


@pytest.mark.parametrize("names", [["a", " a "], ["a", " "]])
def test_an_id_that_is_missing_or_stands_twice_is_refused(names):
    with pytest.raises(ValueError, match="missing or stands twice"):
        identities(pyarrow.chunked_array([names]))
