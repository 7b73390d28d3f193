"""Who is there: accounts by address, and who holds a session or a token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import FOCAL_POINT
from adam.errors import NotFound
from adam.models.accounts import Account, SignIn, SignInLink, Token
from adam.models.partners import FocalPoint
from adam.queries import directory
from adam.queries.listings import Key
from adam.queries.prepared import Asked, Prepared

ORDER = (Key(func.lower(Account.name)), Key(Account.id))


def by_email(session: Session, email: str) -> Account | None:
    """The account of an address, whichever letters were large; no address holds what can't be printed."""
    if not email.isprintable():
        return None
    return session.scalar(select(Account).where(Account.email == email.strip().lower()))


def by_id(session: Session, account_id: str) -> Account | None:
    """The account of an id."""
    return session.get(Account, account_id)


def known(session: Session, ids: Iterable[str]) -> dict[str, Account]:
    """The accounts of these ids, by id."""
    wanted = sorted(set(ids))
    query = select(Account).where(Account.id.in_(wanted))
    return {row.id: row for row in session.scalars(query)} if wanted else {}


def listed(filters: Mapping[str, Sequence[str]], text: str = "") -> Select[Any]:
    """Accounts of these roles, partners and states (empty means all) with this text in name or address."""
    query = select(Account)
    for name in ("role", "partner"):
        if filters.get(name):
            query = query.where(getattr(Account, name).in_(filters[name]))
    if filters.get("state"):
        query = query.where(Account.active.in_([state == "active" for state in filters["state"]]))
    if text.strip():
        wanted = text.strip().lower()
        found = (
            func.lower(column).contains(wanted, autoescape=True) for column in (Account.name, Account.email)
        )
        query = query.where(or_(*found))
    return query


def one(session: Session, account_id: str) -> Account:
    """An account; raises NotFound."""
    found = session.get(Account, account_id)
    if found is None:
        raise NotFound("There is no such account.")
    return found


def about(session: Session, ids: Sequence[str], now: datetime) -> dict[str, dict[str, Any]]:
    """By account: how many `sessions` and good `tokens` it has, and whether it `answers` as its role says."""
    good = and_(Token.revoked_at.is_(None), or_(Token.expires_at.is_(None), Token.expires_at > now))
    sessions = _numbers(session, SignIn.account_id, ids, SignIn.expires_at > now)
    tokens = _numbers(session, Token.account_id, ids, good)
    over = select(Account.id).where(Account.id.in_(ids), Account.role == FOCAL_POINT, is_ended(now.date()))
    ended = set(session.scalars(over))
    return {
        key: {"sessions": sessions.get(key, 0), "tokens": tokens.get(key, 0), "answers": key not in ended}
        for key in ids
    }


def _numbers(session: Session, column: Any, ids: Sequence[str], *conditions: Any) -> dict[str, int]:
    query = select(column, func.count()).where(column.in_(ids), *conditions).group_by(column)
    return {row[0]: row[1] for row in session.execute(query)}


def demonstration(session: Session) -> list[Account]:
    """The accounts to try ADAM with, in the order of their addresses."""
    return list(session.scalars(select(Account).where(Account.demo, Account.active).order_by(Account.email)))


def ended(session: Session, account_id: str, on: date) -> bool:
    """Whether somebody with an account answered for a partner once and does so no longer on a day."""
    return bool(session.scalar(select(is_ended(on)).where(Account.id == account_id)))


def is_ended(on: date) -> ColumnElement[bool]:
    """Whether the person of an account no longer answers for any partner on a day."""
    theirs = select(FocalPoint.id).where(FocalPoint.account_id == Account.id)
    return and_(theirs.exists(), ~theirs.where(directory.not_ended(on)).exists())


def of_session(session: Session, token_hash: str, now: datetime) -> Any:
    """Whose session this is, and whether their person is `ended`; None when it or the account is over."""
    return session.execute(
        select(Account, is_ended(now.date()))
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.token_hash == token_hash, SignIn.expires_at > now, Account.active)
    ).first()


def of_token(asked: Asked, token_hash: str, now: datetime) -> Any:
    """What an actor is made of: the account's columns, the token's, and whether the person is `ended`.

    None once token or account are over.
    """
    return _OF_TOKEN.first(asked, digest=token_hash, now=now, day=now.date())


def of_link(session: Session, token_hash: str, now: datetime) -> Account | None:
    """Whom a sign-in link would sign in, as long as it wasn't used."""
    return session.scalar(
        select(Account)
        .join(SignInLink, SignInLink.account_id == Account.id)
        .where(SignInLink.token_hash == token_hash, SignInLink.expires_at > now, Account.active, Account.demo)
    )


_DAY: Any = bindparam("day", type_=Date)
_OF_TOKEN = Prepared(
    select(
        *(Account.__table__.c[name] for name in ("id", "name", "role", "partner")),
        *(Token.__table__.c[name].label(f"token_{name}") for name in ("id", "scopes", "used_at")),
        is_ended(_DAY).label("ended"),
    )
    .join(Token, Token.account_id == Account.id)
    .where(
        Token.token_hash == bindparam("digest"),
        Token.revoked_at.is_(None),
        or_(Token.expires_at.is_(None), Token.expires_at > bindparam("now")),
        Account.active,
    )
)
"""Asked by every request of the API, and so made once."""
