"""What kernels tell of titles as they are written is what the reference tells of each."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.matching.compiled.columns import texts
from adam.matching.compiled.titles import saying_a_part, scripts
from adam.matching.scripts import script
from adam.matching.words import in_part

SIGNS = st.one_of(
    st.sampled_from("aZéœẞΩ·× 7охранаҷЁمساعدة۷边境𠀀"), st.characters(exclude_categories=("Cs",))
)


@settings(deadline=None)
@given(st.lists(st.text(SIGNS, max_size=12), min_size=1, max_size=8))
def test_the_script_of_titles_is_counted_alike(titles: list[str]) -> None:
    counted = scripts(texts(titles))

    assert counted.tolist() == [script(title) for title in titles]


def test_a_title_says_that_it_is_a_part_in_whatever_case() -> None:
    titles = [
        "Roads (PART OF a grant)",
        "Health, 56%",
        "Partnership office",
        "Portions",
        "Nutrition Portion 2",
        "",
    ]

    told = saying_a_part(texts(titles))

    assert np.array_equal(told, [in_part(title) for title in titles])
