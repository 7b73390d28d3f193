"""How a text is shown in part."""

from __future__ import annotations

import pytest

from adam.domain.excerpts import apart, beginning

LONG = "Local Empowerment, Accountability and Development Programme in the regions of the north, component"


def test_what_is_short_enough_stays_whole():
    assert beginning("Border posts", 12) == "Border posts"
    assert beginning("Border posts", 11) == "Border pos…"


@pytest.mark.parametrize(
    ("a", "b"), [(f"{LONG} 1", f"{LONG} 2: training"), (LONG, f"{LONG}s"), ("a" * 80, "a" * 90)]
)
def test_two_long_texts_that_begin_alike_are_shown_with_what_differs(a: str, b: str):
    first, second = apart(a, b, 70)

    assert first != second
    assert max(len(first), len(second)) <= 71


def test_texts_that_differ_early_or_not_at_all_are_cut_at_their_ends():
    assert apart(f"A {LONG}", f"B {LONG}", 20) == ("A Local Empowerment…", "B Local Empowerment…")
    assert apart(LONG, LONG, 20) == ("Local Empowerment,…",) * 2
