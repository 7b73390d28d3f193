"""Handovers: a focal point names a successor, who accepts or declines; open work moves along, nothing is orphaned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from adam.domain.actors import ADMINISTRATOR, FOCAL_POINT, system
from adam.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from adam.models import new_id
from adam.models.accounts import Account
from adam.models.handovers import Handover
from adam.models.partners import FocalPoint
from adam.queries import accounts as known
from adam.queries import directory
from adam.queries import handovers as questions
from adam.queries.handovers import ACCEPTED, DECLINED, DONE, OFFERED, WITHDRAWN
from adam.services import accounts, focal_points, invitations, mails, messages
from adam.services.rules import Rules
from adam.services.work import Work, working


@dataclass(frozen=True, slots=True)
class Link:
    """A link that somebody holds: the key it must be signed with, and what it carries."""

    secret: str
    token: str


def offer(w: Work, focal_point_id: str, draft: dict[str, Any]) -> Handover:
    """Name who answers in somebody's place from a day on, from a HandoverSchema draft.

    The successor is told on their desk where they write for the partner already, and invited by e-mail otherwise;
    whoever offers gets the same answer either way. Raises Forbidden unless the person, an administrator or the
    installation acts, NotFound, Invalid, Conflict while another offer stands or for somebody who was ended.
    """
    person = _leaving(w, focal_point_id)
    day = max(draft["day"] or w.today, w.today)
    problems = list(_problems(person, draft, day))
    if problems:
        raise Invalid(problems)
    account = known.by_email(w.session, draft["email"])
    here = account if account and account.active and _writes_for(account, person.partner) else None
    handover = Handover(
        id=new_id(),
        focal_point_id=person.id,
        partner=person.partner,
        name=draft["name"],
        email=draft["email"],
        day=day,
        state=OFFERED,
        offered_by=w.actor.account,
        offered_at=w.now,
        account_id=here.id if here else None,
    )
    w.session.add(handover)
    w.session.flush()
    w.record("handover.offered", _key(handover), None, _shown(handover))
    if here:
        said = {"by": w.actor.label, "partner": person.partner, "day": day.isoformat()}
        messages.tell(w, here.id, "handover", _key(handover), **said)
    else:
        invitations.enter(
            w, handover.name, handover.email, {"partner": person.partner, "handover_id": handover.id}
        )
    return handover


def accept(w: Work, handover_id: str) -> Handover:
    """Take over, as the successor who is signed in. Raises NotFound, Forbidden for others, Conflict once answered."""
    handover = _answering(w, handover_id)
    take(w, handover)
    settle(w, handover)
    return handover


def accept_link(w: Work, link: Link, password: str) -> Account:
    """Make the account that an invitation promises and, where it hands something over, take that over with it.

    Raises NotFound for a link that is worth nothing, Conflict where the address has an account.
    """
    invitation = invitations.use(w, link.secret, link.token)
    handover = _locked(w, invitation.handover_id) if invitation.handover_id else None
    if handover is not None:
        take(w, handover)
    account = invitations.enter_account(w, invitation, password)
    if handover is not None:
        handover.account_id = account.id
        settle(w, handover)
    return account


def decline(w: Work, handover_id: str) -> Handover:
    """Give it back, as the successor who is signed in: the person goes on as before."""
    return _give_back(w, _answering(w, handover_id))


def decline_link(w: Work, link: Link) -> Handover:
    """The same for somebody who was invited by a link, which is over then."""
    invitation = invitations.use(w, link.secret, link.token)
    handover = _locked(w, invitation.handover_id or "")
    return _give_back(w, handover)


def withdraw(w: Work, handover_id: str) -> Handover:
    """Take an offer back before it is answered, as whoever may offer it."""
    handover = _locked(w, questions.one(w.session, w.actor, handover_id).id)
    _leaving(w, handover.focal_point_id, standing_too=False)
    _close(w, handover, WITHDRAWN)
    invitation = questions.open_invitation(w.session, handover_id=handover.id)
    if invitation is not None:
        invitations.withdraw(w, invitation)
    return handover


def take(w: Work, handover: Handover) -> None:
    """Write who answers from which day on; the leaving person's last day is the one before."""
    person = w.session.get_one(FocalPoint, handover.focal_point_id)
    if person.until is not None and person.until <= w.today:
        raise Conflict(f"{person.name} was ended meanwhile: ask an administrator.", "ended")
    handover.day = max(handover.day, w.today)
    successor = _successor(w, handover, person)
    focal_points.finish(w, person, handover.day)
    handover.successor_id = successor.id
    _close(w, handover, ACCEPTED)
    _answer(w, handover, "accepted")


def settle(w: Work, handover: Handover) -> bool:
    """Move the open work once the day has come and the successor has an account; answers whether it moved."""
    if handover.state != ACCEPTED or handover.day > w.today or handover.account_id is None:
        return False
    person = w.session.get_one(FocalPoint, handover.focal_point_id)
    if person.account_id and person.account_id != handover.account_id:
        _move(w, person.account_id, handover.account_id)
        if not _answers_elsewhere(w, person):
            accounts.close(w, person.account_id)
    handover.state = DONE
    w.session.flush()
    w.record("handover.done", _key(handover), {"state": ACCEPTED}, {"state": DONE})
    return True


def settle_due(make: mails.Sessions, rules: Rules) -> int:
    """Move the work of every handover whose day has come, each in a transaction of its own; answers how many."""
    with working(make, system("handovers"), rules, read_only=True) as w:
        waiting = questions.due(w.session, w.today)
    moved = 0
    for handover_id in waiting:
        with working(make, system("handovers"), rules) as w:
            moved += settle(w, _locked(w, handover_id))
    return moved


def _move(w: Work, old: str, new: str) -> None:
    for submission in w.session.scalars(questions.submissions_of(old)):
        submission.author_id = new
        w.record("submission.handed_over", ("submission", submission.id), {"author": old}, {"author": new})
    for message in w.session.scalars(questions.messages_of(old)):
        message.account_id, message.mail_id = new, None
        message.due_at = message.due_at and w.now
    w.session.flush()


def _answers_elsewhere(w: Work, person: FocalPoint) -> bool:
    account = w.session.get_one(Account, person.account_id)
    theirs = directory.focal_points((), directory.not_ended(w.today), FocalPoint.account_id == account.id)
    return account.role != FOCAL_POINT or w.session.scalars(theirs.limit(1)).first() is not None


def _successor(w: Work, handover: Handover, person: FocalPoint) -> FocalPoint:
    """Somebody who answers already answers for both parts from now on; anybody else is designated."""
    [part] = directory.shown_focal_points(w.session, [person])
    draft = {
        "partner": person.partner,
        "kind": person.kind,
        "name": handover.name,
        "email": handover.email,
        "since": handover.day,
        "until": None,
        "pillars": part["pillars"],
        "countries": part["countries"],
        "account": handover.account_id,
    }
    rows = w.session.scalars(focal_points.standing(person.partner, w.today)).all()
    found = next((row for row in rows if row.id != person.id and focal_points.same(row, draft)), None)
    inside = Work(w.session, system(w.actor.label), w.rules, w.now, w.changes)
    if found is None:
        return focal_points.designate(inside, draft)
    [own] = directory.shown_focal_points(w.session, [found])
    both = {
        name: sorted({*own[name], *part[name]}) if own[name] and part[name] else []
        for name in ("pillars", "countries")
    }
    return focal_points.change(inside, found.id, both | {"until": None})


def _leaving(w: Work, focal_point_id: str, standing_too: bool = True) -> FocalPoint:
    query = select(FocalPoint).where(FocalPoint.id == focal_point_id).with_for_update()
    person = w.session.scalar(query.execution_options(populate_existing=True))
    if person is None:
        raise NotFound("No focal point has this id.")
    own = w.actor.account is not None and person.account_id == w.actor.account
    if not (own or w.actor.system or w.actor.role == ADMINISTRATOR):
        raise Forbidden("The person and administrators hand over.")
    if not standing_too:
        return person
    if person.until is not None and person.until <= w.today:
        raise Conflict(f"{person.name} no longer answers for {person.partner}.", "ended")
    if questions.standing(w.session, person.id) is not None:
        raise Conflict("A handover stands already: withdraw it first.", "offered")
    return person


def _problems(person: FocalPoint, draft: dict[str, Any], day: date) -> Any:
    if person.email and draft["email"] == person.email.lower():
        yield Problem("#/email", "self", "Name somebody else: this is the address of whoever leaves.")
    if person.until is not None and day > person.until:
        detail = f"{person.name} answers until {person.until.isoformat()}: choose that day or an earlier one."
        yield Problem("#/day", "after_the_end", detail)
    if day < person.since:
        detail = f"{person.name} answers from {person.since.isoformat()} on: choose that day or a later one."
        yield Problem("#/day", "before_the_start", detail)


def _writes_for(account: Account, partner: str) -> bool:
    return account.role == FOCAL_POINT and account.partner == partner


def _answering(w: Work, handover_id: str) -> Handover:
    handover = _locked(w, questions.one(w.session, w.actor, handover_id).id)
    if handover.account_id is None or handover.account_id != w.actor.account:
        raise Forbidden("Only the person who was named answers.")
    return handover


def _locked(w: Work, handover_id: str) -> Handover:
    query = select(Handover).where(Handover.id == handover_id).with_for_update()
    handover = w.session.scalar(query.execution_options(populate_existing=True))
    if handover is None:
        raise NotFound("There is no such handover.")
    return handover


def _give_back(w: Work, handover: Handover) -> Handover:
    _close(w, handover, DECLINED)
    _answer(w, handover, "declined")
    return handover


def _close(w: Work, handover: Handover, state: str) -> None:
    if handover.state != OFFERED:
        raise Conflict(f"This handover is {handover.state} already.", "state")
    before = _shown(handover)
    handover.state, handover.answered_at = state, w.now
    w.session.flush()
    w.record(f"handover.{state}", _key(handover), before, _shown(handover))


def _answer(w: Work, handover: Handover, answer: str) -> None:
    """Whoever offered it, and the person who leaves, are told."""
    person = w.session.get_one(FocalPoint, handover.focal_point_id)
    said = {"by": handover.name, "partner": handover.partner, "answer": answer}
    for account_id in {handover.offered_by, person.account_id} - {None}:
        messages.tell(w, str(account_id), "handover_answered", _key(handover), **said)


def _key(handover: Handover) -> tuple[str, str]:
    return "handover", handover.id


def _shown(handover: Handover) -> dict[str, Any]:
    names = ("focal_point_id", "partner", "name", "email", "state", "account_id", "successor_id")
    return {name: getattr(handover, name) for name in names} | {"day": handover.day.isoformat()}
