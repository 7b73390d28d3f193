"""What people are told, how they want to be told, and the e-mails that tell them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from adam.models.base import Base, Code, Id, Long, Moment, Name, Ref


class Mail(Base):
    """One e-mail on its way: the outbox. Its text is made when it is sent, from what it carries.

    `next_at` is when to try (again); for one that is being sent, when whoever sends it counts as gone.
    """

    __tablename__ = "mails"
    __table_args__ = (Index(None, "state", "next_at"),)
    id: Mapped[Id]
    kind: Mapped[Code]
    account_id: Mapped[Ref | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    subject_id: Mapped[Ref | None]
    address: Mapped[Name]
    state: Mapped[Code]
    tries: Mapped[int]
    created_at: Mapped[Moment]
    next_at: Mapped[Moment | None]
    sent_at: Mapped[Moment | None]
    error: Mapped[Name | None]


class Message(Base):
    """One thing that one person is told; `due_at` is when an e-mail brings it, None for never."""

    __tablename__ = "messages"
    __table_args__ = (
        Index(None, "account_id", "told_at"),
        Index(None, "mail_id"),
        Index(None, "due_at", "mail_id"),
        Index(None, "entity", "entity_id"),
    )
    id: Mapped[Id]
    account_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[Code]
    entity: Mapped[Code]
    entity_id: Mapped[Name]
    details: Mapped[dict[str, Any]]
    told_at: Mapped[Moment]
    read_at: Mapped[Moment | None]
    due_at: Mapped[Moment | None]
    mail_id: Mapped[Ref | None] = mapped_column(ForeignKey("mails.id"))


class MessagePreference(Base):
    """How one person wants one kind of message, where it is not the usual way."""

    __tablename__ = "message_preferences"
    account_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    kind: Mapped[Code] = mapped_column(primary_key=True)
    delivery: Mapped[Code]


class Mailbox(Base):
    """The language, hour and time zone in which one person wants e-mails."""

    __tablename__ = "mailboxes"
    account_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    language: Mapped[Code]
    hour: Mapped[int]
    zone: Mapped[Name]


class RefusedAddress(Base):
    """An address that a mail server refused for good: nothing is sent there until somebody says otherwise."""

    __tablename__ = "refused_addresses"
    address: Mapped[Name] = mapped_column(primary_key=True)
    refused_at: Mapped[Moment]
    reason: Mapped[Long]
