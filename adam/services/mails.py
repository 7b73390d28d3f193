"""The outbox: messages that are due become one e-mail for each person, which is sent, tried again or given up."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from adam.domain.actors import ADMINISTRATOR, system
from adam.errors import Conflict, Forbidden, NotFound
from adam.models import new_id
from adam.models.accounts import Account
from adam.models.messages import Mail, Message, RefusedAddress
from adam.queries import messages as questions
from adam.services import post as office
from adam.services.post import Letter, Post
from adam.services.rules import Rules
from adam.services.work import Work, working

WAITING, SENDING, SENT, FAILED, DROPPED = "waiting", "sending", "sent", "failed", "dropped"
STATES = (WAITING, SENDING, SENT, FAILED, DROPPED)
DIGEST, INVITATION, TEST = "digest", "invitation", "test"
HOLD = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=12)
TOO_OLD = timedelta(days=7)
AT_A_TIME = 50
log = logging.getLogger("adam.mails")
Sessions = sessionmaker[Session]
# Makes the letter of a mail as its reader may see it at this moment; None where nothing is left to say.
Write = Callable[[Work, Mail], Letter | None]


def put(w: Work, kind: str, address: str, **about: str | None) -> Mail:
    """Ask for an e-mail, sent as soon as this work is committed; `about` is an account_id, a subject_id or both."""
    mail = Mail(
        id=new_id(),
        kind=kind,
        address=address,
        **about,
        state=WAITING,
        tries=0,
        created_at=w.now,
        next_at=w.now,
    )
    w.session.add(mail)
    w.session.flush()
    return mail


def gather(make: Sessions, rules: Rules, now: datetime | None = None) -> int:
    """Make the e-mails that are due: one for each person, of all that is due to them; answers how many.

    Each is a transaction of its own. What somebody has read meanwhile needs no mail.
    """
    now = now or datetime.now(UTC)
    with working(make, system("post"), rules, read_only=True) as w:
        query = select(Message.account_id).where(*_due(now)).distinct()
        waiting = list(w.session.scalars(query.limit(AT_A_TIME)))
    return sum(_gather(make, rules, account_id, now) for account_id in waiting)


def _due(now: datetime) -> tuple[Any, ...]:
    return Message.mail_id.is_(None), Message.due_at <= now, Message.read_at.is_(None)


def _gather(make: Sessions, rules: Rules, account_id: str, now: datetime) -> bool:
    with working(make, system("post"), rules) as w:
        account = w.session.get_one(Account, account_id)
        mail = put(w, DIGEST, account.email, account_id=account_id)
        taken = update(Message).where(Message.account_id == account_id, *_due(now)).values(mail_id=mail.id)
        kept = {"synchronize_session": False}
        if not w.session.execute(taken.returning(Message.id), execution_options=kept).all():
            # Another worker was faster.
            w.session.delete(mail)
            return False
    return True


def deliver(make: Sessions, rules: Rules, post: Post, write: Write) -> int:
    """Send what is due, each mail on its own; answers how many were sent.

    A mail is claimed, sent and then marked in a second transaction: when the machine stops between the two,
    it goes out once more after ten minutes, under the same Message-ID. Stops at once when no server answers.
    """
    sent = 0
    for _ in range(AT_A_TIME if post.ready else 0):
        mail = _claim(make)
        if mail is None:
            break
        try:
            sent += _deliver(make, rules, post, (mail, write))
        except office.Unreachable as error:
            _settle(make, rules, mail, _again(mail, post, str(error)))
            break
        except office.Undelivered as error:
            _settle(make, rules, mail, _outcome(mail, post, error))
    return sent


def _deliver(make: Sessions, rules: Rules, post: Post, work: tuple[Mail, Write]) -> bool:
    mail, write = work
    with working(make, system("post"), rules, read_only=True) as w:
        if mail.tries == 1 and w.now - mail.created_at > TOO_OLD:
            raise office.Returned("It waited longer than 7 days for a mail server.")
        letter = _letter(w, mail, write)
    if letter is not None:
        office.send(w, post, letter, mail.id)
    _settle(make, rules, mail, {"state": SENT if letter else DROPPED, "sent_at": w.now if letter else None})
    return letter is not None


def _letter(w: Work, mail: Mail, write: Write) -> Letter | None:
    """The letter, unless nothing is left to say; what can't be written is a fault of ours, tried again later."""
    try:
        letter = write(w, mail)
    except Exception as error:
        log.exception("the mail %s can't be written", mail.id)
        raise office.Undelivered(f"It can't be written: {type(error).__name__}.") from error
    if letter is not None and questions.refused(w.session, [letter.address]):
        raise office.Returned("The mail server refused this address before.")
    return letter


def _claim(make: Sessions) -> Mail | None:
    """Take the mail that has waited longest, or one whose sender fell silent; None where nothing is due."""
    now = datetime.now(UTC)
    with make() as session:
        session.connection(execution_options={"read_only": True, "postgresql_readonly": True})
        if session.scalar(_next(now)) is None:
            return None
    chosen = _next(now).with_for_update(skip_locked=True).scalar_subquery()
    claim = update(Mail).where(Mail.id == chosen)
    claim = claim.values(state=SENDING, tries=Mail.tries + 1, next_at=now + HOLD)
    with make() as session, session.begin():
        taken = claim.returning(Mail.id)
        key = session.scalar(taken, execution_options={"synchronize_session": False})
        return session.get(Mail, key) if key else None


def _next(now: datetime) -> Any:
    waits = or_(Mail.state == WAITING, Mail.state == SENDING)
    return select(Mail.id).where(waits, Mail.next_at <= now).order_by(Mail.next_at, Mail.id).limit(1)


def _outcome(mail: Mail, post: Post, error: office.Undelivered) -> dict[str, Any]:
    if not isinstance(error, office.Returned):
        return _again(mail, post, str(error))
    refused = {"address": mail.address} if isinstance(error, office.NoSuchAddress) else {}
    return {"state": FAILED, "error": str(error)[:500]} | refused


def _again(mail: Mail, post: Post, why: str) -> dict[str, Any]:
    """Later, three times as long each time; given up after so many tries."""
    if mail.tries >= post.tries:
        return {"state": FAILED, "error": why[:500]}
    pause = min(FIRST_PAUSE * 3 ** (mail.tries - 1), LONGEST_PAUSE)
    return {"state": WAITING, "error": why[:500], "next_at": datetime.now(UTC) + pause}


def _settle(make: Sessions, rules: Rules, mail: Mail, outcome: dict[str, Any]) -> None:
    """Write what became of a try, unless somebody else has taken the mail since."""
    values = {"next_at": None, "sent_at": None, "error": None} | outcome
    refused = values.pop("address", None)
    ours = (Mail.id == mail.id, Mail.state == SENDING, Mail.tries == mail.tries)
    with working(make, system("post"), rules) as w:
        change = update(Mail).where(*ours).values(**values).returning(Mail.id)
        done = w.session.scalar(change, execution_options={"synchronize_session": False})
        if done and refused:
            _mark(w, refused, values["error"])


def _mark(w: Work, address: str, reason: str) -> None:
    if not questions.refused(w.session, [address]):
        w.session.add(RefusedAddress(address=address, refused_at=w.now, reason=reason))
        w.session.flush()
        w.record("address.refused", ("address", address), None, {"reason": reason})


def retry(w: Work, mail_id: str) -> Mail:
    """Send a mail that was given up once more, to an address that is no longer marked as refused.

    Raises Forbidden unless an administrator or the installation acts, NotFound, Conflict for one that isn't failed.
    """
    if not (w.actor.system or w.actor.role == ADMINISTRATOR):
        raise Forbidden("Administrators look after e-mails.")
    mail = w.session.get(Mail, mail_id, with_for_update=True, populate_existing=True)
    if mail is None:
        raise NotFound("There is no such e-mail.")
    if mail.state != FAILED:
        raise Conflict(f"This e-mail is {mail.state}; only one that was given up can be sent again.", "state")
    marked = w.session.get(RefusedAddress, mail.address)
    if marked is not None:
        w.session.delete(marked)
    mail.state, mail.tries, mail.next_at, mail.created_at = WAITING, 0, w.now, w.now
    w.session.flush()
    w.record("mail.retried", ("mail", mail.id), {"error": mail.error}, {"state": WAITING})
    return mail
