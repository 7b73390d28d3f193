"""The life of a submission: every move from every state."""

from __future__ import annotations

import pytest

from adam.domain.lifecycle import MOVES, STATES, after, may_edit
from adam.errors import Conflict

ALLOWED = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "withdraw"): "withdrawn",
    ("returned", "withdraw"): "withdrawn",
    ("submitted", "validate"): "validated",
    ("submitted", "return"): "returned",
    ("submitted", "reject"): "rejected",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", MOVES)
def test_a_submission_moves_only_as_the_contract_says(state: str, move: str):
    target = ALLOWED.get((state, move))

    if target is None:
        with pytest.raises(Conflict, match=f"This submission is {state}; only one that is"):
            after(state, move)
    else:
        assert after(state, move) == target


@pytest.mark.parametrize("state", STATES)
def test_only_drafts_and_returned_ones_can_be_changed(state: str):
    assert may_edit(state) is (state in ("draft", "returned"))
