"""What hangs on a record that is merged into another: it moves on to that one or is closed with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from adam.domain import lifecycle, rounds
from adam.models.mentions import Mention
from adam.models.projects import Project
from adam.models.recommendations import Recommendation, RecommendationProject
from adam.models.rounds import RoundRecord, ValidationRound
from adam.models.submissions import Submission, SubmissionComment
from adam.services import additions, merge_questions
from adam.services.merge_rows import Move, Way, change
from adam.services.work import Work


def onward(w: Work, way: Way) -> list[Move]:
    """Move or close all of it; answers what was changed, with the values before and after."""
    found = [*_pointers(w, way), *merge_questions.moved(w, way), *merge_questions.renewed(w, way)]
    found += [*_mentions(w, way), *_submissions(w, way), *_rounds(w, way), *_recommendations(w, way)]
    w.session.flush()
    return found


def _pointers(w: Work, way: Way) -> Iterator[Move]:
    """What went into the absorbed record before leads to the one that stays at once."""
    for row in w.session.scalars(select(Project).where(Project.merged_into == way.absorbed.id)).all():
        before, after = {"merged_into": way.absorbed.reference}, {"merged_into": way.stays.reference}
        w.record("project.absorbed", ("project", row.id), before, after)
        yield change(row, row.reference, merged_into=way.stays.id)


def _mentions(w: Work, way: Way) -> Iterator[Move]:
    """What partners said of the absorbed record goes along, where they said nothing of the other; disputes end."""
    said = {
        row.partner: row
        for row in w.session.scalars(select(Mention).where(Mention.project_id == way.stays.id))
    }
    for row in w.session.scalars(select(Mention).where(Mention.project_id == way.absorbed.id)).all():
        word, before = f"The word of {row.partner}", {"partner": row.partner, "settlement": row.settlement}
        if row.partner not in said and row.partner != way.stays.owner:
            w.record("mention.moved", ("project", way.stays.id), None, {"partner": row.partner})
            yield change(row, word, ("project_id",), project_id=way.stays.id, stands=row.stands)
        elif row.settled_at is None and row.stands:
            after = before | {"settlement": way.sentence}
            w.record("mention.ended", ("project", way.absorbed.id), before, after)
            yield change(row, word, stands=False, settlement=way.sentence)


def _submissions(w: Work, way: Way) -> Iterator[Move]:
    """Open additions are made to the record that stays; where that can't be, they go back with a word.

    Open updates of the absorbed record need nothing: what they say goes on to the record that stays.
    """
    query = select(Submission).where(
        Submission.adds_to == way.absorbed.id, Submission.state.in_(additions.OPEN)
    )
    for row in w.session.scalars(query).all():
        own = row.partner == way.stays.owner
        if not own and additions.unfinished(w, row.partner, way.stays.id) is None:
            before, after = {"adds_to": row.adds_to}, {"adds_to": way.stays.id}
            w.record("submission.moved", ("submission", row.id), before, after)
            yield change(row, row.reference, adds_to=way.stays.id)
        elif row.state == lifecycle.SUBMITTED:
            yield change(row, row.reference, state=lifecycle.RETURNED, digest=row.digest)
            what = (
                "your own record: update it"
                if own
                else "a record that you are adding to already: go on there"
            )
            text = f"{way.sentence} That is {what}."
            said = {"author": w.actor.label, "at": w.now, "move": "return", "pointer": None, "text": text}
            w.session.add(SubmissionComment(submission_id=row.id, **said))
            w.record("submission.returned", ("submission", row.id), None, {"comment": text})


def _rounds(w: Work, way: Way) -> Iterator[Move]:
    """Validation rounds that still ask about the absorbed record are answered by the merge."""
    query = select(RoundRecord).join(ValidationRound, ValidationRound.id == RoundRecord.round_id)
    waiting = query.where(
        RoundRecord.project_id == way.absorbed.id,
        RoundRecord.answer.is_(None),
        ValidationRound.state == rounds.OPEN,
    )
    for row in w.session.scalars(waiting).all():
        key = ("validation_round", row.round_id)
        said = {"project": row.project_id, "answer": rounds.UPDATED, "reason": way.sentence}
        w.record("round.answered", key, {"project": row.project_id, "answer": None}, said)
        after = {"answer": rounds.UPDATED, "reason": way.sentence, "author": w.actor.label}
        yield change(row, "An answer to a validation round", (), **after)


def _recommendations(w: Work, way: Way) -> Iterator[Move]:
    """The recommendations that the absorbed record carries out are carried out by the one that stays."""
    links = RecommendationProject
    known = set(w.session.scalars(select(links.recommendation_id).where(links.project_id == way.stays.id)))
    query = select(links, Recommendation.reference).join(Recommendation)
    for row, reference in w.session.execute(query.where(links.project_id == way.absorbed.id)).all():
        if row.recommendation_id not in known:
            before, after = {"project": way.absorbed.id}, {"project": way.stays.id}
            w.record("recommendation.moved", ("recommendation", row.recommendation_id), before, after)
            yield change(row, f"The link with {reference}", project_id=way.stays.id)
