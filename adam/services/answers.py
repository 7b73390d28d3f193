"""What a partner says about records that look like its submission; kept beside it for the coordinator."""

from __future__ import annotations

from collections.abc import Mapping

from adam.models.submissions import Submission, SubmissionComment
from adam.queries import submissions as questions
from adam.services.work import Work

ANSWERS = ("same", "related", "different")


def keep(w: Work, submission: Submission, given: Mapping[str, Mapping[str, str]]) -> None:
    """Keep the answers, reference → {"answer", "remark"}; one that was given before isn't kept again."""
    said = {(row.pointer, row.move, row.text) for row in questions.comments(w.session, submission.id)}
    for reference, item in given.items():
        if (reference, item["answer"], item["remark"]) in said:
            continue
        row = SubmissionComment(
            submission_id=submission.id,
            author=w.actor.label,
            at=w.now,
            move=item["answer"],
            pointer=reference,
            text=item["remark"],
        )
        w.session.add(row)
        after = {"reference": reference, **item}
        w.record("submission.answered", ("submission", submission.id), None, after)
    w.session.flush()
