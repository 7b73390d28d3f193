"""Cycles: whoever asks for no search for cycles gets it back as it was."""

import gc

import pytest

from adam.matching.cycles import uncollected


@pytest.mark.parametrize("before", [True, False])
def test_cycles_are_looked_for_afterwards_as_they_were_before(before):
    within = []
    try:
        gc.enable() if before else gc.disable()

        with pytest.raises(KeyError), uncollected():
            within.append(gc.isenabled())
            raise KeyError

        assert (within, gc.isenabled()) == ([False], before)
    finally:
        gc.enable()
