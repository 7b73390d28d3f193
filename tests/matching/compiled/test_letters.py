"""Letters: many words at once are spelt as each alone, and lists come out in order as if they were sorted."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.matching.compiled.gathering import spelt
from adam.matching.compiled.letters import formed_all, ranked, spelled_all
from adam.matching.compiled.rows import bits
from adam.matching.compiled.vocabulary import formed, listed, spelled
from adam.matching.scripts import fold, folded

SIGNS = "abceiorstuyz0129_"
WORDS = st.lists(st.text(SIGNS, max_size=9) | st.text("边境地é" + SIGNS, max_size=5), max_size=8)
TEXTS = st.lists(st.text("AbdIiLlQqs'’`%2 .\u0130\u064b\u0645", max_size=12), max_size=8)


def as_lists(found):
    """Lists one after the other as lists of their own."""
    return [part.tolist() for part in np.split(found[1], found[0][1:-1])] if len(found[0]) > 1 else []


@settings(deadline=None)
@given(WORDS)
def test_many_words_are_spelt_and_formed_as_each_alone(words):
    letters, forms = spelled_all(words), formed_all(words)

    assert as_lists(letters) == [spelled(word) for word in words]
    assert as_lists(forms) == [formed(word) for word in words]


@settings(deadline=None)
@given(TEXTS)
def test_many_texts_are_folded_as_each_alone(texts):
    assert folded(texts) == [fold(text) for text in texts]


@settings(deadline=None)
@given(st.data())
def test_the_letters_of_a_title_are_counted_and_signed_as_if_they_were_listed(data):
    parts = data.draw(
        st.lists(st.lists(st.integers(0, 9) | st.integers(0, 2**31 - 1)), min_size=1, max_size=9)
    )
    titles = data.draw(st.lists(st.lists(st.integers(0, len(parts) - 1), max_size=4), max_size=5))
    many, signs = np.zeros(len(titles), np.int32), np.zeros(len(titles), np.int64)

    spelt(
        listed(titles), ranked(listed([sorted(set(part)) for part in parts])), (many, signs), (0, len(titles))
    )

    letters = [{letter for word in title for letter in parts[word]} for title in titles]
    assert many.tolist() == [len(each) for each in letters]
    assert signs.tolist() == [bits(each) for each in letters]
