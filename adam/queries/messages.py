"""What somebody was told, as far as they may still see what it is about; and the e-mails on their way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from adam.domain import messages as kinds
from adam.domain.actors import FOCAL_POINT, Actor
from adam.domain.visibility import CONFIDENTIAL
from adam.errors import NotFound
from adam.models.accounts import Account
from adam.models.cases import Case
from adam.models.findings import Finding
from adam.models.messages import Mail, Mailbox, Message, MessagePreference, RefusedAddress
from adam.models.partners import FocalPoint
from adam.models.projects import Project
from adam.models.submissions import Submission
from adam.queries import directory, visibility
from adam.queries.listings import Key
from adam.queries.prepared import Prepared

ORDER = (Key(Message.told_at, True, datetime.fromisoformat), Key(Message.id, True))

A, B = aliased(Project), aliased(Project)


@dataclass(frozen=True, slots=True)
class Told:
    """A message with what it is about as its reader may see it now: `title` and `reference` where that has them.

    What is `confidential` is named by its reference alone where the words leave the house.
    """

    message: Message
    title: str | None
    reference: str | None
    confidential: bool


def of(actor: Actor, unread: bool = False) -> Select[Any]:
    """The messages of whoever asks whose subjects are there for them."""
    query = select(Message).where(Message.account_id == (actor.account or ""), visibility.messages(actor))
    return query.where(Message.read_at.is_(None)) if unread else query


def number_unread(session: Session, actor: Actor) -> int:
    """How many messages wait to be read."""
    asked = _unread(visibility.alike(actor))
    return asked.scalar(session, account=actor.account) or 0 if actor.account else 0


@lru_cache(maxsize=512)
def _unread(actor: Actor) -> Prepared:
    """Asked by every page, and so made once for all who see the same: putting it together takes longer than asking."""
    theirs = (Message.account_id == bindparam("account", ""), Message.read_at.is_(None))
    return Prepared(select(func.count(Message.id)).where(*theirs, visibility.messages(actor)))


def total(session: Session, query: Select[Any]) -> int:
    """How many messages a list has."""
    return session.scalar(query.with_only_columns(func.count(Message.id))) or 0


def page(session: Session, query: Select[Any], window: tuple[int, int]) -> list[Message]:
    """The messages of one page, the newest first; `window` is (offset, limit)."""
    ordered = query.order_by(Message.told_at.desc(), Message.id.desc())
    return list(session.scalars(ordered.offset(window[0]).limit(window[1])))


def carried(session: Session, actor: Actor, mail_id: str) -> list[Message]:
    """What an e-mail carries that its reader may see at this moment, the oldest first."""
    query = of(actor).where(Message.mail_id == mail_id)
    return list(session.scalars(query.order_by(Message.told_at, Message.id)))


def told(session: Session, rows: Iterable[Message]) -> list[Told]:
    """Messages, which their reader may see, with the titles of what they are about; in the order given."""
    listed = list(rows)
    ids: dict[str, set[str]] = defaultdict(set)
    for row in listed:
        ids[row.entity].add(row.entity_id)
    found = {
        entity: {row[0]: row[1:] for row in _titles(session, entity, keys)} for entity, keys in ids.items()
    }
    nothing = (None, None, False)
    return [Told(row, *found[row.entity].get(row.entity_id, nothing)) for row in listed]


def _titles(session: Session, entity: str, ids: set[str]) -> list[tuple[Any, ...]]:
    """(id, title, reference, whether confidential) of what messages are about."""
    if entity == "project":
        columns = (Project.id, Project.title, Project.reference, Project.visibility)
        rows = session.execute(select(*columns).where(Project.id.in_(ids)))
        return [(*row[:3], row[3] == CONFIDENTIAL) for row in rows]
    if entity == "submission":
        asked = (Submission.id, Submission.title, Submission.reference, Submission.document)
        found = session.execute(select(*asked).where(Submission.id.in_(ids)))
        return [(*row[:3], dict(row[3]).get("visibility") == CONFIDENTIAL) for row in found]
    if entity == "case":
        return _cases(session, ids)
    return _pairs(session, ids) if entity == "finding" else []


def _cases(session: Session, ids: set[str]) -> list[tuple[Any, ...]]:
    """Cases have no title of their own; words said in one about a confidential record are as secret as that."""
    secret = select(Project.id).where(
        Project.id.in_((Case.a_id, Case.b_id)), Project.visibility == CONFIDENTIAL
    )
    query = select(Case.id, Case.reference, secret.exists()).where(Case.id.in_(ids))
    return [(key, None, reference, bool(hidden)) for key, reference, hidden in session.execute(query)]


def _pairs(session: Session, ids: set[str]) -> list[tuple[Any, ...]]:
    columns = (Finding.id, Finding.reference, A.title, A.visibility, B.title, B.visibility)
    query = select(*columns).join(A, A.id == Finding.a_id).outerjoin(B, B.id == Finding.b_id)
    return [
        (
            key,
            " / ".join(dict.fromkeys(title for title in (first, second) if title)),
            name,
            CONFIDENTIAL in (one, other),
        )
        for key, name, first, one, second, other in session.execute(query.where(Finding.id.in_(ids)))
    ]


def rhythm(session: Session, account_id: str) -> tuple[str, kinds.Rhythm]:
    """In which language and when somebody wants e-mails."""
    row = session.get(Mailbox, account_id)
    if row is None:
        return kinds.USUAL_LANGUAGE, kinds.Rhythm()
    return row.language, kinds.Rhythm(row.hour, row.zone)


def chosen(session: Session, account_id: str) -> dict[str, str]:
    """Kind to how somebody wants it, for every kind."""
    rows = session.scalars(select(MessagePreference).where(MessagePreference.account_id == account_id))
    own = {row.kind: row.delivery for row in rows}
    return {kind: own.get(kind, usual.delivery) for kind, usual in kinds.KINDS.items()}


def people_of(session: Session, partner: str, on: date) -> list[str]:
    """The accounts that write for a partner, without those whose person no longer answers for it on a day."""
    theirs = select(FocalPoint.id).where(FocalPoint.account_id == Account.id)
    stands = theirs.where(directory.not_ended(on))
    left = theirs.exists() & ~stands.exists()
    return _accounts(session, Account.role == FOCAL_POINT, Account.partner == partner, ~left)


def people_in(session: Session, roles: Sequence[str]) -> list[str]:
    """The accounts of these roles."""
    return _accounts(session, Account.role.in_(roles))


def _accounts(session: Session, *conditions: Any) -> list[str]:
    query = select(Account.id).where(Account.active, *conditions).order_by(Account.id)
    return list(session.scalars(query))


def refused(session: Session, addresses: Sequence[str]) -> dict[str, RefusedAddress]:
    """Those of the addresses that a mail server refused for good."""
    rows = session.scalars(select(RefusedAddress).where(RefusedAddress.address.in_(addresses)))
    return {row.address: row for row in rows}


def mails(states: Sequence[str] = ()) -> Select[Any]:
    """E-mails in these states, all without one; the newest first."""
    query = select(Mail).order_by(Mail.created_at.desc(), Mail.id.desc())
    return query.where(Mail.state.in_(states)) if states else query


def mail(session: Session, mail_id: str) -> Mail:
    """The e-mail of an id; raises NotFound."""
    found = session.get(Mail, mail_id)
    if found is None:
        raise NotFound("There is no such e-mail.")
    return found


def mail_counts(session: Session) -> dict[str, int]:
    """State to the number of e-mails."""
    rows = session.execute(select(Mail.state, func.count()).group_by(Mail.state))
    return {row[0]: row[1] for row in rows}
