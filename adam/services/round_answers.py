"""How the records of a round are answered: by saying so, by confirming a record anywhere, by an update's submission."""

from __future__ import annotations

from adam.domain.rounds import CONFIRMED, UPDATED
from adam.models.rounds import RoundRecord
from adam.queries import rounds as questions
from adam.services.work import Work


def confirmed(w: Work, project_id: str) -> None:
    """Answer every open round that asks the actor's partner about a record it has just confirmed."""
    for row in questions.open_for(w.session, project_id, w.actor.writes_for or ""):
        mark(w, row, CONFIRMED)


def updated(w: Work, project_id: str | None, submission_id: str) -> None:
    """The same for a record of which an update was submitted."""
    for row in questions.open_for(w.session, project_id or "", w.actor.writes_for or ""):
        row.submission_id = submission_id
        mark(w, row, UPDATED)


def mark(w: Work, row: RoundRecord, answer: str, reason: str | None = None) -> None:
    """Keep an answer with who gave it and when; it may be given anew while the round is open."""
    before = {"project": row.project_id, "answer": row.answer, "reason": row.reason}
    row.answer, row.reason, row.author, row.at = answer, reason, w.actor.label, w.now
    w.session.flush()
    w.record(
        "round.answered",
        ("validation_round", row.round_id),
        before,
        {"project": row.project_id, "answer": answer, "reason": reason},
    )
