"""Who is there: accounts by address, and who holds a session or a token."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from adam.models.accounts import Account, SignIn, SignInLink, Token


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


def demonstration(session: Session) -> list[Account]:
    """The accounts to try ADAM with, in the order of their addresses."""
    return list(session.scalars(select(Account).where(Account.demo, Account.active).order_by(Account.email)))


def of_session(session: Session, token_hash: str, now: datetime) -> Account | None:
    """Whose session this is, as long as it lasts and the account is in use."""
    return session.scalar(
        select(Account)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.token_hash == token_hash, SignIn.expires_at > now, Account.active)
    )


def of_token(session: Session, token_hash: str, now: datetime) -> tuple[Account, Token] | None:
    """Whose token this is, as long as it is neither over nor revoked and the account is in use."""
    found = session.execute(
        select(Account, Token)
        .join(Token, Token.account_id == Account.id)
        .where(Token.token_hash == token_hash, Token.revoked_at.is_(None), Account.active)
    ).first()
    if found is None or (found[1].expires_at is not None and found[1].expires_at <= now):
        return None
    return found[0], found[1]


def of_link(session: Session, token_hash: str, now: datetime) -> Account | None:
    """Whom a sign-in link would sign in, as long as it wasn't used."""
    return session.scalar(
        select(Account)
        .join(SignInLink, SignInLink.account_id == Account.id)
        .where(SignInLink.token_hash == token_hash, SignInLink.expires_at > now, Account.active, Account.demo)
    )
