"""Questions about submissions: one, the queue, a partner's own, their comments and problems."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import Actor
from adam.errors import NotFound
from adam.models.projects import Project
from adam.models.submissions import Submission, SubmissionComment, SubmissionProblem, WarningAnswer
from adam.queries import visibility


def one(session: Session, actor: Actor, submission_id: str) -> Submission:
    """The submission, if it is there for this actor; raises NotFound otherwise."""
    found = session.scalar(
        select(Submission).where(Submission.id == submission_id, visibility.submissions(actor))
    )
    if found is None:
        raise NotFound("There is no such submission.")
    return found


def listed(actor: Actor, states: Sequence[str] = (), partner: str | None = None) -> Select[Submission]:
    """The visible submissions in these states, of a partner where one is asked for; not ordered."""
    query = select(Submission).where(visibility.submissions(actor))
    if states:
        query = query.where(Submission.state.in_(states))
    return query.where(Submission.partner == partner) if partner else query


def page(
    session: Session, query: Select[Submission], window: tuple[int, int], oldest_first: bool = False
) -> Sequence[Submission]:
    """One page, newest change first, or the longest waiting first; `window` is (offset, limit)."""
    order = (
        (Submission.updated_at, Submission.id)
        if oldest_first
        else (Submission.updated_at.desc(), Submission.id)
    )
    return session.scalars(query.order_by(*order).offset(window[0]).limit(window[1])).all()


def count(session: Session, query: Select[Submission]) -> int:
    """How many."""
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def comments(session: Session, submission_id: str) -> Sequence[SubmissionComment]:
    """What was said, oldest first."""
    query = select(SubmissionComment).where(SubmissionComment.submission_id == submission_id)
    return session.scalars(query.order_by(SubmissionComment.id)).all()


def said_of_each_other(
    session: Session, actor: Actor, a: Project, b: Project
) -> Sequence[tuple[SubmissionComment, str]]:
    """What partners said of one of two records when they entered the other, with the partner; newest first."""
    pairs = [
        and_(Submission.project_id == mine.id, SubmissionComment.pointer == other.reference)
        for mine, other in ((a, b), (b, a))
    ]
    query = (
        select(SubmissionComment, Submission.partner)
        .join(Submission, Submission.id == SubmissionComment.submission_id)
        .where(visibility.submissions(actor), or_(*pairs))
    )
    rows = session.execute(query.order_by(SubmissionComment.id.desc()))
    return [(comment, partner) for comment, partner in rows]


def problems(session: Session, submission_id: str) -> Sequence[SubmissionProblem]:
    """What a kept draft still has to mend."""
    query = select(SubmissionProblem).where(SubmissionProblem.submission_id == submission_id)
    return session.scalars(query.order_by(SubmissionProblem.id)).all()


def warning_answers(session: Session, submission_id: str) -> Sequence[WarningAnswer]:
    """The reasons given for warnings, oldest first."""
    query = select(WarningAnswer).where(WarningAnswer.submission_id == submission_id)
    return session.scalars(query.order_by(WarningAnswer.id)).all()


def of_key(session: Session, partner: str, source_ref: str) -> Submission | None:
    """A partner's submission by the partner's own key."""
    query = select(Submission).where(Submission.partner == partner, Submission.source_ref == source_ref)
    return session.scalar(query)


def of_once(session: Session, once: str) -> Submission | None:
    """The submission that a form with this hidden key made."""
    return session.scalar(select(Submission).where(Submission.once == once))
