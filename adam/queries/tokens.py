"""Questions about tokens: which are there for whoever asks, and whose they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from adam.domain.actors import ADMINISTRATOR, Actor
from adam.errors import NotFound
from adam.models.accounts import Account, Token
from adam.queries import visibility
from adam.queries.listings import Key

ORDER = (Key(Token.created_at, True, datetime.fromisoformat), Key(Token.id, True))


def listed(actor: Actor, account_id: str | None = None, now: datetime | None = None) -> Select[Any]:
    """The tokens there for this actor, of one account if given, and only those still good at `now` if given."""
    query = select(Token).where(visibility.tokens(actor))
    if account_id:
        query = query.where(Token.account_id == account_id)
    if now:
        good = or_(Token.expires_at.is_(None), Token.expires_at > now)
        query = query.where(Token.revoked_at.is_(None), good)
    return query


def one(session: Session, actor: Actor, token_id: str) -> Token:
    """A token; raises NotFound where it is not there for this actor."""
    found: Token | None = session.scalar(listed(actor).where(Token.id == token_id))
    if found is None:
        raise NotFound("There is no such token.")
    return found


def people(session: Session, actor: Actor) -> list[Account]:
    """Whom this actor may make tokens for, by name: all accounts in use for administrators, else one's own."""
    query = select(Account).where(Account.active).order_by(Account.name, Account.email)
    if not (actor.system or actor.role == ADMINISTRATOR):
        query = query.where(Account.id == (actor.account or ""))
    return list(session.scalars(query))
