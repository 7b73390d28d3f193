"""Verbs about mentions: say that it is so, dispute it, settle a dispute; and ask again when a record changes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from adam.domain.actors import COORDINATOR
from adam.domain.mentions import CONFIRMED, DISPUTED, Part
from adam.errors import Conflict, Forbidden, NotFound
from adam.models.mentions import Mention
from adam.models.projects import Project
from adam.queries import mentions as questions
from adam.queries import messages as people
from adam.queries import projects as records
from adam.services import messages
from adam.services import submission_access as access
from adam.services.work import Work


def confirm(w: Work, project_id: str) -> Mention:
    """The partner that a record names says that it is so."""
    return _say(w, project_id, CONFIRMED, None)


def dispute(w: Work, project_id: str, reason: str) -> Mention:
    """It says that it isn't, and why: the record's owner and the coordinators are told."""
    said = _say(w, project_id, DISPUTED, reason)
    project = records.one(w.session, w.actor, project_id)
    told = {"partner": said.partner, "comment": reason}
    messages.tell_partner(w, project.owner, "disputed", ("project", project_id), **told)
    for account in people.people_in(w.session, (COORDINATOR,)):
        messages.tell(w, account, "disputed", ("project", project_id), **told)
    return said


def _say(w: Work, project_id: str, verdict: str, reason: str | None) -> Mention:
    partner = access.partner_of(w)
    project = records.one(w.session, w.actor, project_id)
    part = questions.parts(w.session, [project.id], [partner]).get((project.id, partner))
    if project.owner == partner or part is None:
        raise Conflict(
            "This record of another partner doesn't name yours: there is nothing to say to it.", "state"
        )
    known = w.session.scalar(
        select(Mention).where(Mention.project_id == project.id, Mention.partner == partner).with_for_update()
    )
    before = _state(known) if known else None
    mention = known or Mention(project_id=project.id, partner=partner)
    mention.verdict, mention.reason, mention.digest = verdict, reason, part.digest()
    mention.stands, mention.author_id, mention.author, mention.at = (
        True,
        w.actor.account,
        w.actor.label,
        w.now,
    )
    mention.settled_at = mention.settled_by = mention.settlement = None
    w.session.add(mention)
    w.record(f"mention.{verdict}", ("project", project.id), before, _state(mention))
    w.session.flush()
    return mention


def settle(w: Work, mention_id: int, word: str) -> Mention:
    """A coordinator of neither partner settles a dispute with a word, which both partners read."""
    if not w.actor.coordinates:
        raise Forbidden("Only a coordinator settles a dispute.")
    mention = w.session.scalar(select(Mention).where(Mention.id == mention_id).with_for_update())
    project = w.session.get(Project, mention.project_id) if mention else None
    if mention is None or project is None or mention.verdict != DISPUTED:
        raise NotFound("There is no such dispute.")
    if w.actor.partner is not None and w.actor.partner in (mention.partner, project.owner):
        raise Forbidden("A coordinator never settles a dispute of their own partner.")
    if mention.settled_at is not None or not mention.stands:
        raise Conflict("This dispute is settled already.", "state")
    before = _state(mention)
    mention.settled_at, mention.settled_by, mention.settlement = w.now, w.actor.label, word
    w.record("mention.settled", ("project", project.id), before, _state(mention))
    for partner in (mention.partner, project.owner):
        messages.tell_partner(w, partner, "settled", ("project", project.id), by=w.actor.label, comment=word)
    w.session.flush()
    return mention


def ask_again(w: Work, ids: Sequence[str]) -> None:
    """After these records changed: where the part that names a partner is another, what it said no longer stands."""
    stands = [one for one in questions.said(w.session, ids) if one.stands] if ids else []
    if not stands:
        return
    parts = questions.parts(w.session, {one.project_id for one in stands}, {one.partner for one in stands})
    for one in stands:
        part = parts.get((one.project_id, one.partner)) or Part([], [])
        one.stands = part.digest() == one.digest
    w.session.flush()


def tell_the_named(w: Work, project_id: str) -> None:
    """Tell the partners that a record names, unless what they said of it still stands."""
    project = w.session.get_one(Project, project_id)
    answered = {one.partner for one in questions.said(w.session, [project_id]) if one.stands}
    for partner in questions.named_in(w.session, project_id, project.owner):
        if partner not in answered and partner != w.actor.partner:
            messages.tell_partner(w, partner, "named", ("project", project_id), partner=project.owner)


def _state(mention: Mention) -> dict[str, object]:
    return {
        "partner": mention.partner,
        "verdict": mention.verdict,
        "reason": mention.reason,
        "settlement": mention.settlement,
    }
