"""What a partner says about records that look like its submission; kept beside it for the coordinator."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from adam.models.submissions import Submission, SubmissionComment
from adam.queries import submissions as questions
from adam.services.work import Work

ANSWERS = ("same", "related", "different")


def given(session: Session, submission_id: str) -> dict[str, dict[str, str]]:
    """The answers that stand, reference → {"answer", "remark"}; the newest counts."""
    return {
        row.pointer: {"answer": row.move, "remark": row.text}
        for row in questions.comments(session, submission_id)
        if row.move in ANSWERS and row.pointer
    }


def keep(w: Work, submission: Submission, said: Mapping[str, Mapping[str, str]]) -> None:
    """Keep the answers, reference → {"answer", "remark"}: one a record; another one later takes its place."""
    rows = {
        row.pointer: row
        for row in questions.comments(w.session, submission.id)
        if row.move in ANSWERS and row.pointer
    }
    for reference, item in said.items():
        row = rows.get(reference)
        before = {"answer": row.move, "remark": row.text} if row else None
        after = {"answer": item["answer"], "remark": item["remark"]}
        if before == after:
            continue
        if row is None:
            row = SubmissionComment(submission_id=submission.id, pointer=reference)
            w.session.add(row)
        row.author, row.at, row.move, row.text = w.actor.label, w.now, after["answer"], after["remark"]
        w.record(
            "submission.answered",
            ("submission", submission.id),
            before and {"reference": reference, **before},
            {"reference": reference, **after},
        )
    w.session.flush()
