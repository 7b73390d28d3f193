"""States of a submission and the moves between them (CONTRACT.md, "Who may do what")."""

from __future__ import annotations

from adam.errors import Conflict

DRAFT, SUBMITTED, RETURNED = "draft", "submitted", "returned"
VALIDATED, REJECTED, WITHDRAWN = "validated", "rejected", "withdrawn"
STATES = (DRAFT, SUBMITTED, RETURNED, VALIDATED, REJECTED, WITHDRAWN)

MOVES: dict[str, dict[str, str]] = {
    "submit": {DRAFT: SUBMITTED, RETURNED: SUBMITTED},
    "withdraw": {SUBMITTED: WITHDRAWN, RETURNED: WITHDRAWN},
    "validate": {SUBMITTED: VALIDATED},
    "return": {SUBMITTED: RETURNED},
    "reject": {SUBMITTED: REJECTED},
}
EDITABLE = (DRAFT, RETURNED)
PAST_TENSE = {
    "submit": "submitted",
    "withdraw": "withdrawn",
    "validate": "validated",
    "return": "returned",
    "reject": "rejected",
}


def after(state: str, move: str) -> str:
    """The state that `move` leads to from `state`; raises Conflict where the move isn't allowed."""
    moves = MOVES[move]
    if state not in moves:
        allowed = " or ".join(moves)
        raise Conflict(
            f"This submission is {state}; only one that is {allowed} can be {PAST_TENSE[move]}.", "state"
        )
    return moves[state]


def may_edit(state: str) -> bool:
    """Drafts and returned submissions can be changed by their partner."""
    return state in EDITABLE
