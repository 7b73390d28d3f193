"""Roles: all spellings of a set at once reach what each reaches alone, and bodies are signed as they are listed."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from adam.matching.compiled import layout as at
from adam.matching.compiled.naming import reach_all
from adam.matching.compiled.roles import bodies, chained, filtered, signed
from adam.matching.compiled.rows import bits_of
from adam.matching.compiled.vocabulary import listed, taken
from adam.matching.names import Names

WORDS = ("World", "Food", "Programme", "Border", "Trust", "of", "Norway", "NGOs", "other", "CRS", "OECD")
NAMES = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
    | st.sampled_from(("WFP", "Wolrd Food Programme", "Border Trust (BTN)", "ВПП", "Норвегия", "x")),
    max_size=12,
)
LISTS = st.lists(st.lists(st.integers(0, 5), max_size=4, unique=True).map(sorted), max_size=6)


def as_lists(found):
    """Lists one after the other as lists of their own."""
    return [found.items[low:high].tolist() for low, high in zip(found.at, found.at[1:], strict=False)]


@settings(deadline=None, max_examples=40)
@given(NAMES)
def test_all_spellings_at_once_reach_what_each_reaches_alone(spellings):
    names, alone = Names(spellings), Names(spellings)

    found = reach_all(names)

    reached = [alone.reach(number) for number in range(len(alone.spellings))]
    assert as_lists(found) == [sorted(each) for each in reached]
    assert [names.reach(number) for number in range(len(names.spellings))] == reached


@settings(deadline=None, max_examples=40)
@given(NAMES)
def test_bodies_of_values_are_those_of_their_names(spellings):
    names = Names(spellings)
    values = [tuple(spellings[low : low + 2]) for low in range(len(spellings))]

    found = bodies(names, values)

    assert as_lists(found) == [sorted(names.bodies(value, True)) for value in values]


@settings(deadline=None, max_examples=40)
@given(LISTS, st.lists(st.booleans(), min_size=6, max_size=6))
def test_lists_of_bodies_are_filtered_chained_and_signed(lists, kept):
    reach = listed([sorted({number, 0, 3 * number % 6}) for number in range(6)])
    told = listed(lists)

    both = chained(filtered(told, np.array(kept)), told)

    wanted = [[number for number in each if kept[number]] for each in lists] + lists
    assert as_lists(both) == wanted
    near = [{other for number in each for other in as_lists(reach)[number]} for each in wanted]
    signatures = zip(wanted, near, strict=True)
    signs = [[bits_of(own, at.SIGNED), bits_of(every, at.SIGNED)] for own, every in signatures]
    signed_ones = [[*each, *sign] if each else [] for each, sign in zip(wanted, signs, strict=True)]
    assert as_lists(signed(both, reach)) == signed_ones


@settings(deadline=None, max_examples=40)
@given(LISTS, st.data())
def test_lists_are_taken_by_their_numbers(lists, data):
    which = data.draw(st.lists(st.integers(0, len(lists) - 1), max_size=8)) if lists else []

    found = taken(listed(lists), np.array(which, np.int64))

    assert as_lists(found) == [lists[number] for number in which]
