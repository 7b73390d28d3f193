"""What is said in a case: a word, how it ends, another day."""

from __future__ import annotations

from adam.domain.cases import OUTCOMES
from adam.schemas.fields import Choice, Day, Text
from adam.schemas.projects import Strict

LONGEST = 5000


class CaseMessageSchema(Strict):
    """A word to everybody in a case."""

    text = Text(LONGEST, lines=True, required=True)


class CaseOutcomeSchema(Strict):
    """How a case ends, in one word of the list and in words; of divided labour, who does what."""

    outcome = Choice(OUTCOMES, required=True)
    text = Text(LONGEST, lines=True, required=True)


class CaseDaySchema(Strict):
    """Another day for a case, and why."""

    due_on = Day(required=True)
    reason = Text(LONGEST, lines=True, required=True)
