"""Accounts, their server-side sessions and their tokens; every secret is stored hashed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Hash, Id, Moment, Name, Ref


class Account(Base):
    """Somebody who can sign in; `failures` counts wrong passwords since the last right one."""

    __tablename__ = "accounts"
    id: Mapped[Id]
    email: Mapped[Name] = mapped_column(unique=True)
    name: Mapped[Name]
    role: Mapped[Code]
    partner: Mapped[Code | None] = mapped_column(ForeignKey("partners.code"), index=True)
    password_hash: Mapped[Name | None]
    active: Mapped[bool]
    failures: Mapped[int]
    locked_until: Mapped[Moment | None]
    demo: Mapped[bool]
    created_at: Mapped[Moment]
    signed_in_at: Mapped[Moment | None]
    version: Mapped[int]


class SignIn(Base):
    """A server-side session: the browser holds a random token, this row its hash."""

    __tablename__ = "sign_ins"
    token_hash: Mapped[Hash] = mapped_column(primary_key=True)
    account_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id"), index=True)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]


class SignInLink(Base):
    """A link that signs one account in once: what `make run` prints for the demonstration accounts."""

    __tablename__ = "sign_in_links"
    token_hash: Mapped[Hash] = mapped_column(primary_key=True)
    account_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id"), index=True)
    expires_at: Mapped[Moment]


class Token(Base):
    """A bearer token of the API with scopes and an end; `beginning` is what one recognises it by.

    `used_at` is written down once a minute at most.
    """

    __tablename__ = "tokens"
    id: Mapped[Id]
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    account_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[Name | None]
    beginning: Mapped[Code | None]
    scopes: Mapped[list[Any]]
    created_by: Mapped[Name | None]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment | None]
    revoked_at: Mapped[Moment | None]
    used_at: Mapped[Moment | None]


class StoredAnswer(Base):
    """The answer to a request with an Idempotency-Key, kept 30 days in the transaction of its effect."""

    __tablename__ = "stored_answers"
    account_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    key: Mapped[Name] = mapped_column(primary_key=True)
    fingerprint: Mapped[Name]
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any] | None]
    body: Mapped[dict[str, Any] | None]
    created_at: Mapped[Moment] = mapped_column(index=True)
