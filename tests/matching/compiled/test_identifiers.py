"""Identifiers: what the kernels read of their form is what numbering tells of each alone."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from adam.matching import numbering
from adam.matching.compiled import layout as at
from adam.matching.compiled.identifiers import identified, latest
from adam.matching.compiled.rows import mask
from adam.matching.compiled.vocabulary import hashed

PART = st.sampled_from(
    ("XM", "dac", "GB", "44000", "1", "10485A01", "2013/235", "2019", "2050", "é", "١٩٩٩", "A 2001", "")
)
SPELT = st.builds(
    lambda scheme, sign, parts: scheme + sign.join(parts),
    st.sampled_from(("iati:", "IATI:", "", "a:b:")),
    st.sampled_from("-/_."),
    st.lists(PART, max_size=5),
)


@settings(deadline=None)
@given(st.lists(SPELT | st.text(max_size=8), max_size=6))
@example(["iati:SE-0-SE-6-10485A0101-AFG-16020", "iati:EC-ELARG-2013/23543/2", "iati:XM-DAC-41304-170X"])
def test_identifiers_read_at_once_are_read_as_each_alone(texts):
    found = identified(texts)

    folded = [text.casefold() for text in texts]
    assert found.whole.tolist() == list(map(hashed, folded))
    assert found.bare.tolist() == [hashed(text.split(":", 1)[-1]) for text in folded]
    assert found.owner.tolist() == [hashed(numbering.owner(text)) for text in texts]
    stems = [numbering.stem(text) for text in texts]
    assert found.stem.tolist() == [hashed(stem) if stem else 0 for stem in stems]
    years = [numbering.years([text]) for text in texts]
    assert found.years.tolist() == [list(mask(year - at.FIRST_YEAR for year in each)) for each in years]
    assert latest(found.years).tolist() == [max(each, default=0) for each in years]
