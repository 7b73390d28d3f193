"""Questions about submissions: one, the queue, a partner's own, their comments and problems."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from adam.domain import lifecycle
from adam.domain.actors import Actor
from adam.errors import NotFound
from adam.models.projects import Project
from adam.models.submissions import Submission, SubmissionComment, SubmissionProblem, WarningAnswer
from adam.queries import visibility, windows
from adam.queries.prepared import Prepared


def one(session: Session, actor: Actor, submission_id: str) -> Submission:
    """The submission, if it is there for this actor; raises NotFound otherwise."""
    found = session.scalar(
        select(Submission).where(Submission.id == submission_id, visibility.submissions(actor))
    )
    if found is None:
        raise NotFound("There is no such submission.")
    return found


def referred(session: Session, actor: Actor, text: str) -> Sequence[Submission]:
    """The submissions that this actor may see and whose reference, or whose partner's own key, the text is."""
    named = or_(Submission.reference == text.strip().upper(), Submission.source_ref == text.strip())
    query = select(Submission).where(visibility.submissions(actor), named)
    return session.scalars(query.order_by(Submission.id).limit(20)).all()


def listed(actor: Actor, states: Sequence[str] = (), partner: str | None = None) -> Select[Submission]:
    """The visible submissions in these states, of a partner where one is asked for; not ordered."""
    query = select(Submission).where(visibility.submissions(actor, partner))
    return query.where(Submission.state.in_(states)) if states else query


def to_decide(actor: Actor) -> Select[Submission]:
    """What waits for this coordinator: never of their own partner, nor what is added to its records."""
    query = listed(actor, (lifecycle.SUBMITTED,))
    if actor.partner is None:
        return query
    ours = select(Project.id).where(Project.owner == actor.partner)
    away = or_(Submission.adds_to.is_(None), Submission.adds_to.not_in(ours))
    return query.where(Submission.partner != actor.partner, away)


def to_ours(actor: Actor) -> Select[Submission]:
    """What other partners add to records of one's own, while it waits for a coordinator."""
    return listed(actor, (lifecycle.SUBMITTED,)).where(
        Submission.adds_to.is_not(None), Submission.partner != (actor.writes_for or "")
    )


def last_asked(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    """Submission → what the coordinator asked when it was returned last."""
    query = select(SubmissionComment).where(
        SubmissionComment.submission_id.in_(ids), SubmissionComment.move == "return"
    )
    found: dict[str, list[SubmissionComment]] = {}
    for row in session.scalars(query.order_by(SubmissionComment.id)):
        known = found.get(row.submission_id, [])
        # All comments of one return carry one moment.
        found[row.submission_id] = [*known, row] if known and known[0].at == row.at else [row]
    return {key: [row.text for row in rows] for key, rows in found.items()}


def page(
    session: Session, query: Select[Submission], window: tuple[int, int], oldest_first: bool = False
) -> Sequence[Submission]:
    """One page, newest change first, or the longest waiting first; `window` is (offset, limit)."""
    order = (
        (Submission.updated_at, Submission.id)
        if oldest_first
        else (Submission.updated_at.desc(), Submission.id)
    )
    return session.scalars(windows.of(query, order, window)).all()


def count(session: Session, query: Select[Submission]) -> int:
    """How many."""
    return session.scalar(query.order_by(None).with_only_columns(func.count())) or 0


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


class Kept:
    """The reasons and the problems of many submissions, asked for at once."""

    def __init__(self, session: Session, ids: Sequence[str]):
        self._said: dict[str, list[WarningAnswer]] = {key: [] for key in ids}
        self._faults: dict[str, list[SubmissionProblem]] = {key: [] for key in ids}
        said = select(WarningAnswer).where(WarningAnswer.submission_id.in_(ids)).order_by(WarningAnswer.id)
        wrong = select(SubmissionProblem).where(SubmissionProblem.submission_id.in_(ids))
        for answer in session.scalars(said) if ids else ():
            self._said[answer.submission_id].append(answer)
        for problem in session.scalars(wrong.order_by(SubmissionProblem.id)) if ids else ():
            self._faults[problem.submission_id].append(problem)

    def said(self, submission_id: str) -> list[WarningAnswer]:
        """As `warning_answers`."""
        return self._said[submission_id]

    def faults(self, submission_id: str) -> list[SubmissionProblem]:
        """As `problems`."""
        return self._faults[submission_id]


def told(session: Session, ids: Sequence[str], moves: Sequence[str]) -> dict[str, int]:
    """Submission → of how many records its partner said something with one of these moves."""
    row = SubmissionComment
    query = (
        select(row.submission_id, func.count(row.pointer.distinct()))
        .where(row.submission_id.in_(ids), row.move.in_(moves))
        .group_by(row.submission_id)
    )
    return dict(session.execute(query).all())


def records(session: Session, actor: Actor, ids: Sequence[str]) -> dict[str, Project]:
    """The records with these ids, as far as this actor may see them."""
    query = select(Project).where(Project.id.in_(ids), visibility.projects(actor))
    return {row.id: row for row in session.scalars(query)} if ids else {}


def of_key(session: Session, partner: str, source_ref: str) -> str | None:
    """The id of a partner's submission by the partner's own key."""
    found: str | None = _OF_KEY.scalar(session, reporter=partner, key=source_ref)
    return found


_ALL = Submission.__table__.c
_OF_KEY = Prepared(
    select(_ALL.id).where(_ALL.partner == bindparam("reporter"), _ALL.source_ref == bindparam("key"))
)


def of_once(session: Session, once: str) -> Submission | None:
    """The submission that a form with this hidden key made."""
    return session.scalar(select(Submission).where(Submission.once == once))
