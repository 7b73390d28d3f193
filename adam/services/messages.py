"""Verbs of messages: tell somebody, mark as read, choose how one is told. E-mails leave by services/mails.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update

from adam.domain import messages as kinds
from adam.errors import Invalid, NotFound, Problem
from adam.models import new_id
from adam.models.accounts import Account
from adam.models.messages import Mailbox, Message, MessagePreference
from adam.queries import messages as questions
from adam.services.work import Work

Subject = tuple[str, str]
LONGEST = 1000


def tell(w: Work, account_id: str, kind: str, subject: Subject, **details: Any) -> Message | None:
    """Tell somebody something, in the transaction of what happened; `subject` is (entity, id).

    What they have not read yet, about the same subject and of the same kind, is said anew instead of twice.
    Whoever acts is not told what they do: answers None then, and for an account that is not in use.
    `details` are those that domain/messages.py names for the kind; whether the subject may be seen is asked when
    the message is read or mailed, so that nothing of it may stand in them.
    """
    _checked(kind, details)
    account = w.session.get(Account, account_id)
    if account is None or not account.active or account_id == w.actor.account:
        return None
    message = _unread(w, account_id, kind, subject) or Message(
        id=new_id(), account_id=account_id, kind=kind, entity=subject[0], entity_id=subject[1]
    )
    message.details = {name: _short(value) for name, value in details.items() if value is not None}
    message.told_at, message.read_at = w.now, None
    message.due_at = _due(w, account_id, kind)
    w.session.add(message)
    w.session.flush()
    return message


def tell_partner(w: Work, partner: str, kind: str, subject: Subject, /, **details: Any) -> int:
    """Tell everybody who writes for a partner; answers how many were told."""
    return _tell_all(w, questions.people_of(w.session, partner, w.today), (kind, subject), details)


def tell_roles(w: Work, kind: str, subject: Subject, **details: Any) -> int:
    """Tell everybody of the roles that a kind goes to, such as every coordinator; answers how many were told."""
    return _tell_all(w, questions.people_in(w.session, kinds.KINDS[kind].readers), (kind, subject), details)


def _tell_all(w: Work, ids: Iterable[str], said: tuple[str, Subject], details: dict[str, Any]) -> int:
    return sum(tell(w, one, said[0], said[1], **details) is not None for one in ids)


def read(w: Work, ids: Iterable[str] | None = None) -> int:
    """Mark messages of one's own as read: those named, or all; answers how many were unread.

    An e-mail that has not been made yet leaves them out: whoever has read something needs no mail about it.
    """
    wanted = questions.of(w.actor, unread=True)
    if ids is not None:
        wanted = wanted.where(Message.id.in_(list(ids)))
    unread = list(w.session.scalars(wanted.with_only_columns(Message.id)))
    change = update(Message).where(Message.id.in_(unread)).values(read_at=w.now)
    w.session.execute(change.execution_options(synchronize_session="fetch"))
    return len(unread)


def open_one(w: Work, message_id: str) -> Message:
    """One's own message, now read; raises NotFound where it is not there for whoever asks."""
    message: Message | None = w.session.scalar(questions.of(w.actor).where(Message.id == message_id))
    if message is None:
        raise NotFound("There is no such message.")
    read(w, [message.id])
    return message


def choose(w: Work, account_id: str, wanted: dict[str, Any]) -> None:
    """Keep how somebody wants to be told, from a PreferencesSchema draft; what waits is planned anew.

    Raises Invalid where something that blocks its reader would be silenced.
    """
    kinds_wanted: dict[str, str] = wanted["kinds"]
    problems = [
        Problem(f"#/kinds/{kind}", "never_blocks", "This one stops your work until you act: choose another.")
        for kind, delivery in kinds_wanted.items()
        if delivery not in kinds.deliveries(kind)
    ]
    if problems:
        raise Invalid(problems)
    before = _shown(w, account_id)
    _keep_mailbox(w, account_id, wanted)
    _keep_kinds(w, account_id, kinds_wanted)
    w.record("messages.chosen", ("account", account_id), before, _shown(w, account_id))
    _plan(w, account_id)


def silence(w: Work, account_id: str) -> None:
    """No e-mails but of what blocks the reader's work: what a mail's own unsubscribe link does."""
    usual, rhythm = questions.rhythm(w.session, account_id)
    quiet = {kind: kinds.NEVER for kind, said in kinds.KINDS.items() if not said.blocks}
    choose(w, account_id, {"kinds": quiet, "language": usual, "hour": rhythm.hour, "time_zone": rhythm.zone})


def _checked(kind: str, details: dict[str, Any]) -> None:
    """Words that no mail knows would be lost: that is a fault of the caller, not of a reader."""
    unknown = set(details) - set(kinds.KINDS[kind].details)
    if unknown:
        raise ValueError(f"{kind} tells nothing of {', '.join(sorted(unknown))}: see domain/messages.py")


def _unread(w: Work, account_id: str, kind: str, subject: Subject) -> Message | None:
    query = select(Message).where(
        Message.account_id == account_id,
        Message.kind == kind,
        Message.entity == subject[0],
        Message.entity_id == subject[1],
        Message.read_at.is_(None),
        Message.mail_id.is_(None),
    )
    return w.session.scalar(query.limit(1))


def _due(w: Work, account_id: str, kind: str) -> Any:
    delivery = questions.chosen(w.session, account_id)[kind]
    return kinds.due(delivery, w.now, questions.rhythm(w.session, account_id)[1])


def _short(value: Any) -> Any:
    return value[: LONGEST - 1] + "…" if isinstance(value, str) and len(value) > LONGEST else value


def _shown(w: Work, account_id: str) -> dict[str, Any]:
    language, rhythm = questions.rhythm(w.session, account_id)
    chosen = questions.chosen(w.session, account_id)
    own = {kind: way for kind, way in chosen.items() if way != kinds.KINDS[kind].delivery}
    return {"language": language, "hour": rhythm.hour, "zone": rhythm.zone, "kinds": own}


def _keep_mailbox(w: Work, account_id: str, wanted: dict[str, Any]) -> None:
    box = w.session.get(Mailbox, account_id) or Mailbox(account_id=account_id)
    box.language, box.hour, box.zone = wanted["language"], wanted["hour"], wanted["time_zone"]
    w.session.add(box)
    w.session.flush()


def _keep_kinds(w: Work, account_id: str, wanted: dict[str, str]) -> None:
    for kind, delivery in wanted.items():
        own = w.session.get(MessagePreference, (account_id, kind))
        own = own or MessagePreference(account_id=account_id, kind=kind)
        own.delivery = delivery
        w.session.add(own)
    w.session.flush()


def _plan(w: Work, account_id: str) -> None:
    """Give what no e-mail carries yet its new time; what was never to be mailed before stays so if it is old."""
    chosen, (_, rhythm) = (
        questions.chosen(w.session, account_id),
        questions.rhythm(w.session, account_id),
    )
    waiting = select(Message).where(
        Message.account_id == account_id, Message.mail_id.is_(None), Message.due_at.is_not(None)
    )
    for message in w.session.scalars(waiting):
        message.due_at = kinds.due(chosen[message.kind], w.now, rhythm)
    w.session.flush()
